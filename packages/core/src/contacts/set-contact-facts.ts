import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { appendEvents } from '../events/append-event.ts';
import { parseAddress } from '../identity/address.ts';
import { lockRecipients } from '../suppression/lock-recipients.ts';
import { reconsiderPeople } from '../tasks/reconsider-waiting.ts';
import { type ContactFactsInput, parseContactFacts } from './parse-contact-facts.ts';
import { upsertContacts } from './upsert-contacts.ts';

/**
 * Makes the contact if there is none and records facts about it; what waits for them is decided
 * again at the next sweep. Throws `ARGUMENT_INVALID`, `ARGUMENT_UNKNOWN` or `PERSON_ERASED`.
 */
export async function setContactFacts(
  ctx: Context,
  text: string,
  facts: ContactFactsInput,
): Promise<{ readonly contactId: string }> {
  const address = parseAddress(text);
  const patch = parseContactFacts(facts);
  const contactId = await ctx.storage.unit(async (tx) => {
    const at = ctx.now();
    const identity = ctx.keys.identify(address);
    await lockRecipients(tx, ctx, [identity]);
    const id = (await upsertContacts(tx, ctx, [{ address }])).get(address);
    if (id === undefined) throw new MailwardenError('PERSON_ERASED');
    await tx
      .updateTable('contact')
      .set({ ...patch, updated_at: at })
      .where('tenant', '=', ctx.tenant)
      .where('id', '=', id)
      .execute();
    await reconsiderPeople(tx, ctx, [identity]);
    const set = Object.keys(patch).join(' ');
    await appendEvents(tx, ctx.tenant, [
      { at, type: 'contact.facts_set', actor: 'system', data: { contactId: id, set } },
    ]);
    return id;
  });
  ctx.wake();
  return { contactId };
}
