import { capCovers, countsTogether } from '../../frequency/cap-matches.ts';
import type { CountedMail } from '../../frequency/counted-mail.ts';
import { findPlace } from '../../frequency/find-place.ts';
import type { FrequencyCap } from '../../frequency/frequency-cap.ts';
import type { RecipientFacts, SendFacts } from '../facts.ts';
import type { Rule, RuleFinding } from '../rule.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** How long mail stands back for what goes first and is about to be claimed, ms. */
const STAND_BACK = 1_000;

/**
 * Nobody gets more mail in a rolling window than the operator allows, nor than they asked for. At
 * request the answer is advice; at claim the place is reserved in the same transaction (P7), and
 * mail of a lower priority leaves it to what is due as well.
 */
export const frequency = (caps: readonly FrequencyCap[]): Rule => ({
  id: 'frequency',
  version: '2',
  evaluate: (facts) => facts.recipients.flatMap((recipient) => judge(caps, facts, recipient)),
});

/** A cap, and who set it. */
interface AppliedCap {
  readonly cap: FrequencyCap;
  readonly code: 'FREQUENCY_CAP_REACHED' | 'RECIPIENT_MAXIMUM_REACHED';
}

function judge(
  caps: readonly FrequencyCap[],
  facts: SendFacts,
  recipient: RecipientFacts,
): readonly RuleFinding[] {
  const mail = toCountedMail(facts);
  const own = (recipient.preferences?.maxima ?? []).map(
    ({ count, days }): AppliedCap => ({
      cap: { max: count, per: days * DAY },
      code: 'RECIPIENT_MAXIMUM_REACHED',
    }),
  );
  return [...caps.map((cap): AppliedCap => ({ cap, code: 'FREQUENCY_CAP_REACHED' })), ...own]
    .filter(({ cap }) => capCovers(cap, mail))
    .flatMap((applied) => judgeCap(applied, facts, recipient, mail));
}

function judgeCap(
  { cap, code }: AppliedCap,
  { now, content }: SendFacts,
  { address, frequency: known }: RecipientFacts,
  mail: CountedMail,
): readonly RuleFinding[] {
  const { had, ahead, wanted } = known ?? { had: [], ahead: [], wanted: 1 };
  const at = Math.max(now, content.sendAt ?? 0);
  const { used, free, freeAt } = findPlace(cap, had, mail, { now: at, wanted });
  const evidence = { recipient: address, max: cap.max, hours: cap.per / HOUR, used };
  if (wanted > cap.max) {
    return [{ effect: 'block', code, message: tooMany(address, cap), evidence }];
  }
  if (free < wanted) {
    const message = `${address} has had ${used} of at most ${windowOf(cap)}; it goes out by itself when there is room.`;
    return [{ effect: 'defer', until: freeAt, code, message, evidence }];
  }
  const before = ahead.filter((each) => countsTogether(cap, each, mail)).length;
  if (free - before >= wanted) return [];
  return [
    {
      effect: 'defer',
      until: now + STAND_BACK,
      code: 'FREQUENCY_PRIORITY',
      message: `Mail to ${address} that goes first is waiting for the same place.`,
      evidence: { ...evidence, before },
    },
  ];
}

function tooMany(address: string, cap: FrequencyCap): string {
  return `Two of its addresses reach ${address}, who gets at most ${windowOf(cap)}; name them once.`;
}

function windowOf({ max, per, category = 'marketing' }: FrequencyCap): string {
  const length = per % DAY === 0 && per > DAY ? `${per / DAY} days` : `${per / HOUR} hours`;
  return `${max} ${category} message${max === 1 ? '' : 's'} in ${length}`;
}

function toCountedMail({ mailbox, content }: SendFacts): CountedMail {
  const { category, knownTopic: topic, campaign } = content;
  return {
    senderId: mailbox.sender?.id ?? '',
    category,
    ...(topic === undefined ? {} : { topic }),
    ...(campaign === undefined ? {} : { campaign }),
  };
}
