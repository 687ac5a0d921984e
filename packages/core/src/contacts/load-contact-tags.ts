import type { Context } from '../context.ts';
import type { Address } from '../identity/address.ts';
import { listTagsOf } from '../messages/list-tags-of.ts';
import type { SuppressionFact } from '../policy/facts.ts';
import type { Db } from '../storage/database.ts';
import type { Contact } from '../storage/tables/people.ts';
import { findSuppressions } from '../suppression/find-suppressions.ts';

/** Loads the tags of a page of contacts, derived ones included, sorted, as the sender sees them; two queries. */
export async function loadContactTags(
  db: Db,
  ctx: Pick<Context, 'tenant' | 'keys' | 'now'>,
  contacts: readonly Contact[],
  senderId: string | undefined,
): Promise<(contact: Contact) => readonly string[]> {
  const identities = new Map(
    contacts.map(({ id, address }) => [id, ctx.keys.identify(address as Address)]),
  );
  const suppressions = await findSuppressions(db, ctx, [...identities.values()]);
  const tags = await listTagsOf(db, ctx, 'contact', [...identities.keys()]);
  return ({ id }) => {
    const facts = suppressions.get(identities.get(id)?.exact ?? '') ?? [];
    const derived = toDerivedTags(facts, senderId);
    return [...new Set([...(tags.get(id) ?? []), ...derived])].sort();
  };
}

/** What suppressions show as tags that nobody can set or remove. */
function toDerivedTags(
  facts: readonly SuppressionFact[],
  senderId: string | undefined,
): readonly string[] {
  return facts
    .filter((fact) => fact.senderId === '' || fact.senderId === (senderId ?? fact.senderId))
    .flatMap(({ reason, scope }) => {
      if (reason === 'hard_bounce') return ['bounced'];
      if (reason === 'complaint') return ['complained'];
      // Leaving one topic is not leaving.
      return reason === 'unsubscribe' && !scope.startsWith('topic:') ? ['unsubscribed'] : [];
    });
}
