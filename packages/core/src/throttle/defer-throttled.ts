import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { transitionAll } from '../deliveries/transition.ts';
import type { Tx } from '../storage/database.ts';
import type { ThrottleScope } from './resolve-throttle.ts';
import { THROTTLED, type Throttled } from './split-envelopes.ts';

/** Puts these off until their turns, each to its own time, in one statement for each scope. */
export async function deferThrottled(
  tx: Tx,
  ctx: Context,
  actor: string,
  later: readonly Throttled[],
): Promise<void> {
  if (later.length === 0) return;
  const times = later.flatMap(({ envelope, due }) =>
    envelope.map(({ id }) => sql`when ${id} then cast(${due} as bigint)`),
  );
  // The same object for all of them: moves that set the same share a statement.
  const due_at = sql<number>`case id ${sql.join(times, sql` `)} else due_at end`;
  await transitionAll(
    tx,
    later.flatMap(({ envelope, scope }) =>
      envelope.map((from) => ({
        ...{ from, to: 'deferred' as const, code: THROTTLED, reason: REASONS[scope], actor },
        ...{ at: ctx.now(), data: { scope }, patch: { due_at } },
      })),
    ),
  );
}

const REASONS: Readonly<Record<ThrottleScope, string>> = {
  mailbox: 'The mailbox sends as fast as it may; this goes out in its turn.',
  domain: 'The recipient’s domain gets as much as it may; this goes out in its turn.',
  provider: 'The recipient’s provider gets as much as it may; this goes out in its turn.',
};
