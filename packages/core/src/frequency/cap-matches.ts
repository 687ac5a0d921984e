import type { CountedMail } from './counted-mail.ts';
import type { FrequencyCap } from './frequency-cap.ts';

/** Whether a cap is about this mail at all. */
export function capCovers(cap: FrequencyCap, mail: CountedMail): boolean {
  return (
    (cap.category ?? 'marketing') === mail.category &&
    sameOrUnsaid(cap.topic, mail.topic) &&
    sameOrUnsaid(cap.campaign, mail.campaign)
  );
}

/** Whether one delivery takes a place that another one wants; both ways round the same. */
export function countsTogether(cap: FrequencyCap, one: CountedMail, other: CountedMail): boolean {
  return (
    capCovers(cap, one) &&
    capCovers(cap, other) &&
    (cap.acrossSenders === true || one.senderId === other.senderId) &&
    (cap.each === undefined || sameOrUnsaid(one[cap.each], other[cap.each]))
  );
}

/** Leaving a label out is no way round a cap. */
function sameOrUnsaid(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}
