import { RELATIONSHIP_PURPOSE, standingRelationship } from '../consent/relationship.ts';
import { standingConsents } from '../consent/standing-consents.ts';
import { countryOfDomain } from '../contacts/country-of-domain.ts';
import { countryOfPhone } from '../contacts/country-of-phone.ts';
import type { Provenance } from '../contacts/provenance.ts';
import type { Context } from '../context.ts';
import { isTimeZone } from '../frequency/is-time-zone.ts';
import { type Address, domainOf } from '../identity/address.ts';
import type { Db } from '../storage/database.ts';
import type { Consent } from '../storage/tables/consent.ts';
import type { Contact } from '../storage/tables/people.ts';
import type { AudienceFacts, ContentFacts } from './facts.ts';

/** Nothing known: the strictest law applies. */
export const UNKNOWN_AUDIENCE = {
  countryFrom: 'unknown',
  noticeSent: false,
  consents: [],
} as const satisfies AudienceFacts;

type Identity = ReturnType<Context['keys']['identify']>;

/** Who asks: consent is given to one sender, for a topic or all. */
export interface AudienceQuestion extends Pick<ContentFacts, 'knownTopic' | 'provenTopic'> {
  readonly senderId: string | undefined;
}

/** What the law asks about each recipient, set-wise: three queries for any number of them. */
export async function loadAudienceFacts(
  db: Db,
  ctx: Context,
  { senderId, knownTopic: granted, provenTopic: refused }: AudienceQuestion,
  addresses: readonly Address[],
): Promise<readonly AudienceFacts[]> {
  if (addresses.length === 0) return [];
  const identities = addresses.map((address) => ctx.keys.identify(address));
  const contacts = await findContacts(db, ctx, identities);
  const sources = await findSourceCountries(db, ctx, [...contacts.values()].flat());
  const consents = await findConsents(db, ctx, identities, senderId);
  return addresses.map((address, index) => {
    const identity = identities[index];
    const hmacs = identity?.allCanonical ?? [];
    const known = hmacs.flatMap((hmac) => contacts.get(hmac) ?? []);
    const person = toPerson(known, identity?.allExact ?? []);
    const rows = hmacs.flatMap((hmac) => consents.get(hmac) ?? []);
    return {
      ...standingConsents(rows.filter(isConsent), { granted, refused }, ctx.now()),
      ...toRelationship(rows, ctx.now()),
      ...toCountry(ctx, address, person, sources),
      ...toContactFacts(person),
    };
  });
}

type Known = Pick<Contact, 'country' | 'region' | 'time_zone' | 'kind' | 'source' | 'provenance'>;
/** What is known of one person; `phones` of every spelling. */
type Person = Known & { readonly phones: readonly string[] };

/**
 * What is known of a person under any spelling of their address, this one first. An agent that
 * writes to `ana+1@` must not get past what is recorded of `ana@` (P3).
 */
function toPerson(contacts: readonly Contact[], exact: readonly string[]): Person {
  const ordered = contacts.toSorted(
    (a, b) => Number(exact.includes(b.exact)) - Number(exact.includes(a.exact)),
  );
  const first = <K extends keyof Known>(key: K): Known[K] | null =>
    ordered.find((contact) => contact[key] !== null)?.[key] ?? null;
  return {
    country: first('country'),
    region: first('region'),
    time_zone: first('time_zone'),
    kind: first('kind'),
    source: first('source'),
    provenance: first('provenance'),
    phones: ordered.flatMap(({ attributes }) => phoneOf(attributes) ?? []),
  };
}

function phoneOf(attributes: string): string | undefined {
  // Nearly nobody has one, and this is asked for every recipient.
  if (!attributes.includes('"phone"')) return undefined;
  const { phone } = JSON.parse(attributes) as { readonly phone?: unknown };
  return phone === undefined ? undefined : String(phone);
}

async function findContacts(
  db: Db,
  ctx: Context,
  identities: readonly Identity[],
): Promise<ReadonlyMap<string, readonly Contact[]>> {
  const rows = await db
    .selectFrom('contact')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where(
      'canonical',
      'in',
      identities.flatMap((identity) => identity.allCanonical),
    )
    .execute();
  // Sorted here: asked for the order of a primary key, SQLite reads the whole table along it.
  rows.sort((a, b) => (a.id < b.id ? -1 : 1));
  return Map.groupBy(rows, (row) => row.canonical);
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
    .where('purpose', 'in', ['marketing', RELATIONSHIP_PURPOSE])
    .execute();
  return Map.groupBy(rows, (row) => row.canonical);
}

const isConsent = ({ purpose }: Consent): boolean => purpose === 'marketing';

function toRelationship(rows: readonly Consent[], at: number): Pick<AudienceFacts, 'relationship'> {
  const recorded = rows.filter((row) => !isConsent(row));
  const relationship = standingRelationship(recorded, at);
  return relationship === undefined ? {} : { relationship };
}

function toCountry(
  ctx: Context,
  address: Address,
  { country, source, phones }: Person,
  sources: ReadonlyMap<string, string>,
): Pick<AudienceFacts, 'country' | 'countryFrom'> {
  if (country !== null) return { country, countryFrom: 'contact' };
  const ofSource = sources.get(source ?? '');
  if (ofSource !== undefined) return { country: ofSource, countryFrom: 'source' };
  const ofDomain = countryOfDomain(domainOf(address));
  if (ofDomain !== undefined) return { country: ofDomain, countryFrom: 'domain' };
  const ofPhone = phones.map(countryOfPhone).find((each) => each !== undefined);
  if (ofPhone !== undefined) return { country: ofPhone, countryFrom: 'phone' };
  const { unknownCountry } = ctx.settings.audience;
  if (unknownCountry === 'strictest') return { countryFrom: 'unknown' };
  return { country: unknownCountry, countryFrom: 'operator' };
}

function toContactFacts(person: Person): Partial<AudienceFacts> & {
  readonly noticeSent: boolean;
} {
  const provenance =
    person.provenance === null ? undefined : (JSON.parse(person.provenance) as Provenance);
  return {
    noticeSent: provenance?.noticeSentAt !== undefined,
    ...(person.region === null ? {} : { region: person.region }),
    // A name that this process does not know is no name: then the mailbox's zone holds.
    ...(person.time_zone === null || !isTimeZone(person.time_zone)
      ? {}
      : { timeZone: person.time_zone }),
    ...(person.kind === null ? {} : { kind: person.kind }),
    ...(person.source === null ? {} : { source: person.source }),
    ...(provenance === undefined ? {} : { collected: provenance.how }),
  };
}
