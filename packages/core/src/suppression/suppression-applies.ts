import type { SuppressionFact } from '../policy/facts.ts';
import type { Category } from '../policy/modes.ts';

/** The mail that a suppression is held against. */
export interface SuppressibleMail {
  readonly category: Category;
  readonly topic?: string | undefined;
  /** The mailbox's sender; a mailbox without one counts as every sender. */
  readonly senderId?: string | undefined;
}

/**
 * Whether an active suppression forbids this mail: `all` any mail, `marketing` marketing,
 * `topic:<id>` marketing on that topic or on none, each of its sender or, when it names none, of everyone.
 * A scope that is none of these forbids.
 */
export function suppressionApplies(
  fact: Pick<SuppressionFact, 'scope' | 'senderId'>,
  mail: SuppressibleMail,
): boolean {
  const ofThisSender = fact.senderId === '' || fact.senderId === (mail.senderId ?? fact.senderId);
  if (!ofThisSender) return false;
  if (fact.scope === 'marketing') return mail.category === 'marketing';
  if (fact.scope.startsWith('topic:')) {
    // Leaving the topic out is no way around it.
    const { topic = fact.scope.slice('topic:'.length) } = mail;
    return mail.category === 'marketing' && fact.scope === `topic:${topic}`;
  }
  return true;
}
