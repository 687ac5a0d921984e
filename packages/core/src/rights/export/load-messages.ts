import { maskSlots } from '../../compose/slots.ts';
import type { Context } from '../../context.ts';
import type { Delivery } from '../../storage/tables/delivery.ts';
import type { Message } from '../../storage/tables/message.ts';
import type { Person } from '../person.ts';
import type { ExportedMessage, ExportedRow } from './person-export.ts';
import { toExportedRow } from './to-exported-row.ts';

/** The tables that hang on a message by its id. */
const BESIDE = ['message_revision', 'approval', 'delivery'] as const;

/** Messages with everything that belongs to them, as the person may see it. */
export async function loadMessages(
  ctx: Context,
  rows: readonly Message[],
  person: Person,
): Promise<readonly ExportedMessage[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const [revisions = [], approvals = [], deliveries = []] = await Promise.all(
    BESIDE.map((table) => selectBeside(ctx, table, ids)),
  );
  const tags = await selectTags(ctx, ids);
  const theirs = (deliveries as readonly Delivery[]).filter(({ recipient }) =>
    person.matcher.isPerson(recipient),
  );
  const tries = await loadTries(
    ctx,
    theirs.map(({ id }) => id),
  );
  return rows.map((row) => {
    const of = (each: { readonly message_id?: unknown }) => each.message_id === row.id;
    const exported: ExportedMessage = {
      message: toExportedMessage(row, person),
      tags: tags.filter((tag) => tag.subject_id === row.id).map((tag) => toExportedRow('tag', tag)),
      revisions: revisions.filter(of).map((each) => toExportedRow('message_revision', each)),
      approvals: approvals.filter(of).map((each) => toExportedRow('approval', each)),
      deliveries: theirs.filter(of).map((each) => ({
        delivery: toExportedRow('delivery', each),
        ...tries(each.id),
      })),
    };
    return hideBlindCopies(exported, row, person);
  });
}

interface Beside {
  readonly message_id: string;
}

function selectBeside(
  { tenant, storage }: Context,
  table: (typeof BESIDE)[number],
  ids: readonly string[],
): Promise<readonly Beside[]> {
  return storage.db
    .selectFrom(table)
    .selectAll()
    .where('tenant', '=', tenant)
    .where('message_id', 'in', ids)
    .execute();
}

function selectTags({ tenant, storage }: Context, ids: readonly string[]) {
  return storage.db
    .selectFrom('tag')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('subject_kind', '=', 'message')
    .where('subject_id', 'in', ids)
    .orderBy('tag')
    .execute();
}

async function loadTries({ tenant, storage }: Context, deliveryIds: readonly string[]) {
  const select = async (table: 'attempt' | 'reservation') =>
    deliveryIds.length === 0
      ? []
      : await storage.db
          .selectFrom(table)
          .selectAll()
          .where('tenant', '=', tenant)
          .where('delivery_id', 'in', deliveryIds)
          .orderBy('id')
          .execute();
  const attempts = await select('attempt');
  const reservations = await select('reservation');
  return (id: string) => ({
    attempts: attempts
      .filter((row) => row.delivery_id === id)
      .map((row) => toExportedRow('attempt', row)),
    reservations: reservations
      .filter((row) => row.delivery_id === id)
      .map((row) => toExportedRow('reservation', row)),
  });
}

function toExportedMessage(row: Message, { matcher }: Person): ExportedRow {
  const mask = (text: string | null) =>
    text === null || row.nonce === null ? text : maskSlots(text, row.nonce);
  const bcc = (JSON.parse(row.bcc_addresses) as string[]).filter(matcher.isPerson);
  const shown = {
    ...row,
    text: mask(row.text),
    html: mask(row.html),
    bcc_addresses: JSON.stringify(bcc),
  };
  return toExportedRow('message', shown);
}

/** The trace of a decision names every recipient; who was in blind copy stays hidden (art. 15(4)). */
function hideBlindCopies(
  exported: ExportedMessage,
  row: Message,
  { matcher }: Person,
): ExportedMessage {
  const others = (JSON.parse(row.bcc_addresses) as string[]).filter(
    (address) => !matcher.isPerson(address),
  );
  if (others.length === 0) return exported;
  const hide = (value: unknown): unknown => {
    if (typeof value === 'string') {
      return others.reduce((text, other) => replaceAll(text, other), value);
    }
    if (Array.isArray(value)) return value.map(hide);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, hide(each)]));
  };
  return hide(exported) as ExportedMessage;
}

function replaceAll(text: string, address: string): string {
  const lower = address.toLowerCase();
  let clean = text;
  for (let at = clean.toLowerCase().indexOf(lower); at >= 0; ) {
    clean = `${clean.slice(0, at)}[another recipient]${clean.slice(at + address.length)}`;
    at = clean.toLowerCase().indexOf(lower);
  }
  return clean;
}
