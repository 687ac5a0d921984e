import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { appendEvents } from '../events/append-event.ts';
import { isSamePerson } from '../principal/is-same-person.ts';
import { reconsiderPeople } from '../tasks/reconsider-waiting.ts';

/**
 * Makes a consent that an agent reported count, from now on. Throws `CONSENT_NOT_FOUND` when it is
 * not there or has been confirmed, and `OWN_MESSAGE` to the person for whom the agent reported it.
 */
export async function confirmConsent(
  ctx: Context,
  consentId: string,
  by: { readonly actor: string; readonly person?: string },
): Promise<void> {
  await ctx.storage.unit(async (tx) => {
    const at = ctx.now();
    const row = await tx
      .updateTable('consent')
      .set({ confirmed_by: by.actor, confirmed_at: at })
      .where('tenant', '=', ctx.tenant)
      .where('id', '=', consentId)
      .where('kind', '=', 'grant')
      .where('confirmed_at', 'is', null)
      .returning(['canonical', 'on_behalf_of'])
      .executeTakeFirst();
    if (row === undefined) {
      throw new MailwardenError('CONSENT_NOT_FOUND', {
        fields: { consentId: consentId.slice(0, 80) },
      });
    }
    if (by.person !== undefined && isSamePerson(by.person, row.on_behalf_of)) {
      throw new MailwardenError('OWN_MESSAGE', { detail: 'The agent reported it on your behalf.' });
    }
    await reconsiderPeople(tx, ctx, [{ allCanonical: [row.canonical] }]);
    await appendEvents(tx, ctx.tenant, [
      { at, type: 'consent.confirmed', actor: by.actor, data: { consentId } },
    ]);
  });
  ctx.wake();
}
