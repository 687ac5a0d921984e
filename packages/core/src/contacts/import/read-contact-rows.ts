import { MailwardenError } from '../../errors/mailwarden-error.ts';
import { decodeText, type ImportSource } from '../../imports/decode-text.ts';
import { MAX_ROW, readCsvRows } from '../../imports/read-csv.ts';
import type { ContactRow, ReadRow } from './contact-row.ts';
import { type ContactColumn, readHeader, type ToContactRow } from './csv-columns.ts';

/** Where contacts come from: a file as bytes or text, or the rows themselves. */
export type ContactSource = ImportSource | AsyncIterable<ContactRow> | Iterable<ContactRow>;

type Item = Uint8Array | string | ContactRow;

/** How a file is read. */
export interface ReadOptions {
  /** @default by its first character */
  readonly format?: 'csv' | 'ndjson';
  readonly columns?: Readonly<Record<string, ContactColumn | ''>>;
}

/** Reads rows, some at a time; what cannot be read is a row with a problem. Throws `IMPORT_INVALID`. */
export async function* readContactRows(
  source: ContactSource,
  options: ReadOptions,
): AsyncGenerator<readonly ReadRow[]> {
  const items = typeof source === 'string' ? [source] : source;
  const [first, rest] = await peek<Item>(items as AsyncIterable<Item> | Iterable<Item>);
  if (first === undefined) return;
  if (typeof first !== 'string' && !(first instanceof Uint8Array)) {
    yield* readItems(rest as AsyncIterable<ContactRow>);
    return;
  }
  const chunks = decodeText(rest as AsyncIterable<Uint8Array | string>);
  const [head = '', text] = await peek(skipBlank(chunks));
  const format = options.format ?? (/^\s*\{/.test(head) ? 'ndjson' : 'csv');
  yield* format === 'csv' ? readCsv(text, options.columns) : readNdjson(text);
}

/** The first item, and all of them. */
async function peek<T>(
  source: AsyncIterable<T> | Iterable<T>,
): Promise<readonly [T | undefined, AsyncIterable<T>]> {
  const iterator = toAsync(source)[Symbol.asyncIterator]();
  const { value, done } = await iterator.next();
  async function* all(): AsyncGenerator<T> {
    if (done !== true) yield value as T;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return [done === true ? undefined : (value as T), all()];
}

async function* toAsync<T>(source: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T> {
  yield* source;
}

/** Leading blank chunks say nothing about the format. */
async function* skipBlank(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let head = '';
  let started = false;
  for await (const chunk of chunks) {
    if (started) {
      yield chunk;
      continue;
    }
    head += chunk;
    started = head.trim() !== '';
    if (started) yield head;
  }
}

async function* readCsv(
  chunks: AsyncIterable<string>,
  columns: ReadOptions['columns'],
): AsyncGenerator<readonly ReadRow[]> {
  let toRow: ToContactRow | undefined;
  for await (const rows of readCsvRows(chunks)) {
    const read: ReadRow[] = [];
    for (const row of rows) {
      const { line } = row;
      if ('problem' in row) read.push({ line, text: row.problem, problem: row.problem });
      else if (toRow === undefined) toRow = readHeader(row.fields, columns);
      else read.push(toReadRow(line, row.fields.join('\u001f'), () => toRow?.(row.fields)));
    }
    yield read;
  }
}

const TOO_LONG = `The row is longer than ${MAX_ROW} characters.`;

async function* readNdjson(chunks: AsyncIterable<string>): AsyncGenerator<readonly ReadRow[]> {
  let pending = '';
  let line = 0;
  const toRows = (text: string): readonly ReadRow[] => {
    line += 1;
    if (text.length > MAX_ROW) return [{ line, text: TOO_LONG, problem: TOO_LONG }];
    return text.trim() === '' ? [] : [toReadRow(line, text, () => parseLine(text))];
  };
  for await (const chunk of chunks) {
    const lines = (pending + chunk).split('\n');
    // Of a row that is too long, no more is kept than shows that it is.
    pending = (lines.pop() ?? '').slice(0, MAX_ROW + 1);
    yield lines.flatMap(toRows);
  }
  yield toRows(pending);
}

async function* readItems(items: AsyncIterable<ContactRow>): AsyncGenerator<readonly ReadRow[]> {
  let line = 0;
  for await (const item of items) {
    line += 1;
    yield [toItem(line, item)];
  }
}

/** Rows of an iterable are told apart by their JSON. */
function toItem(line: number, item: ContactRow): ReadRow {
  try {
    return toReadRow(line, JSON.stringify(item) ?? '', () => item);
  } catch (error) {
    // A BigInt, a cycle, a getter that throws.
    if (error instanceof MailwardenError) throw error;
    return { line, text: '', problem: 'The row cannot be written as JSON.' };
  }
}

function toReadRow(line: number, text: string, read: () => ContactRow | undefined): ReadRow {
  // What was not UTF-8 in the file; names and addresses would be wrong without a word.
  if (text.includes('\uFFFD')) {
    return { line, text, problem: 'The row is not UTF-8; save the file as UTF-8.' };
  }
  try {
    const row = read();
    return row === undefined ? { line, text, problem: 'The row is empty.' } : { line, text, row };
  } catch (error) {
    if (!(error instanceof MailwardenError)) throw error;
    return { line, text, problem: error.message };
  }
}

function parseLine(text: string): ContactRow {
  try {
    return JSON.parse(text) as ContactRow;
  } catch {
    throw new MailwardenError('ARGUMENT_INVALID', { detail: 'The line is no JSON.' });
  }
}
