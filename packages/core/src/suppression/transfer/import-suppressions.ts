import { parseSender } from '../../consent/parse-consent.ts';
import type { Context } from '../../context.ts';
import { decodeText, type ImportSource } from '../../imports/decode-text.ts';
import type { SuppressionReason } from '../../storage/tables/people.ts';
import { parseScope } from '../parse-scope.ts';
import { FORMATS, type FormatRule, type FormatSpec, type SuppressionFormat } from './formats.ts';
import { importEntries, type LocatedEntry, type RowError } from './import-entries.ts';
import { readCsv } from './read-csv.ts';
import { readJsonRows } from './read-json-rows.ts';
import { importFault, type SourceRow } from './source-row.ts';

export interface ImportSuppressionsOptions {
  /** @default recognised by the names of the columns */
  readonly format?: SuppressionFormat;
  /** What an unsubscribe in the file covers; bounces and complaints cover all mail. @default 'marketing' */
  readonly scope?: string;
  /** Of rows that do not say why, e.g. `complaint` for a list of spam reports. @default 'unsubscribe' */
  readonly reason?: Exclude<SuppressionReason, 'erasure'>;
  /** The sender it holds against. @default every sender */
  readonly senderId?: string;
  /** Told of every row that could not be taken. */
  readonly onRowError?: (error: RowError) => void;
  /** Told after each batch of 1,000. */
  readonly onProgress?: (progress: { readonly added: number; readonly known: number }) => void;
}

export interface ImportReport {
  readonly format: SuppressionFormat;
  /** Rows of the file, the header not counted. */
  readonly rows: number;
  /** Rows that mean nobody: subscribers, bounces that may pass. */
  readonly skipped: number;
  /** Suppressions that are new; a row can be two, e.g. a bounce and an unsubscribe. */
  readonly added: number;
  /** Suppressions that were there already. */
  readonly known: number;
  /** Suppressions that could not be taken. */
  readonly failed: number;
  /** The first 100 of them. */
  readonly errors: readonly RowError[];
}

const MAX_ERRORS = 100;

/**
 * Suppresses everybody on a list that another system exported. Streams, in bounded memory; only
 * ever adds; running it again, or after it broke off, adds what is missing. Throws
 * `IMPORT_INVALID` for a file that is none of the known ones.
 */
export async function importSuppressions(
  ctx: Context,
  source: ImportSource,
  options: ImportSuppressionsOptions = {},
): Promise<ImportReport> {
  const { format, onRowError } = options;
  const scope = parseScope(options.scope ?? 'marketing');
  // Held against a sender that does not exist, a list would stop nothing.
  const senderId = options.senderId === undefined ? undefined : parseSender(ctx, options.senderId);
  const counts = { rows: 0, skipped: 0 };
  const errors: RowError[] = [];
  const found: { spec: FormatSpec | undefined } = {
    spec: FORMATS.find((each) => each.id === format),
  };
  const named = format ?? 'auto';
  const imported = await importEntries(ctx, toEntries(readRows(source), found, options, counts), {
    source: `import:${named}`,
    scope,
    senderId,
    onProgress: options.onProgress,
    onRowError: (error) => {
      if (errors.length < MAX_ERRORS) errors.push(error);
      onRowError?.(error);
    },
  });
  await ctx.journal?.flush();
  const { added, known, failed } = imported;
  return { format: found.spec?.id ?? 'plain', ...counts, added, known, failed, errors };
}

async function* toEntries(
  rows: AsyncIterable<SourceRow>,
  found: { spec: FormatSpec | undefined },
  { reason }: ImportSuppressionsOptions,
  counts: { rows: number; skipped: number },
): AsyncGenerator<LocatedEntry> {
  for await (const row of rows) {
    found.spec ??= sniff(row);
    const { spec } = found;
    counts.rows += 1;
    const address = spec.address.map((name) => row.columns.get(name)).find(Boolean) ?? '';
    const at = spec.at.map((name) => row.columns.get(name)).find(Boolean);
    const rules = findRules(spec, row).filter((rule) => rule.reason !== undefined);
    if (rules.length === 0) counts.skipped += 1;
    for (const rule of rules) {
      const why = rule.when === undefined ? (reason ?? rule.reason) : rule.reason;
      yield {
        line: row.line,
        address,
        ...toTime(at),
        ...(rule.scope === undefined ? {} : { scope: rule.scope }),
        ...(why === undefined || why === 'erasure' ? {} : { reason: why }),
      };
    }
  }
}

/** Of several rules about one column the first that fits; all columns count. */
function findRules(spec: FormatSpec, { columns }: SourceRow): readonly FormatRule[] {
  const fitting = spec.rules.filter(({ when }) => when?.[1].test(columns.get(when[0]) ?? ''));
  // "May pass" speaks for the whole row, however its text goes on.
  if (fitting.some((rule) => rule.reason === undefined)) return [];
  if (fitting.length === 0) return spec.rules.filter(({ when }) => when === undefined);
  return [...new Map(fitting.map((rule) => [rule.reason, rule])).values()];
}

function sniff({ columns }: SourceRow): FormatSpec {
  const spec = FORMATS.find(({ signatures }) =>
    signatures.some((names) => names.every((name) => columns.has(name))),
  );
  if (spec !== undefined) return spec;
  const choices = FORMATS.map(({ id }) => id).join(', ');
  throw importFault(`No known columns; name the format: ${choices}.`);
}

/** Seconds, milliseconds, or a date; one without a zone is UTC. */
function toTime(text: string | undefined): { readonly at?: number } {
  if (text === undefined) return {};
  const number = Number(text);
  if (Number.isFinite(number)) return { at: number < 1e11 ? number * 1_000 : number };
  const zoned = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?$/.test(text)
    ? `${text.replace(' ', 'T')}Z`
    : text;
  const at = Date.parse(zoned);
  return Number.isNaN(at) ? {} : { at };
}

/** Rows of CSV or JSON, told apart by how the text begins. */
export async function* readRows(source: ImportSource): AsyncGenerator<SourceRow> {
  const chunks = decodeText(source);
  let head = '';
  for (;;) {
    const { value, done } = await chunks.next();
    if (done === true) break;
    head += value;
    if (head.trim() !== '') break;
  }
  const text = prepend(head, chunks);
  yield* /^\s*[[{]/.test(head) ? readJsonRows(text) : readCsv(text);
}

async function* prepend(head: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield head;
  yield* rest;
}
