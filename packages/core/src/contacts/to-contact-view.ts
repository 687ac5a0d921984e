import type { Context } from '../context.ts';
import type { ContactView } from '../operations/results.ts';
import type { RecipientFacts, SuppressionFact } from '../policy/facts.ts';
import { judgeRecipient } from '../policy/jurisdictions/judge-recipient.ts';
import type { Contact } from '../storage/tables/people.ts';
import { suppressionApplies } from '../suppression/suppression-applies.ts';

/** What a contact is shown with. */
export interface ContactStanding {
  readonly contact: Contact;
  /** Derived ones included, sorted. */
  readonly tags: readonly string[];
  readonly recipient: RecipientFacts;
  readonly senderId: string | undefined;
}

/** Nothing but marketing, on no topic. */
const ORDINARY = { category: 'marketing', tags: [], subject: '', body: '', text: '' } as const;

/**
 * A contact with whether marketing on no topic from this sender would pass suppression and consent,
 * and why not.
 */
export function toContactView(
  ctx: Pick<Context, 'now' | 'policy'>,
  { contact, tags, recipient, senderId }: ContactStanding,
): ContactView {
  const against =
    againstOwn(recipient) ??
    againstSuppressed(recipient, senderId) ??
    againstWithdrawn(recipient) ??
    againstLaw(ctx, recipient);
  return {
    id: contact.id,
    email: contact.address,
    tags,
    canEmail: against === undefined,
    canEmailReason: against ?? 'Neither a suppression nor the law stands against marketing mail.',
    ...(contact.name === null ? {} : { name: contact.name }),
  };
}

function againstOwn({ own }: RecipientFacts): string | undefined {
  return own ? 'This is one of our own mailboxes.' : undefined;
}

function againstSuppressed(
  { suppressions }: RecipientFacts,
  senderId: string | undefined,
): string | undefined {
  const fact = suppressions.find((each) =>
    suppressionApplies(each, { category: 'marketing', senderId }),
  );
  return fact === undefined ? undefined : toReason(fact);
}

function againstWithdrawn({ audience }: RecipientFacts): string | undefined {
  if (audience.withdrawnAt === undefined) return undefined;
  return `Marketing was refused on ${toDay(audience.withdrawnAt)}; sends will be blocked.`;
}

function againstLaw(
  { now, policy }: Pick<Context, 'now' | 'policy'>,
  recipient: RecipientFacts,
): string | undefined {
  const situation = { now: now(), content: ORDINARY };
  const { verdicts, missing } = judgeRecipient(policy.jurisdictions, situation, recipient);
  const against = verdicts.filter(({ effect }) => effect !== 'allow');
  const first = against.find(({ effect }) => effect === 'block') ?? against[0];
  if (first === undefined) return undefined;
  return missing !== undefined && first.effect !== 'block' ? missing.message : first.message;
}

function toReason(fact: SuppressionFact): string {
  const topic = /^topic:(.+)$/.exec(fact.scope)?.[1];
  const named = topic === undefined ? 'marketing mail' : `marketing mail on ${topic} or no topic`;
  const what = fact.scope === 'all' ? 'any mail' : named;
  return `Suppressed for ${what} since ${toDay(fact.createdAt)} (${fact.reason}); sends will be blocked.`;
}

function toDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
