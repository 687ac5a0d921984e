import type { SendOutcome } from '@mailwarden/core';
import { type DumpedRow, dumpDatabase } from './dump-database.ts';
import type { WardenWorld } from './warden-world.ts';

/** What differs between two runs of the same: random, or made from what is random. */
const RANDOM = [
  ...['nonce', 'digest', 'text', 'html', 'internet_message_id', 'salt', 'hmac', 'xact'],
  ...['hash', 'signature', 'head', 'value', 'secret', 'fingerprint'],
];
const ID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const DIGEST = /("(?:digest|storedDigest)":")[0-9a-f]{64}/g;

/**
 * Sends and all that is stored of them and of those before, with names of their own instead of ids:
 * equal for two worlds in which the same has happened.
 */
export async function describeSends(
  { database }: Pick<WardenWorld, 'database'>,
  outcomes: readonly SendOutcome[],
) {
  const dump = await dumpDatabase(database);
  const names = nameIds(dump);
  const name = (text: string): string =>
    text.replace(ID, (id) => names.get(id) ?? 'an id').replace(DIGEST, '$1');
  const describe = (row: DumpedRow): string =>
    Object.entries(row)
      .filter(([column]) => !RANDOM.includes(column))
      .map(([column, value]) => `${column}=${name(`${value}`)}`)
      .join(' ');
  const kept = [...dump].filter(([table]) => table !== 'migration');
  const tables = kept.map(([table, rows]): [string, readonly string[]] => {
    const described = toComparable(table, rows).map(describe);
    return [table, table === 'event' ? described : described.sort()];
  });
  return {
    outcomes: outcomes.map((outcome) => name(JSON.stringify(outcome))),
    tables: Object.fromEntries(tables),
  };
}

function toComparable(table: string, rows: readonly DumpedRow[]): readonly DumpedRow[] {
  if (table === 'event') return inOrder(rows);
  return table === 'reservation' ? addUp(rows) : rows;
}

/** What is taken of an agent's budget may be one row for many messages. */
function addUp(rows: readonly DumpedRow[]): readonly DumpedRow[] {
  const isBudget = ({ kind }: DumpedRow): boolean => /^(?:sends|first):/.test(`${kind}`);
  const budgets = Map.groupBy(rows.filter(isBudget), ({ kind, subject, at }) =>
    [kind, subject, at].join(' '),
  );
  return [
    ...rows.filter((row) => !isBudget(row)),
    ...[...budgets].map(([budget, own]) => ({
      budget,
      places: own.reduce((sum, { places }) => sum + Number(places), 0),
    })),
  ];
}

/** Messages by the order in which they were made; what belongs to one after it. */
function nameIds(dump: ReadonlyMap<string, readonly DumpedRow[]>): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const rowsOf = (table: string): readonly DumpedRow[] => dump.get(table) ?? [];
  const messages = [...rowsOf('message')].sort((a, b) => (`${a.id}` < `${b.id}` ? -1 : 1));
  for (const [at, { id, thread_id }] of messages.entries()) {
    names.set(`${id}`, `message ${at}`);
    names.set(`${thread_id}`, `thread ${at}`);
  }
  for (const { id, message_id, recipient_exact } of rowsOf('delivery')) {
    names.set(`${id}`, `${names.get(`${message_id}`)} to ${recipient_exact}`);
  }
  for (const { id, exact } of rowsOf('contact')) names.set(`${id}`, `contact ${exact}`);
  for (const { id, delivery_id, type } of rowsOf('event')) {
    names.set(`${id}`, `${type} of ${names.get(`${delivery_id}`)}`);
  }
  return names;
}

/** Without the place itself: on PostgreSQL a number is lost with each transaction that is undone. */
function inOrder(rows: readonly DumpedRow[]): readonly DumpedRow[] {
  return [...rows].sort((a, b) => Number(a.seq) - Number(b.seq)).map(({ seq: _, ...row }) => row);
}
