import { MailwardenError } from '../../errors/mailwarden-error.ts';
import { type Address, findAddress } from '../../identity/address.ts';
import type { Tx } from '../../storage/database.ts';
import type { OptIn } from '../../storage/tables/consent.ts';
import { lockRecipients } from '../../suppression/lock-recipients.ts';
import { reconsiderPeople } from '../../tasks/reconsider-waiting.ts';
import type { UnsubscribeContext } from '../../unsubscribe/unsubscribe-context.ts';
import type { ConsentEvidence } from '../consent-basis.ts';
import { insertConsents } from '../insert-consents.ts';

/** A request and who was asked. */
export interface OptInTarget {
  readonly optIn: OptIn;
  readonly recipient: Address;
}

/** Loads what the page shows; undefined when there is no such request, or its mail was erased. */
export async function findOptIn(
  ctx: UnsubscribeContext,
  id: string,
): Promise<OptInTarget | undefined> {
  const row = await ctx.storage.db
    .selectFrom('opt_in')
    .innerJoin('delivery', (join) =>
      join
        .onRef('delivery.tenant', '=', 'opt_in.tenant')
        .onRef('delivery.message_id', '=', 'opt_in.message_id'),
    )
    .selectAll('opt_in')
    .select('delivery.recipient')
    .where('opt_in.tenant', '=', ctx.tenant)
    .where('opt_in.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { recipient: text, ...optIn } = row;
  const recipient = findAddress(text);
  return recipient === undefined ? undefined : { optIn, recipient };
}

/**
 * Records the double opt-in, once: asked again it changes nothing. Resolves after the commit. A
 * suppression that came meanwhile stays. Throws `OPT_IN_EXPIRED`.
 */
export async function confirmOptIn(
  ctx: UnsubscribeContext,
  { optIn, recipient }: OptInTarget,
): Promise<void> {
  await ctx.storage.unit(async (tx) => {
    const identity = ctx.keys.identify(recipient);
    await lockRecipients(tx, ctx, [identity]);
    if (!(await consume(tx, ctx, optIn))) return;
    const [consentId] = await insertConsents(
      tx,
      ctx,
      [{ ...toConsent(ctx, optIn), address: recipient }],
      { reportedBy: 'recipient', confirmedBy: 'recipient' },
    );
    // Their data was erased meanwhile, so nothing new about them is written down.
    if (consentId === undefined) return;
    await tx
      .updateTable('opt_in')
      .set({ consent_id: consentId })
      .where('tenant', '=', ctx.tenant)
      .where('id', '=', optIn.id)
      .execute();
    await reconsiderPeople(tx, ctx, [identity]);
  });
  ctx.wake();
}

/** One winner; false when it was confirmed before. */
async function consume(tx: Tx, ctx: UnsubscribeContext, optIn: OptIn): Promise<boolean> {
  const at = ctx.now();
  const won = await tx
    .updateTable('opt_in')
    .set({ confirmed_at: at })
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', optIn.id)
    .where('confirmed_at', 'is', null)
    .where('expires_at', '>', at)
    .returning('id')
    .executeTakeFirst();
  if (won !== undefined) return true;
  const now = await tx
    .selectFrom('opt_in')
    .select('confirmed_at')
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', optIn.id)
    .executeTakeFirst();
  if (now?.confirmed_at == null) throw new MailwardenError('OPT_IN_EXPIRED');
  return false;
}

function toConsent(ctx: UnsubscribeContext, optIn: OptIn) {
  const signup = JSON.parse(optIn.signup) as Partial<ConsentEvidence>;
  const { method = '', ...details } = signup;
  return {
    senderId: optIn.sender_id,
    purpose: 'marketing',
    topics: JSON.parse(optIn.topics) as string[],
    basis: 'double_opt_in' as const,
    obtainedAt: ctx.now(),
    expiresAt: undefined,
    wordingVersion: optIn.wording_version,
    evidence: {
      ...details,
      method: 'confirmation link',
      signupMethod: method,
      optInId: optIn.id,
      requestMessageId: optIn.message_id,
      requestedAt: optIn.requested_at,
    },
    limbs: undefined,
    balancing: undefined,
  };
}
