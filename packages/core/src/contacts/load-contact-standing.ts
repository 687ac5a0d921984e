import type { Context, Mailbox } from '../context.ts';
import type { Address } from '../identity/address.ts';
import { loadAudienceFacts, UNKNOWN_AUDIENCE } from '../policy/load-audience-facts.ts';
import { loadRecipientFacts } from '../policy/load-recipient-facts.ts';
import type { Db } from '../storage/database.ts';
import type { Contact } from '../storage/tables/people.ts';
import { loadContactTags } from './load-contact-tags.ts';
import type { ContactStanding } from './to-contact-view.ts';

/**
 * Loads, for a page of contacts, their tags and what a send from this mailbox would be decided on;
 * a fixed number of queries.
 */
export async function loadContactStanding(
  db: Db,
  ctx: Context,
  mailbox: Mailbox,
  contacts: readonly Contact[],
): Promise<readonly ContactStanding[]> {
  const addresses = contacts.map(({ address }) => address as Address);
  const senderId = mailbox.sender?.id;
  const recipients = await loadRecipientFacts(
    db,
    ctx,
    { mailbox: mailbox.address, messageIds: [''] },
    addresses,
  );
  const audience = await loadAudienceFacts(db, ctx, { senderId }, addresses);
  const tagsOf = await loadContactTags(db, ctx, contacts, senderId);
  return contacts.flatMap((contact, index) => {
    const known = recipients[index];
    if (known === undefined) return [];
    const recipient = { ...known, audience: audience[index] ?? UNKNOWN_AUDIENCE };
    return [{ contact, tags: tagsOf(contact), recipient, senderId }];
  });
}
