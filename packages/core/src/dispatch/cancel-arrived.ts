import type { Context } from '../context.ts';
import { transition } from '../deliveries/transition.ts';
import type { Tx } from '../storage/database.ts';
import type { Envelope } from './lock-envelopes.ts';

/**
 * Ends what was to be sent once more and whose first one turned out to have arrived meanwhile: a late
 * answer, a report, the Sent folder or a person said so while it waited (P6). Returns the others.
 */
export async function cancelArrived(
  tx: Tx,
  ctx: Context,
  envelopes: readonly Envelope[],
  actor: string,
): Promise<readonly Envelope[]> {
  const firsts = envelopes.flat().flatMap(({ resend_of }) => resend_of ?? []);
  if (firsts.length === 0) return envelopes;
  const rows = await tx
    .selectFrom('delivery')
    .select(['id', 'state'])
    .where('tenant', '=', ctx.tenant)
    .where('id', 'in', firsts)
    .execute();
  const arrived = new Set(rows.flatMap(({ id, state }) => (state === 'sent' ? id : [])));
  const left: Envelope[] = [];
  for (const envelope of envelopes) {
    const over = envelope.filter(({ resend_of }) => arrived.has(resend_of ?? ''));
    for (const from of over) await transition(tx, { ...ARRIVED, from, actor, at: ctx.now() });
    const [first, ...others] = envelope.filter((each) => !over.includes(each));
    if (first !== undefined) left.push([first, ...others]);
  }
  return left;
}

const ARRIVED = {
  to: 'cancelled',
  code: 'FIRST_ONE_ARRIVED',
  reason: 'The first one arrived after all, so that it is not sent once more.',
} as const;
