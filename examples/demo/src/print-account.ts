import { type DeliveryView, toBucket } from '@mailwarden/core';
import { cut, type World } from '@mailwarden-examples/support';
import { findDifferences } from './find-differences.ts';

/** In the order in which a reader asks. */
const BUCKETS = [
  'sent',
  'held',
  'blocked',
  'stopped',
  'pending',
  'deferred',
  'failed',
  'unknown',
] as const;

/** Accounts for every message: a table of all of them, and sums that have to agree. */
export async function printAccount({ warden, print, delivered }: World): Promise<void> {
  const system = warden.system();
  const deliveries = await system.deliveries();
  const accounting = await system.accounting();
  const received = delivered.flatMap(({ envelope }) => envelope.rcptTo);

  print.section('Account', 'every message, and what became of it');
  print.table(
    ['recipient', 'subject', 'outcome', 'reason'],
    deliveries.map((delivery) => [
      delivery.recipient,
      cut(delivery.subject, 27),
      delivery.state,
      reasonOf(delivery),
    ]),
  );

  const terms = BUCKETS.filter((bucket) => accounting[bucket] > 0).map((bucket) => {
    const others = deliveries.filter(({ state }) => toBucket(state) === bucket && state !== bucket);
    const states = [...new Set(others.map(({ state }) => state))].join(', ');
    return `${accounting[bucket]} ${bucket}${states === '' ? '' : ` (${states})`}`;
  });
  print.section('Sums', 'they have to agree');
  print.step(`${accounting.candidates} candidates = ${terms.join(' + ')}`);
  print.step(`${received.length} messages at the SMTP server`);
  const differences = findDifferences({ accounting, deliveries, received });
  for (const difference of differences) print.claim(difference, false);
  if (differences.length === 0) {
    print.claim('the buckets add up, and the server got exactly what counts as sent', true);
  }
}

function reasonOf({ state, code, reason }: DeliveryView): string {
  if (state === 'rejected') return cut(reason, 28);
  const reply = /\((\d{3}[^)]*)\)/.exec(reason)?.[1];
  return state === 'sent' && reply !== undefined ? `accepted, ${reply}` : code;
}
