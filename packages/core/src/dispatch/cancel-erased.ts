import type { Context } from '../context.ts';
import { transition } from '../deliveries/transition.ts';
import type { Tx } from '../storage/database.ts';
import type { Envelope } from './lock-envelopes.ts';

/** There is nothing left to send. */
export async function cancelErased(
  tx: Tx,
  ctx: Context,
  envelope: Envelope,
  actor: string,
): Promise<void> {
  const what = { to: 'cancelled', code: 'ERASED', reason: 'Its content was erased.' } as const;
  for (const from of envelope) {
    await transition(tx, { ...what, from, actor, at: ctx.now() });
  }
}
