import { MailwardenError } from '../errors/mailwarden-error.ts';
import { type Address, findAddress } from '../identity/address.ts';
import type { ImportSource } from '../imports/decode-text.ts';
import { parseZoned } from '../operations/parse-arguments.ts';
import { CATEGORIES, type Category } from '../policy/modes.ts';
import { readRows } from '../suppression/transfer/import-suppressions.ts';

/** One message that was sent before, by whatever sent it. */
export interface HistoryEntry {
  /** When, as epoch ms or ISO 8601 with an offset. */
  readonly at: number | string;
  /** One of the mailboxes. */
  readonly from: string;
  /** Addresses; in text separated by commas or semicolons. */
  readonly to: string | readonly string[];
  /** What it was; believed. @default 'marketing' */
  readonly category?: string;
  readonly topic?: string;
  readonly subject: string;
  /** Markdown or text. */
  readonly body?: string;
}

/** A file in CSV or NDJSON with those names, or the messages themselves. */
export type HistorySource = ImportSource | AsyncIterable<HistoryEntry> | Iterable<HistoryEntry>;

/** One that is understood. */
export interface HistoryMail {
  readonly line: number;
  readonly at: number;
  readonly from: string;
  readonly to: readonly Address[];
  readonly category: Category;
  readonly topic: string | undefined;
  readonly subject: string;
  readonly body: string | undefined;
}

/** What is no object, or has no text where text is asked for. */
const NOT_READABLE = 'It cannot be read; an entry has at, from, to and subject.';

/** Reads a history; what cannot be read comes as a sentence with its line. */
export async function* readHistory(
  source: HistorySource,
): AsyncGenerator<HistoryMail | { readonly line: number; readonly message: string }> {
  for await (const { line, entry } of readEntries(source)) {
    try {
      yield toMail(line, entry);
    } catch (error) {
      const isTold = error instanceof MailwardenError;
      const message = isTold ? String(error.fields.wrong ?? error.message) : NOT_READABLE;
      yield { line, message };
    }
  }
}

type Entry = Readonly<Partial<Record<keyof HistoryEntry, unknown>>>;

async function* readEntries(
  source: HistorySource,
): AsyncGenerator<{ readonly line: number; readonly entry: Entry }> {
  if (typeof source === 'string') {
    yield* readText(source);
    return;
  }
  const items = (async function* () {
    yield* source as AsyncIterable<Uint8Array | string | HistoryEntry>;
  })();
  const { value: first, done } = await items.next();
  if (done === true || first === undefined) return;
  const all = (async function* () {
    yield first;
    yield* items;
  })();
  if (typeof first === 'string' || first instanceof Uint8Array) {
    yield* readText(all as AsyncGenerator<Uint8Array | string>);
    return;
  }
  let line = 0;
  for await (const entry of all) {
    line += 1;
    yield { line, entry: entry as HistoryEntry };
  }
}

async function* readText(
  source: ImportSource,
): AsyncGenerator<{ readonly line: number; readonly entry: Entry }> {
  for await (const { line, columns } of readRows(source)) {
    yield { line, entry: Object.fromEntries(columns) };
  }
}

function toMail(line: number, entry: Entry): HistoryMail {
  const { at, from, to, category = 'marketing', topic, subject, body } = present(entry);
  return {
    line,
    at: toInstant(at),
    from: toAddress(from, 'from').toLowerCase(),
    to: toAddresses(to),
    category: toCategory(category),
    topic: topic === undefined ? undefined : String(topic).trim().toLowerCase(),
    subject: String(subject ?? ''),
    body: body === undefined ? undefined : String(body),
  };
}

/** An empty column says nothing. */
function present(entry: Entry): Entry {
  return Object.fromEntries(
    Object.entries(entry).filter(([, value]) => value !== '' && value !== null),
  );
}

function toInstant(value: unknown): number {
  const number = typeof value === 'number' ? value : Number(value ?? Number.NaN);
  const at = Number.isFinite(number) ? number : parseZoned(String(value).trim());
  if (Number.isFinite(at) && Math.abs(at) <= 8.64e15) return at;
  throw wrong('at has to be epoch ms or ISO 8601 with an offset.');
}

function toAddresses(value: unknown): readonly Address[] {
  const texts = Array.isArray(value) ? value : String(value ?? '').split(/[,;]/);
  const addresses = texts.map((each: unknown) => toAddress(each, 'to'));
  if (addresses.length > 0) return addresses;
  throw wrong('to needs an address; in a file several are separated by commas.');
}

function toAddress(value: unknown, name: string): Address {
  const address = typeof value === 'string' ? findAddress(value.trim()) : undefined;
  if (address !== undefined) return address;
  throw wrong(`${name} has to be an email address.`);
}

function toCategory(value: unknown): Category {
  const category = CATEGORIES.find((each) => each === String(value).trim().toLowerCase());
  if (category !== undefined) return category;
  throw wrong(`category has to be one of ${CATEGORIES.join(', ')}.`);
}

function wrong(message: string): MailwardenError {
  return new MailwardenError('ARGUMENT_INVALID', { detail: message, fields: { wrong: message } });
}
