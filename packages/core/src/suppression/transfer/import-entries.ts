import type { Context } from '../../context.ts';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import { appendEvents } from '../../events/append-event.ts';
import { CANONICALISATION_VERSION } from '../../keys/canonical-address.ts';
import type { Tx } from '../../storage/database.ts';
import type { Suppression, SuppressionReason } from '../../storage/tables/people.ts';
import { insertSuppressions, type SuppressionRow } from '../insert-suppressions.ts';
import { isSharedReport } from '../is-shared-report.ts';
import { lockEverybody } from '../lock-recipients.ts';
import { parseScope } from '../parse-scope.ts';
import { parseSubject } from '../parse-subject.ts';
import type { SuppressionEntry } from '../sources/suppression-source.ts';

/** An entry with where it stood; `skip` says why a row means nobody. */
export interface LocatedEntry extends SuppressionEntry {
  /** In a file, from 1. @default its number */
  readonly line?: number;
}

/** A row that could not be taken. */
export interface RowError {
  readonly line: number;
  readonly code: string;
  /** What was expected; names no address. */
  readonly message: string;
}

export interface ImportEntriesOptions {
  /** Stored with each row, e.g. `import:ses`. */
  readonly source: string;
  readonly scope: string;
  readonly senderId?: string | undefined;
  readonly onRowError?: ((error: RowError) => void) | undefined;
  readonly onProgress?: ((progress: ImportedEntries) => void) | undefined;
}

/** What became of the rows: `rows` is the sum of the others. */
export interface ImportedEntries {
  readonly rows: number;
  readonly added: number;
  /** Suppressed in the same way before. */
  readonly known: number;
  readonly failed: number;
}

/** Entries of one unit of work: claims wait for it, so it is short. */
const BATCH = 1_000;
const REASONS: readonly SuppressionReason[] = [
  'unsubscribe',
  'complaint',
  'hard_bounce',
  'manual',
  'legal',
];

/**
 * Suppresses everybody on a list, in batches; running it again adds nobody. It only ever adds: who
 * is not on the list stays as they are. Throws what the list throws; the batches before it stay.
 */
export async function importEntries(
  ctx: Context,
  entries: AsyncIterable<LocatedEntry> | Iterable<LocatedEntry>,
  options: ImportEntriesOptions,
): Promise<ImportedEntries> {
  const total = { rows: 0, added: 0, known: 0, failed: 0 };
  let batch: Candidate[] = [];
  const store = async (): Promise<void> => {
    if (batch.length === 0) return;
    const { length } = batch;
    const added = await storeBatch(ctx, batch, options);
    batch = [];
    total.added += added;
    total.known += length - added;
    options.onProgress?.({ ...total });
  };
  for await (const entry of entries) {
    total.rows += 1;
    try {
      batch.push(toCandidate(ctx, entry, options));
    } catch (error) {
      if (!(error instanceof MailwardenError)) throw error;
      total.failed += 1;
      const { code, info } = error;
      options.onRowError?.({ line: entry.line ?? total.rows, code, message: info.message });
    }
    if (batch.length >= BATCH) await store();
  }
  await store();
  return total;
}

/** A row, and every HMAC under which it may be there already. */
interface Candidate {
  readonly row: SuppressionRow;
  readonly hmacs: readonly string[];
}

function toCandidate(
  ctx: Context,
  entry: LocatedEntry,
  { source, scope, senderId = '' }: ImportEntriesOptions,
): Candidate {
  const subject = parseSubject(entry.address);
  const reason = toReason(entry.reason);
  const now = ctx.now();
  const createdAt = entry.at !== undefined && entry.at > 0 && entry.at <= now ? entry.at : now;
  const base = {
    scope: parseScope(entry.scope ?? scope),
    ...{ senderId, reason, source, createdAt },
    keyId: ctx.keys.fingerprints[0]?.keyId ?? '',
    canonicalisation: CANONICALISATION_VERSION,
  };
  if (subject.kind === 'domain') {
    const hmacs = ctx.keys.identifyDomain(subject.domain);
    return { row: { ...base, match: 'domain', hmac: hmacs[0] }, hmacs };
  }
  const identity = ctx.keys.identify(subject.address);
  const exact = reason === 'hard_bounce';
  return {
    row: {
      ...base,
      match: exact ? 'exact' : 'canonical',
      hmac: identity[exact ? 'exact' : 'canonical'],
    },
    hmacs: exact ? identity.allExact : identity.allCanonical,
  };
}

function toReason(reason: string = 'unsubscribe'): SuppressionReason {
  const known = REASONS.find((each) => each === reason);
  if (known !== undefined) return known;
  throw new MailwardenError('ARGUMENT_INVALID', {
    detail: `A reason is one of ${REASONS.join(', ')}.`,
    fields: { argument: 'reason' },
  });
}

function storeBatch(
  ctx: Context,
  batch: readonly Candidate[],
  { source }: ImportEntriesOptions,
): Promise<number> {
  return ctx.storage.unit(async (tx) => {
    await lockEverybody(tx, ctx);
    const there = await findThere(tx, ctx.tenant, batch);
    const missing = new Map<string, SuppressionRow>();
    const known: There[] = [];
    for (const { row, hmacs } of batch) {
      const same = hmacs.flatMap((hmac) => there.get(keyOf({ ...row, hmac })) ?? []);
      if (same.length === 0) missing.set(keyOf(row), row);
      known.push(...same);
    }
    await confirm(tx, ctx.tenant, known, source);
    const { size } = await insertSuppressions(tx, ctx, [...missing.values()]);
    if (size > 0) {
      await appendEvents(tx, ctx.tenant, [
        {
          at: ctx.now(),
          type: 'suppression.imported',
          actor: 'system',
          data: { source, added: size },
        },
      ]);
    }
    return size;
  });
}

type There = Pick<Suppression, 'id' | 'provider' | 'source'>;

async function findThere(
  tx: Tx,
  tenant: string,
  batch: readonly Candidate[],
): Promise<ReadonlyMap<string, There>> {
  const hmacs = batch.flatMap((candidate) => candidate.hmacs);
  const there = new Map<string, There>();
  // With many keys a batch has more HMACs than one statement takes.
  for (let at = 0; at < hmacs.length; at += 10_000) {
    const rows = await tx
      .selectFrom('suppression')
      .select(['id', 'hmac', 'scope', 'sender_id', 'reason', 'provider', 'source'])
      .where('tenant', '=', tenant)
      .where('hmac', 'in', hmacs.slice(at, at + 10_000))
      .where('lifted_at', 'is', null)
      .execute();
    for (const row of rows) there.set(keyOf({ ...row, senderId: row.sender_id }), row);
  }
  return there;
}

/** What a storm or a shared report told of, and a list tells of too, rests on the list, as in `suppress`. */
async function confirm(
  tx: Tx,
  tenant: string,
  known: readonly There[],
  source: string,
): Promise<void> {
  const changes = [
    [
      known.filter(({ provider }) => provider !== null),
      { provider: null, provisional_until: null },
    ],
    [known.filter((row) => isSharedReport(row.source)), { source }],
  ] as const;
  for (const [rows, change] of changes) {
    if (rows.length === 0) continue;
    await tx
      .updateTable('suppression')
      .set(change)
      .where('tenant', '=', tenant)
      .where(
        'id',
        'in',
        rows.map(({ id }) => id),
      )
      .execute();
  }
}

function keyOf(row: Pick<SuppressionRow, 'hmac' | 'scope' | 'senderId' | 'reason'>): string {
  return JSON.stringify([row.hmac, row.scope, row.senderId, row.reason]);
}
