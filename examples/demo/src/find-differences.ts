import { type Accounting, type DeliveryState, toBucket } from '@mailwarden/core';

/** What the account is made from. */
export interface Books {
  readonly accounting: Accounting;
  readonly deliveries: readonly { readonly recipient: string; readonly state: DeliveryState }[];
  /** One entry per recipient of each message that the SMTP server accepted. */
  readonly received: readonly string[];
}

/**
 * What does not add up, in sentences; nothing when all is well. Every delivery is in exactly one
 * bucket, the buckets sum up to the candidates, and the server got exactly what counts as sent.
 */
export function findDifferences({ accounting, deliveries, received }: Books): readonly string[] {
  const { candidates, ...buckets } = accounting;
  const sum = Object.values(buckets).reduce((total, count) => total + count, 0);
  const differences =
    sum === candidates ? [] : [`${candidates} candidates, but the buckets sum up to ${sum}`];
  if (deliveries.length !== candidates) {
    differences.push(`${candidates} candidates, but ${deliveries.length} deliveries are listed`);
  }
  for (const [bucket, count] of Object.entries(buckets)) {
    const listed = deliveries.filter(({ state }) => toBucket(state) === bucket).length;
    if (listed !== count) differences.push(`${bucket}: ${count} counted, ${listed} listed`);
  }
  const sent = deliveries.filter(({ state }) => state === 'sent').map((each) => each.recipient);
  for (const recipient of new Set([...sent, ...received])) {
    const counted = sent.filter((each) => each === recipient).length;
    const got = received.filter((each) => each === recipient).length;
    if (counted !== got) differences.push(`${recipient}: ${counted} sent, the server got ${got}`);
  }
  return differences;
}
