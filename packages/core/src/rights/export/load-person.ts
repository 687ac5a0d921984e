import type { Context } from '../../context.ts';
import type { Address } from '../../identity/address.ts';
import type { Contact } from '../../storage/tables/people.ts';
import type { Person } from '../person.ts';
import type { ExportedRow, PersonExport } from './person-export.ts';
import { toExportedRow } from './to-exported-row.ts';

type Held = Pick<
  PersonExport,
  | 'contacts'
  | 'consents'
  | 'optIns'
  | 'preferences'
  | 'refusals'
  | 'suppressions'
  | 'tasks'
  | 'erasures'
  | 'recipientKeys'
>;

type KeyedTable =
  | 'contact'
  | 'consent'
  | 'opt_in'
  | 'preference'
  | 'refusal'
  | 'erasure'
  | 'recipient_key';

/** What is kept under a person's HMACs, and the keys of those rows. */
export async function loadPerson(
  ctx: Context,
  { address, canonicals }: Person & { readonly address: Address },
): Promise<Held & { readonly keys: ReadonlySet<string> }> {
  const { tenant, storage } = ctx;
  const hmacs = [...canonicals];
  const byCanonical = (table: KeyedTable) =>
    storage.db
      .selectFrom(table)
      .selectAll()
      .where('tenant', '=', tenant)
      .where('canonical', 'in', hmacs)
      .execute();
  const contacts = (await byCanonical('contact')) as Contact[];
  const consents = await byCanonical('consent');
  const optIns = await byCanonical('opt_in');
  const identities = [address, ...contacts.map((contact) => contact.address as Address)].map(
    (each) => ctx.keys.identify(each),
  );
  const suppressions = await storage.db
    .selectFrom('suppression')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('hmac', 'in', [
      ...hmacs,
      ...identities.flatMap(({ allExact, allDomains }) => [...allExact, ...allDomains]),
    ])
    .orderBy('id')
    .execute();
  const tasks = await loadTasks(ctx, contacts);
  return {
    contacts: await withTags(ctx, contacts),
    consents: consents.map((row) => toExportedRow('consent', row)),
    optIns: optIns.map((row) => toExportedRow('opt_in', row)),
    preferences: (await byCanonical('preference')).map((row) => toExportedRow('preference', row)),
    refusals: (await byCanonical('refusal')).map((row) => toExportedRow('refusal', row)),
    suppressions: suppressions.map((row) => toExportedRow('suppression', row)),
    tasks,
    erasures: (await byCanonical('erasure')).map((row) => toExportedRow('erasure', row)),
    recipientKeys: (await byCanonical('recipient_key')).map((row) =>
      toExportedRow('recipient_key', row),
    ),
    keys: new Set(
      [...contacts, ...consents, ...optIns, ...suppressions, ...tasks].map((row) =>
        String((row as { readonly id?: unknown }).id),
      ),
    ),
  };
}

async function withTags(
  { tenant, storage }: Context,
  contacts: readonly Contact[],
): Promise<Held['contacts']> {
  if (contacts.length === 0) return [];
  const tags = await storage.db
    .selectFrom('tag')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('subject_kind', '=', 'contact')
    .where(
      'subject_id',
      'in',
      contacts.map(({ id }) => id),
    )
    .orderBy('tag')
    .execute();
  return contacts.map((contact) => ({
    contact: toExportedRow('contact', contact),
    tags: tags
      .filter((tag) => tag.subject_id === contact.id)
      .map((tag) => toExportedRow('tag', tag)),
  }));
}

/** A task is about everybody of one source. */
async function loadTasks(
  { tenant, storage }: Context,
  contacts: readonly Contact[],
): Promise<readonly ExportedRow[]> {
  const sources = [...new Set(contacts.map(({ source }) => source ?? ''))];
  if (sources.length === 0) return [];
  const rows = await storage.db
    .selectFrom('fact_task')
    .selectAll()
    .where('tenant', '=', tenant)
    .where('source', 'in', sources)
    .orderBy('id')
    .execute();
  return rows.map((row) => toExportedRow('fact_task', row));
}
