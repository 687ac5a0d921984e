import { hash } from 'node:crypto';
import { uuidv7 } from 'uuidv7';
import type { ConsentSource } from '../../consent/insert-consents.ts';
import type { Context } from '../../context.ts';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import { appendEvents } from '../../events/append-event.ts';
import type { ContactKind } from '../../storage/tables/people.ts';
import { parseContactFacts } from '../parse-contact-facts.ts';
import type { Provenance } from '../provenance.ts';
import type { ReadRow } from './contact-row.ts';
import type { ContactColumn } from './csv-columns.ts';
import {
  type ImportCounts,
  openImport,
  type RunningImport,
  saveImport,
} from './import-progress.ts';
import { type ContactDefaults, type ParsedContact, parseContactRow } from './parse-contact-row.ts';
import { type ContactSource, readContactRows } from './read-contact-rows.ts';
import { setSourceCountry } from './set-source-country.ts';
import { storeContacts } from './store-contacts.ts';

export interface ImportContactsOptions {
  /** What the contacts come from: a file, a form, a partner. Rows may name another. */
  readonly source: string;
  /** Goes on with an earlier import of the same file: what it has done is skipped. @default a new one */
  readonly importId?: string;
  /** @default by the first character: `{` is NDJSON */
  readonly format?: 'csv' | 'ndjson';
  /** What other names of CSV columns mean; `''`: nothing. What is not known becomes an attribute. */
  readonly columns?: Readonly<Record<string, ContactColumn | ''>>;
  /** Where people of this source are unless their contact says so: ISO 3166-1 alpha-2. */
  readonly country?: string;
  /** Of rows that do not say otherwise. */
  readonly kind?: ContactKind;
  readonly timeZone?: string;
  readonly tags?: readonly string[];
  readonly provenance?: Provenance;
  /**
   * Whether the application answers for the evidence of the consents in the file, as
   * `recordConsent` does. Only then can they help to lift an unsubscribe. @default 'stated'
   */
  readonly consents?: 'stated' | 'proven';
  /** Told of every row that was not taken. */
  readonly onRowError?: (error: ContactRowError) => void;
  /** Told after each batch of 1,000 rows. */
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** A row that was not taken; all others were. */
export interface ContactRowError {
  /** Line of the file, or number of the item; from 1. */
  readonly line: number;
  readonly code: string;
  /** What is wrong and what to do. */
  readonly message: string;
}

/** How far an import has come. */
export interface ImportProgress extends ImportCounts {
  readonly importId: string;
}

/** What became of all rows: `rows` is added, changed, unchanged and failed together. */
export interface ContactImportReport extends ImportProgress {
  /** The first 100 of this run. */
  readonly errors: readonly ContactRowError[];
}

const OPTIONS: readonly (keyof ImportContactsOptions)[] = [
  'source',
  'importId',
  'format',
  'columns',
  'country',
  'kind',
  'timeZone',
  'tags',
  'provenance',
  'consents',
  'onRowError',
  'onProgress',
];

/** Rows of one unit of work: sends to these people wait for it, so it is short. */
const BATCH = 1_000;
const MAX_ERRORS = 100;

/**
 * Takes contacts from CSV, NDJSON or an iterable, streaming, in bounded memory. Rows that are wrong
 * are reported and left out; the others go in. Each batch is committed with the place where it
 * ended, so an import that broke off goes on there; the same file again changes nothing. It adds and
 * corrects, and never lifts a suppression or brings back whom an erasure removed. Throws
 * `IMPORT_INVALID` for a file that cannot be read at all or is not the one that was begun with.
 */
export async function importContacts(
  ctx: Context,
  source: ContactSource,
  options: ImportContactsOptions,
): Promise<ContactImportReport> {
  const { importId = uuidv7() } = options;
  const defaults = checkOptions(options, importId);
  const running = await begin(ctx, importId, options);
  const errors: ContactRowError[] = [];
  const skip = running.rows;
  let digest = '';
  let read = 0;
  let batch: ReadRow[] = [];
  const run: Run = {
    ctx,
    defaults,
    running,
    consents: {
      reportedBy: `import:${importId}`,
      confirmedBy: options.consents === 'proven' ? 'system' : 'import',
    },
    fail: (error) => {
      if (errors.length < MAX_ERRORS) errors.push(error);
      options.onRowError?.(error);
    },
  };
  const store = async (): Promise<void> => {
    if (batch.length === 0) return;
    await storeBatch(run, batch, digest);
    batch = [];
    options.onProgress?.({ importId, ...countsOf(running) });
  };
  for await (const rows of readContactRows(source, options)) {
    for (const row of rows) {
      digest = hash('sha256', `${digest}\0${row.text}`);
      read += 1;
      if (read === skip && digest !== running.digest) throw anotherFile(importId);
      if (read <= skip) continue;
      batch.push(row);
      if (batch.length >= BATCH) await store();
    }
  }
  await store();
  if (read < skip) throw anotherFile(importId);
  await finish(ctx, running);
  ctx.wake();
  return { importId, ...countsOf(running), errors };
}

interface Run {
  readonly ctx: Context;
  readonly defaults: ContactDefaults;
  readonly running: RunningImport;
  readonly consents: ConsentSource;
  readonly fail: (error: ContactRowError) => void;
}

function checkOptions(options: ImportContactsOptions, importId: string): ContactDefaults {
  const unknown = Object.keys(options).filter((key) => !(OPTIONS as string[]).includes(key));
  if (unknown.length > 0) {
    throw new MailwardenError('ARGUMENT_UNKNOWN', {
      detail: `importContacts has no ${unknown.join(', ')}; it has ${OPTIONS.join(', ')}.`,
    });
  }
  const { source, provenance, kind, timeZone, tags, consents = 'stated' } = options;
  if (!/^[A-Za-z0-9_.:-]{1,64}$/.test(importId)) {
    throw invalid('importId', '1–64 characters of A–Z a–z 0–9 _ . : -');
  }
  if (typeof source !== 'string' || source === '') throw invalid('source', '1–200 characters');
  if (!['stated', 'proven'].includes(consents)) throw invalid('consents', 'stated or proven');
  // Every row would fail for it.
  parseContactFacts({
    source,
    ...(provenance?.how === undefined ? {} : { provenance }),
    ...(kind === undefined ? {} : { kind }),
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  return { source, provenance, tags, timeZone, ...(kind === undefined ? {} : { kind }) };
}

function begin(
  ctx: Context,
  id: string,
  { source, country }: ImportContactsOptions,
): Promise<RunningImport> {
  return ctx.storage.unit(async (tx) => {
    const running = await openImport(tx, ctx, id, source);
    if (country !== undefined) await setSourceCountry(tx, ctx, source, country);
    return running;
  });
}

async function storeBatch(run: Run, batch: readonly ReadRow[], digest: string): Promise<void> {
  const { ctx, running, defaults, consents } = run;
  const failed: ContactRowError[] = [];
  const parsed = batch.flatMap((row) => {
    const contact = parse(ctx, row, defaults);
    if ('code' in contact) failed.push(contact);
    return 'code' in contact ? [] : [contact];
  });
  const stored = await ctx.storage.unit(async (tx) => {
    const result = await storeContacts(tx, ctx, parsed, consents);
    const next = {
      digest,
      rows: running.rows + batch.length,
      added: running.added + result.added,
      changed: running.changed + result.changed,
      unchanged: running.unchanged + result.unchanged,
      failed: running.failed + failed.length + result.erased.length,
      suppressed: running.suppressed + result.suppressed,
      consents: running.consents + result.consents,
    };
    await saveImport(tx, ctx, { ...running, ...next }, running.rows);
    return { next, erased: result.erased };
  });
  Object.assign(running, stored.next);
  for (const error of [...failed, ...stored.erased.map(toErased)].sort((a, b) => a.line - b.line)) {
    run.fail(error);
  }
}

function parse(
  ctx: Context,
  { line, row, problem }: ReadRow,
  defaults: ContactDefaults,
): ParsedContact | ContactRowError {
  try {
    if (row !== undefined) return parseContactRow(ctx, line, row, defaults);
    throw new MailwardenError(
      'IMPORT_ROW_INVALID',
      problem === undefined ? {} : { detail: problem },
    );
  } catch (error) {
    if (error instanceof MailwardenError) return { line, code: error.code, message: error.message };
    // A number where text belongs, null in a list: what the checks could not foresee.
    if (!(error instanceof TypeError)) throw error;
    const { code, message } = new MailwardenError('IMPORT_ROW_INVALID');
    return { line, code, message };
  }
}

function toErased({ line }: ParsedContact): ContactRowError {
  const { code, message } = new MailwardenError('PERSON_ERASED');
  return { line, code, message };
}

function finish(ctx: Context, running: RunningImport): Promise<void> {
  return ctx.storage.unit(async (tx) => {
    const at = ctx.now();
    const done = await tx
      .updateTable('contact_import')
      .set({ finished_at: at, updated_at: at })
      .where('tenant', '=', ctx.tenant)
      .where('id', '=', running.id)
      .where('finished_at', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (done === undefined) return;
    const data = { importId: running.id, ...countsOf(running) };
    await appendEvents(tx, ctx.tenant, [{ at, type: 'contacts.imported', actor: 'system', data }]);
  });
}

function countsOf(running: RunningImport): ImportCounts {
  const { rows, added, changed, unchanged, failed, suppressed, consents } = running;
  return { rows, added, changed, unchanged, failed, suppressed, consents };
}

function anotherFile(importId: string): MailwardenError {
  return new MailwardenError('IMPORT_INVALID', {
    detail: `Import ${importId} began with another file; leave importId out to begin anew.`,
  });
}

function invalid(field: string, wanted: string): MailwardenError {
  return new MailwardenError('ARGUMENT_INVALID', {
    detail: `${field} has to be ${wanted}.`,
    fields: { argument: field },
  });
}
