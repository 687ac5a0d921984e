import type { Context, Mailbox } from '../context.ts';
import type { Db } from '../storage/database.ts';
import type { BudgetFacts } from './facts.ts';

const DAY = 86_400_000;

/** A mailbox's daily limit at claim; the caller holds the mailbox row's lock (P7). */
export async function loadWireLimit(
  db: Db,
  ctx: Context,
  mailbox: Mailbox,
  deliveries: readonly { readonly id: string }[],
): Promise<readonly BudgetFacts[]> {
  if (mailbox.dailyLimit === undefined) return [];
  const row = await db
    .selectFrom('reservation')
    .select((eb) => [eb.fn.countAll<number>().as('used'), eb.fn.min('at').as('oldest')])
    .where('tenant', '=', ctx.tenant)
    .where('kind', '=', 'wire:mailbox')
    .where('subject', '=', mailbox.address)
    .where('at', '>', ctx.now() - DAY)
    // A claim that was given back, or whose worker died, does not wait for its own place.
    .where(
      'delivery_id',
      'not in',
      deliveries.map((delivery) => delivery.id),
    )
    .executeTakeFirstOrThrow();
  return [
    {
      kind: 'wire:mailbox',
      limit: mailbox.dailyLimit,
      used: Number(row.used),
      wanted: deliveries.length,
      freeAt: Number(row.oldest ?? ctx.now()) + DAY,
      label: 'messages per mailbox and day',
    },
  ];
}
