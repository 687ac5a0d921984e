import { standingConsents } from '../consent/standing-consents.ts';
import { countryOfDomain } from '../contacts/country-of-domain.ts';
import type { Provenance } from '../contacts/provenance.ts';
import type { Context } from '../context.ts';
import { type Address, domainOf } from '../identity/address.ts';
import type { Db } from '../storage/database.ts';
import type { Consent } from '../storage/tables/consent.ts';
import type { Contact } from '../storage/tables/people.ts';
import type { AudienceFacts } from './facts.ts';

type Identity = ReturnType<Context['keys']['identify']>;

/** Who asks: consent is given to one sender, for a topic or all. */
export interface AudienceQuestion {
  readonly senderId: string | undefined;
  readonly topic: string | undefined;
}

/** What the law asks about each recipient, set-wise: three queries for any number of them. */
export async function loadAudienceFacts(
  db: Db,
  ctx: Context,
  { senderId, topic }: AudienceQuestion,
  addresses: readonly Address[],
): Promise<readonly AudienceFacts[]> {
  if (addresses.length === 0) return [];
  const identities = addresses.map((address) => ctx.keys.identify(address));
  const contacts = await findContacts(db, ctx, identities);
  const sources = await findSourceCountries(db, ctx, [...contacts.values()]);
  const consents = await findConsents(db, ctx, identities, senderId);
  return addresses.map((address, index) => {
    const identity = identities[index];
    const contact = identity?.allExact.map((exact) => contacts.get(exact)).find(Boolean);
    const rows = (identity?.allCanonical ?? []).flatMap((hmac) => consents.get(hmac) ?? []);
    return {
      ...standingConsents(rows, topic, ctx.now()),
      ...toCountry(ctx, address, contact, sources),
      ...toContactFacts(contact),
    };
  });
}

async function findContacts(
  db: Db,
  ctx: Context,
  identities: readonly Identity[],
): Promise<ReadonlyMap<string, Contact>> {
  const rows = await db
    .selectFrom('contact')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where(
      'exact',
      'in',
      identities.flatMap((identity) => identity.allExact),
    )
    .execute();
  return new Map(rows.map((row) => [row.exact, row]));
}

/** The countries that the application gave for whole sources. */
async function findSourceCountries(
  db: Db,
  ctx: Context,
  contacts: readonly Contact[],
): Promise<ReadonlyMap<string, string>> {
  const sources = [...new Set(contacts.flatMap(({ source }) => source ?? []))];
  if (sources.length === 0) return new Map();
  const rows = await db
    .selectFrom('fact_task')
    .select(['source', 'answer'])
    .where('tenant', '=', ctx.tenant)
    .where('source', 'in', sources)
    .where('fact', '=', 'country')
    .where('answer', 'is not', null)
    .execute();
  return new Map(
    rows.map(({ source, answer }) => {
      return [source, (JSON.parse(answer ?? '{}') as { country: string }).country];
    }),
  );
}

async function findConsents(
  db: Db,
  ctx: Context,
  identities: readonly Identity[],
  senderId: string | undefined,
): Promise<ReadonlyMap<string, readonly Consent[]>> {
  const rows = await db
    .selectFrom('consent')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where(
      'canonical',
      'in',
      identities.flatMap((identity) => identity.allCanonical),
    )
    .where('sender_id', 'in', ['', senderId ?? ''])
    .where('purpose', '=', 'marketing')
    .execute();
  return Map.groupBy(rows, (row) => row.canonical);
}

function toCountry(
  ctx: Context,
  address: Address,
  contact: Contact | undefined,
  sources: ReadonlyMap<string, string>,
): Pick<AudienceFacts, 'country' | 'countryFrom'> {
  if (contact?.country != null) return { country: contact.country, countryFrom: 'contact' };
  const ofSource = sources.get(contact?.source ?? '');
  if (ofSource !== undefined) return { country: ofSource, countryFrom: 'source' };
  const ofDomain = countryOfDomain(domainOf(address));
  if (ofDomain !== undefined) return { country: ofDomain, countryFrom: 'domain' };
  const { unknownCountry } = ctx.settings.audience;
  if (unknownCountry === 'strictest') return { countryFrom: 'unknown' };
  return { country: unknownCountry, countryFrom: 'operator' };
}

function toContactFacts(contact: Contact | undefined): Partial<AudienceFacts> & {
  readonly noticeSent: boolean;
} {
  const provenance =
    contact?.provenance == null ? undefined : (JSON.parse(contact.provenance) as Provenance);
  return {
    noticeSent: provenance?.noticeSentAt !== undefined,
    ...(contact?.region == null ? {} : { region: contact.region }),
    ...(contact?.kind == null ? {} : { kind: contact.kind }),
    ...(contact?.source == null ? {} : { source: contact.source }),
    ...(provenance === undefined ? {} : { collected: provenance.how }),
  };
}
