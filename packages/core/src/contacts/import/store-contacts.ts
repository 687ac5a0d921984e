import { uuidv7 } from 'uuidv7';
import {
  type ConsentSource,
  insertConsents,
  type NewConsent,
} from '../../consent/insert-consents.ts';
import type { Context } from '../../context.ts';
import type { RecipientIdentity } from '../../keys/key-ring.ts';
import { findErased } from '../../rights/keep-erased.ts';
import type { Tx } from '../../storage/database.ts';
import type { Contact } from '../../storage/tables/people.ts';
import { findSuppressions } from '../../suppression/find-suppressions.ts';
import { lockRecipients } from '../../suppression/lock-recipients.ts';
import { reconsiderPeople } from '../../tasks/reconsider-waiting.ts';
import { addRowTags } from './add-row-tags.ts';
import { findNewConsents } from './find-new-consents.ts';
import { mergeContact } from './merge-contact.ts';
import type { ParsedContact } from './parse-contact-row.ts';

/** What became of a batch; each row is one of added, changed, unchanged and erased. */
export interface StoredContacts {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Rows of people whose data was erased: nothing of them was kept. */
  readonly erased: readonly ParsedContact[];
  /** Of the others, those against whom a suppression stands; it stays. */
  readonly suppressed: number;
  readonly consents: number;
}

interface Candidate {
  readonly row: ParsedContact;
  readonly identity: RecipientIdentity;
}

/**
 * Writes a batch: contacts, tags, consents. Takes the recipients' locks first, as sends, suppressions
 * and erasures do, so that nobody comes back who is being erased. Lifts nothing.
 */
export async function storeContacts(
  tx: Tx,
  ctx: Context,
  rows: readonly ParsedContact[],
  consents: ConsentSource,
): Promise<StoredContacts> {
  const all = rows.map((row) => ({ row, identity: ctx.keys.identify(row.address) }));
  const identities = all.map(({ identity }) => identity);
  await lockRecipients(tx, ctx, identities);
  const suppressions = await findSuppressions(tx, ctx, identities);
  const against = ({ identity }: Candidate) => suppressions.get(identity.exact) ?? [];
  const asked = rows.map(({ address }) => address);
  const gone = await findErased(tx, ctx, asked);
  const isErased = ({ row }: Candidate) => gone.has(row.address);
  const kept = all.filter((each) => !isErased(each));
  const { ids, counts, touched } = await storeAll(tx, ctx, kept);
  const tagged = await addRowTags(tx, ctx, toTagged(kept, ids), consents.reportedBy);
  const facts = new Set(touched.map(({ exact }) => exact));
  const byTags = [...ids].filter(([exact, id]) => tagged.has(id) && !facts.has(exact)).length;
  const granted = kept.flatMap(({ row, identity }) =>
    row.consents.map((consent) => ({ consent: { ...consent, address: row.address }, identity })),
  );
  const fresh = await findNewConsents(tx, ctx, granted, consents);
  await insertConsents(tx, ctx, fresh satisfies readonly NewConsent[], {
    ...consents,
    quiet: true,
  });
  const people = new Set([...touched, ...fresh.map(({ address }) => ctx.keys.identify(address))]);
  await reconsiderPeople(tx, ctx, [...people]);
  return {
    ...counts,
    changed: counts.changed + byTags,
    unchanged: counts.unchanged - byTags,
    erased: all.filter(isErased).map(({ row }) => row),
    suppressed: kept.filter((each) => against(each).length > 0).length,
    consents: fresh.length,
  };
}

function toTagged(kept: readonly Candidate[], ids: ReadonlyMap<string, string>) {
  return kept.map(({ row, identity }) => ({ id: ids.get(identity.exact) ?? '', tags: row.tags }));
}

interface Stored {
  /** Contact id by the exact HMAC of the row. */
  readonly ids: ReadonlyMap<string, string>;
  readonly counts: { readonly added: number; readonly changed: number; readonly unchanged: number };
  readonly touched: readonly RecipientIdentity[];
}

async function storeAll(tx: Tx, ctx: Context, kept: readonly Candidate[]): Promise<Stored> {
  const known = await findKnown(tx, ctx, kept);
  const state = new Map<string, Contact>();
  const touched = new Map<string, RecipientIdentity>();
  const counts = { added: 0, changed: 0, unchanged: 0 };
  for (const { row, identity } of kept) {
    const { exact } = identity;
    const before = state.get(exact) ?? known.get(exact);
    const after = mergeContact(before ?? newContact(ctx, row, identity), row);
    state.set(exact, after);
    if (before === undefined) counts.added += 1;
    else if (after === before) counts.unchanged += 1;
    else counts.changed += 1;
    if (after !== before) touched.set(exact, identity);
  }
  const at = ctx.now();
  const rows = [...touched.keys()].flatMap((exact) => {
    const contact = state.get(exact);
    return contact === undefined ? [] : [{ ...contact, updated_at: at }];
  });
  const written = await writeContacts(tx, rows);
  return {
    ids: new Map([...state].map(([exact, own]) => [exact, written.get(own.exact) ?? own.id])),
    counts,
    touched: [...touched.values()],
  };
}

async function findKnown(
  tx: Tx,
  ctx: Context,
  kept: readonly Candidate[],
): Promise<ReadonlyMap<string, Contact>> {
  if (kept.length === 0) return new Map();
  const rows = await tx
    .selectFrom('contact')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where(
      'exact',
      'in',
      kept.flatMap(({ identity }) => identity.allExact),
    )
    .execute();
  const byExact = new Map(rows.map((row) => [row.exact, row]));
  return new Map(
    kept.flatMap(({ identity }) => {
      const found = identity.allExact.map((each) => byExact.get(each)).find(Boolean);
      return found === undefined ? [] : [[identity.exact, found] as const];
    }),
  );
}

function newContact(
  ctx: Context,
  { address }: ParsedContact,
  identity: RecipientIdentity,
): Contact {
  const at = ctx.now();
  return {
    tenant: ctx.tenant,
    id: uuidv7(),
    address,
    exact: identity.exact,
    canonical: identity.canonical,
    name: null,
    attributes: '{}',
    created_at: at,
    updated_at: at,
    country: null,
    region: null,
    time_zone: null,
    source: null,
    provenance: null,
    kind: null,
  };
}

/** Inserts or updates; the ids by exact HMAC, also of contacts that incoming mail made meanwhile. */
async function writeContacts(
  tx: Tx,
  rows: readonly Contact[],
): Promise<ReadonlyMap<string, string>> {
  if (rows.length === 0) return new Map();
  const written = await tx
    .insertInto('contact')
    .values([...rows])
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'exact']).doUpdateSet((eb) => ({
        name: eb.fn.coalesce('excluded.name', 'contact.name'),
        attributes: eb.ref('excluded.attributes'),
        updated_at: eb.ref('excluded.updated_at'),
        country: eb.ref('excluded.country'),
        region: eb.ref('excluded.region'),
        time_zone: eb.ref('excluded.time_zone'),
        source: eb.ref('excluded.source'),
        provenance: eb.ref('excluded.provenance'),
        kind: eb.ref('excluded.kind'),
      })),
    )
    .returning(['id', 'exact'])
    .execute();
  return new Map(written.map(({ id, exact }) => [exact, id]));
}
