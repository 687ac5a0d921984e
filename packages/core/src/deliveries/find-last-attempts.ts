import type { Context } from '../context.ts';
import type { DeliveryView } from '../operations/results.ts';
import type { Delivery } from '../storage/tables/delivery.ts';

/** What is known of the last attempt of those deliveries that are `unknown`, by delivery. */
export async function findLastAttempts(
  { storage, tenant }: Pick<Context, 'storage' | 'tenant'>,
  rows: readonly (Pick<Delivery, 'id' | 'state' | 'attempts'> & {
    readonly internet_message_id: string;
  })[],
): Promise<ReadonlyMap<string, Pick<DeliveryView, 'lastAttempt'>>> {
  const unknown = new Map(
    rows.filter(({ state }) => state === 'unknown').map((row) => [row.id, row]),
  );
  if (unknown.size === 0) return new Map();
  const attempts = await storage.db
    .selectFrom('attempt')
    .select(['delivery_id', 'number', 'started_at', 'host', 'phase'])
    .where('tenant', '=', tenant)
    .where('delivery_id', 'in', [...unknown.keys()])
    .execute();
  return new Map(
    attempts.flatMap(({ delivery_id: id, number, started_at: startedAt, host, phase }) => {
      const row = unknown.get(id);
      if (row?.attempts !== number) return [];
      const lastAttempt = {
        ...{ number, startedAt, internetMessageId: row.internet_message_id },
        ...(host === null ? {} : { host }),
        ...(phase === null ? {} : { phase }),
      };
      return [[id, { lastAttempt }] as const];
    }),
  );
}
