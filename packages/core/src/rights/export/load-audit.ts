import type { Context } from '../../context.ts';
import type { EventRow } from '../../storage/tables/operations.ts';
import type { Person } from '../person.ts';
import type { PersonExport } from './person-export.ts';
import { toExportedRow } from './to-exported-row.ts';

/** Bound values of one statement. */
const PER_STATEMENT = 1_000;

type Found = Pick<PersonExport, 'events' | 'audit'>;

/** What happened to a person's messages and deliveries, and what the audit keeps about them. */
export async function loadAudit(
  ctx: Context,
  { canonicals }: Person,
  messageIds: readonly string[],
  deliveryIds: readonly string[],
): Promise<Found> {
  const { tenant, storage } = ctx;
  const own = await storage.db
    .selectFrom('audit_detail')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('person', 'in', [...canonicals])
    .where('details', 'is not', null)
    .execute();
  const ofDeliveries = await inParts(deliveryIds, (ids) => selectEvents(ctx, 'delivery_id', ids));
  const ofMessages = await inParts(messageIds, (ids) => selectEvents(ctx, 'message_id', ids));
  const events = [...ofDeliveries, ...ofMessages].sort((a, b) => Number(a.seq) - Number(b.seq));
  const asked = new Set([...own.map((row) => row.event_id), ...events.map(({ id }) => id)]);
  const places = await inParts([...asked], (ids) => selectPlaces(ctx, ids));
  const details = new Map(own.map((row) => [row.event_id, row]));
  for (const row of await inParts(
    events.map(({ id }) => id),
    (ids) => selectDetails(ctx, ids),
  )) {
    details.set(row.event_id, row);
  }
  const placeOf = new Map(places.map((row) => [row.event_id, row.place]));
  return {
    events: events.map((row) => toExportedRow('event', row)),
    audit: [...details.values()].map((row) => ({
      ...(placeOf.has(row.event_id) ? { place: placeOf.get(row.event_id) } : {}),
      ...toExportedRow('audit_detail', row),
    })),
  };
}

/** Of a message as such: what is about one recipient is found by their delivery. */
function selectEvents(
  { tenant, storage }: Context,
  column: 'delivery_id' | 'message_id',
  ids: readonly string[],
): Promise<EventRow[]> {
  return storage.db
    .selectFrom('event')
    .selectAll()
    .where('tenant', '=', tenant)
    .where(column, 'in', ids)
    .$if(column === 'message_id', (query) => query.where('delivery_id', 'is', null))
    .execute();
}

function selectDetails({ tenant, storage }: Context, ids: readonly string[]) {
  return storage.db
    .selectFrom('audit_detail')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('event_id', 'in', ids)
    .where('details', 'is not', null)
    .execute();
}

function selectPlaces({ tenant, storage }: Context, ids: readonly string[]) {
  return storage.db
    .selectFrom('audit_entry')
    .select(['event_id', 'place'])
    .where('tenant', '=', tenant)
    .where('event_id', 'in', ids)
    .execute();
}

async function inParts<T>(
  ids: readonly string[],
  select: (some: readonly string[]) => Promise<readonly T[]>,
): Promise<T[]> {
  const rows: T[] = [];
  for (let at = 0; at < ids.length; at += PER_STATEMENT) {
    rows.push(...(await select(ids.slice(at, at + PER_STATEMENT))));
  }
  return rows;
}
