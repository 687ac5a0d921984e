import type { Context } from '../context.ts';
import type { ContactView } from '../operations/results.ts';
import type { SuppressionFact } from '../policy/facts.ts';
import type { Contact } from '../storage/tables/people.ts';
import { suppressionApplies } from '../suppression/suppression-applies.ts';
import type { ContactTags } from './load-contact-tags.ts';

/** A contact with whether marketing from this sender would pass suppression, and why not. */
export function toContactView(
  ctx: Pick<Context, 'mailboxes'>,
  contact: Contact,
  { tags, suppressions }: ContactTags,
  senderId: string | undefined,
): ContactView {
  const against = suppressions.find((fact) =>
    suppressionApplies(fact, { category: 'marketing', senderId }),
  );
  const own = ctx.mailboxes.has(contact.address.toLowerCase());
  return {
    id: contact.id,
    email: contact.address,
    tags,
    canEmail: against === undefined && !own,
    canEmailReason: own ? 'This is one of our own mailboxes.' : toReason(against),
    ...(contact.name === null ? {} : { name: contact.name }),
  };
}

function toReason(fact: SuppressionFact | undefined): string {
  if (fact === undefined) return 'No suppression stands against marketing mail.';
  const since = new Date(fact.createdAt).toISOString().slice(0, 10);
  const topic = /^topic:(.+)$/.exec(fact.scope)?.[1];
  const named = topic === undefined ? 'marketing mail' : `marketing mail on ${topic} or no topic`;
  const what = fact.scope === 'all' ? 'any mail' : named;
  return `Suppressed for ${what} since ${since} (${fact.reason}); sends will be blocked.`;
}
