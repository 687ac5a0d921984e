import type { SendingFacts } from '../facts.ts';
import type { MailboxProvider, ProviderRequirement, SendingFactName } from './mailbox-provider.ts';

/** How long what was found out counts, ms: DNS changes, and Gmail judges the spam rate by the week. */
export const SENDING_FACTS_AGE = 7 * 86_400_000;

/** A requirement that is known not to be met, and by what. */
export interface Unmet {
  readonly requirement: ProviderRequirement;
  readonly fact: SendingFactName;
  readonly value: number;
  /** When it was found out, epoch ms. */
  readonly at: number;
}

/**
 * The requirements that recorded facts contradict, one entry each. A fact that nobody recorded, or
 * that is older than {@link SENDING_FACTS_AGE}, contradicts nothing.
 */
export function findUnmet(
  provider: MailboxProvider,
  { recorded }: Pick<SendingFacts, 'recorded'>,
  now: number,
): readonly Unmet[] {
  const fresh = recorded.filter(
    (known) =>
      now - known.at <= SENDING_FACTS_AGE &&
      (known.provider === '' || known.provider === provider.id),
  );
  return provider.requirements.flatMap((requirement) => {
    const against = requirement.facts
      .flatMap((fact) => fresh.filter((known) => known.fact === fact))
      .find(({ value }) => !isMet(requirement, value));
    return against === undefined
      ? []
      : [{ requirement, fact: against.fact, value: against.value, at: against.at }];
  });
}

/** Whether the volume makes the requirements apply: what was reached once may be for good. */
export function isBulk(
  { id, bulk }: MailboxProvider,
  { recorded, sent }: Pick<SendingFacts, 'recorded' | 'sent'>,
): boolean {
  if (bulk === undefined) return true;
  const known = recorded.some(
    ({ provider, fact, value }) =>
      fact === 'bulk' && value === 1 && (provider === '' || provider === id),
  );
  return known || (sent[id] ?? 0) >= bulk.from;
}

function isMet({ below }: ProviderRequirement, value: number): boolean {
  return below === undefined ? value === 1 : value < below;
}
