import type { Context, Mailbox } from '../../context.ts';
import type { OutboundContent } from '../../messages/outbound-content.ts';
import type { Db } from '../../storage/database.ts';
import { isUnobserved } from './is-unobserved.ts';

const DAY = 86_400_000;

/** What marketing reserves at the wire while nobody reports the mailbox's bounces. */
export const UNOBSERVED_KIND = 'wire:unobserved';

/**
 * How much marketing of this mailbox reached, or may have reached, the wire in the last 24 hours;
 * undefined where that limits nothing. The caller of a claim holds the mailbox row's lock, so that
 * two claims cannot both take the last place (P7).
 */
export async function loadUnobserved(
  db: Db,
  ctx: Pick<Context, 'tenant' | 'now'>,
  mailbox: Mailbox,
  { category }: Pick<OutboundContent, 'category'>,
  deliveryIds: readonly string[],
): Promise<number | undefined> {
  if (category !== 'marketing' || !isUnobserved(mailbox)) return undefined;
  const row = await db
    .selectFrom('reservation')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('tenant', '=', ctx.tenant)
    .where('kind', '=', UNOBSERVED_KIND)
    .where('subject', '=', mailbox.address)
    .where('at', '>', ctx.now() - DAY)
    // A claim that was given back, or whose worker died, does not wait for its own place.
    .$if(deliveryIds.length > 0, (query) => query.where('delivery_id', 'not in', deliveryIds))
    .executeTakeFirstOrThrow();
  return Number(row.count);
}
