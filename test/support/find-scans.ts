import { CompiledQuery } from 'kysely';
import type { Db } from '../../packages/core/src/storage/database.ts';

/** Tables that grow with what the operator configures or remembers: reading all of them is fine. */
const SMALL = [
  'mailbox',
  'pause',
  'sender',
  'meta',
  'migration',
  'folder',
  'template_approval',
  'remembered',
  'told_deadline',
];

/**
 * Columns that many rows share. A warden serves one tenant and few mailboxes: an index that is
 * entered by these alone is read from end to end.
 */
const COARSE = [
  ...['tenant', 'mailbox', 'direction', 'state', 'kind', 'subject_kind', 'purpose', 'sender_id'],
  ...['category', 'campaign', 'topic', 'match', 'scope', 'reason', 'parked', 'fact', 'folder'],
  ...['quarantined', 'auto_submitted', 'review_warned', 'policy_epoch', 'agent', 'xact'],
];

/** Partial indexes that hold only what is asked for, so that their first entry is the answer. */
const ANSWERS = [
  'mw_suppression_to_journal',
  'mw_delivery_campaign_sent',
  'mw_erasure_unfinished',
  // The last seal: read from the end, one row.
  'sqlite_autoindex_mw_audit_seal_1',
  'audit_seal_pkey',
];

/** How a query reads a table that grows, other than by an index with a narrow condition. */
export async function findScans(
  db: Db,
  name: 'sqlite' | 'postgres',
  { sql, parameters }: CompiledQuery,
): Promise<readonly string[]> {
  return name === 'sqlite' ? scansOfSqlite(db, sql) : scansOfPostgres(db, sql, parameters);
}

/** As many as a claim takes at once. */
const BATCH = 200;

/**
 * With every list of deliveries as long as it gets: the longer it is, the better looks to SQLite an index that
 * knows nothing of it. Without statistics its plan asks for no value.
 */
async function scansOfSqlite(db: Db, sql: string): Promise<readonly string[]> {
  const long = sql.replace(/"(\w+)" in \(\?(?:, \?)*\)/g, (list, column: string) =>
    COARSE.includes(column) || !/(?:from|update) "mw_delivery"/.test(sql)
      ? list
      : `"${column}" in (${Array(BATCH).fill('?').join(', ')})`,
  );
  const values = Array<null>(long.split('?').length - 1).fill(null);
  const { rows } = await db.executeQuery<{ detail: string }>(
    CompiledQuery.raw(`explain query plan ${long}`, values),
  );
  return rows.map(({ detail }) => detail).filter((detail) => isScanOfSqlite(detail, sql));
}

function isScanOfSqlite(detail: string, sql: string): boolean {
  const [, how, name = ''] = /^(SCAN|SEARCH) (\S+)/.exec(detail) ?? [];
  if (how === undefined || !isLarge(tableOf(name, sql))) return false;
  if (ANSWERS.some((index) => detail.includes(` ${index} `))) return false;
  const conditions = /\(([^()]*)\)$/.exec(detail)?.[1] ?? '';
  return how === 'SCAN' || !conditions.split(' AND ').some((each) => isNarrow(each, sql));
}

/** The plan names an alias where there is one. */
function tableOf(name: string, sql: string): string {
  const alias = new RegExp(`"mw_(\\w+)" as "${name}"`).exec(sql);
  return alias?.[1] ?? /^mw_(\w+)$/.exec(name)?.[1] ?? '';
}

function isLarge(table: string): boolean {
  return table !== '' && !SMALL.includes(table);
}

/** `"state" = 'x'`, `at>?`, `<expr>=?`; an expression is one somebody made an index for. */
function isNarrow(condition: string, sql = ''): boolean {
  const column = /^\W*(\w+)/.exec(condition)?.[1] ?? '';
  // Everything may be due: only who stops after some of it reads little.
  if (column === 'due_at' && !/ limit (?:\?|\d)/.test(sql)) return false;
  return column !== '' && !COARSE.includes(column);
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly Schema?: string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly Plans?: readonly PlanNode[];
}

async function scansOfPostgres(
  db: Db,
  sql: string,
  parameters: readonly unknown[],
): Promise<readonly string[]> {
  const { rows } = await db.executeQuery<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
    CompiledQuery.raw(`explain (format json, verbose) ${sql}`, [...parameters]),
  );
  const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
  const found = plan === undefined ? [] : scansBelow(plan);
  const judged = await Promise.all(
    found.map(async (scan) => ((await isEmpty(db, scan)) ? [] : [scan])),
  );
  return judged.flat().map((scan) => scan.text);
}

interface Scan {
  readonly schema: string;
  readonly table: string;
  readonly text: string;
}

/** PostgreSQL reads an empty table whatever indexes it has; SQLite's answer stands for it. */
async function isEmpty(db: Db, { schema, table }: Scan): Promise<boolean> {
  if (table === '') return false;
  const { rows } = await db.executeQuery(
    CompiledQuery.raw(`select 1 from "${schema}"."${table}" limit 1`),
  );
  return rows.length === 0;
}

function scansBelow(node: PlanNode): readonly Scan[] {
  const below = (node.Plans ?? []).flatMap(scansBelow);
  const type = node['Node Type'];
  const table = node['Relation Name'] ?? '';
  const index = node['Index Name'] ?? '';
  const condition = node['Index Cond'] ?? '';
  const isScan =
    type === 'Seq Scan'
      ? isLarge(table)
      : type.includes('Index') &&
        isLarge(table || tableOfIndex(index)) &&
        !isAnswer(index, condition);
  const text = `${type} ${table} ${index} ${condition}`;
  return isScan ? [...below, { schema: node.Schema ?? '', table, text }] : below;
}

function isAnswer(index: string, condition: string): boolean {
  return (
    ANSWERS.includes(index) || condition.split(' AND ').some((each) => isNarrow(each, ' limit ?'))
  );
}

/** A bitmap is made from an index before anybody says of which table. */
function tableOfIndex(index: string): string {
  const name = index.replace(/^mw_/, '');
  return SMALL.find((table) => name.startsWith(`${table}_`)) ?? name;
}
