import type { Context } from '../context.ts';
import { toText } from '../operations/parse-arguments.ts';
import type { ReviewerPrincipal } from '../principal/principal.ts';
import type { Tx } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';

/** An `unknown` delivery that this reviewer sees, locked. */
export function findUnknown(
  tx: Tx,
  ctx: Context,
  { mailboxes }: ReviewerPrincipal,
  deliveryId: string,
): Promise<Delivery | undefined> {
  return tx
    .selectFrom('delivery')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', toText(deliveryId, 'delivery_id')?.trim() ?? '')
    .where('state', '=', 'unknown')
    .$if(mailboxes !== undefined, (query) => query.where('mailbox', 'in', mailboxes ?? []))
    .$if(ctx.storage.capabilities.supportsRowLocks, (query) => query.forUpdate())
    .executeTakeFirst();
}
