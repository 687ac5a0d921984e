import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { appendEvents } from '../events/append-event.ts';
import type { RememberInput } from '../operations/inputs.ts';
import { refuseUnknown } from '../operations/parse-arguments.ts';
import type { ReviewerPrincipal } from '../principal/principal.ts';
import { toRememberedValue } from './parse-remember.ts';

/** What nobody vouches for any more. */
export type ForgetInput = Pick<RememberInput, 'kind' | 'value'>;

/**
 * Takes back what any reviewer vouched for: mail that says it is held from now on, also what waits.
 * Returns whether there was something. Throws `ARGUMENT_INVALID`.
 */
export async function forget(
  ctx: Context,
  reviewer: ReviewerPrincipal,
  input: ForgetInput,
): Promise<boolean> {
  refuseUnknown(input, ['kind', 'value'], 'forget');
  const { kind } = input;
  if (typeof input.value !== 'string') {
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: 'value has to be text.',
      fields: { argument: 'forget' },
    });
  }
  const value = toRememberedValue(kind, input.value);
  const at = ctx.now();
  return await ctx.storage.unit(async (tx) => {
    const gone = await tx
      .deleteFrom('remembered')
      .where('tenant', '=', ctx.tenant)
      .where('kind', '=', kind)
      .where('value', '=', value)
      .returning('message_id')
      .executeTakeFirst();
    if (gone === undefined) return false;
    await appendEvents(tx, ctx.tenant, [
      {
        ...{ at, type: 'content.forgotten', actor: `reviewer:${reviewer.id}`, data: { kind } },
        ...{ messageId: gone.message_id, details: { value } },
      },
    ]);
    return true;
  });
}
