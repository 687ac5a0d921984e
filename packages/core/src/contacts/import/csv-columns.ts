import type { ConsentInput } from '../../consent/parse-consent.ts';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import { toColumnName } from '../../suppression/transfer/source-row.ts';
import type { Provenance } from '../provenance.ts';
import type { ContactRow } from './contact-row.ts';

/** The columns of a CSV file that mean something; every other one becomes an attribute. */
export type ContactColumn = (typeof CONTACT_COLUMNS)[number];

const CONTACT_COLUMNS = [
  'address',
  'name',
  'country',
  'region',
  'time_zone',
  'kind',
  'phone',
  'tags',
  'source',
  'collected_how',
  'collected_at',
  'legal_basis',
  'evidence',
  'last_validated',
  'notice_sent_at',
  'consent_basis',
  'consent_topics',
  'consent_at',
  'consent_expires',
  'consent_wording',
  'consent_method',
  'consent_sender',
] as const;

const BY_NAME: ReadonlyMap<string, ContactColumn> = new Map([
  ...CONTACT_COLUMNS.map((column) => [toColumnName(column), column] as const),
  ['email', 'address'],
  ['emailaddress', 'address'],
  ['mail', 'address'],
  ['phonenumber', 'phone'],
  ['telephone', 'phone'],
  ['mobile', 'phone'],
]);

/** Where a column goes: a field, an attribute by its own name, or nowhere. */
interface Target {
  readonly column: ContactColumn | undefined;
  readonly attribute: string | undefined;
}

/** Turns the fields of a row into a contact. */
export type ToContactRow = (fields: readonly string[]) => ContactRow;

/**
 * Reads the header: names are compared in lower case, letters and digits only; `columns` says what
 * another name means, `''` that it means nothing. Throws `IMPORT_INVALID` without an address.
 */
export function readHeader(
  header: readonly string[],
  columns: Readonly<Record<string, ContactColumn | ''>> = {},
): ToContactRow {
  const named = new Map(Object.entries(columns).map(([name, to]) => [toColumnName(name), to]));
  const targets = header.map((name) => toTarget(name.trim(), named));
  if (!targets.some(({ column }) => column === 'address')) {
    const shown = header.slice(0, 20).map((name) => JSON.stringify(name.slice(0, 40)));
    throw new MailwardenError('IMPORT_INVALID', {
      detail: `No column is called address or email; the first row has ${shown.join(', ')}. Name it in columns.`,
    });
  }
  return (fields) => toRow(targets, fields);
}

function toTarget(name: string, named: ReadonlyMap<string, ContactColumn | ''>): Target {
  const known = named.get(toColumnName(name));
  if (known === '') return { column: undefined, attribute: undefined };
  const column = known ?? BY_NAME.get(toColumnName(name));
  return { column, attribute: column === undefined && name !== '' ? name : undefined };
}

function toRow(targets: readonly Target[], fields: readonly string[]): ContactRow {
  const values = new Map<ContactColumn, string>();
  const attributes: [string, string][] = [];
  for (const [at, field] of fields.entries()) {
    const value = field.trim();
    const target = targets[at];
    if (target === undefined) {
      throw new MailwardenError('ARGUMENT_INVALID', {
        detail: `The row has ${fields.length} fields and the header ${targets.length}; quote what holds a separator.`,
      });
    }
    if (value === '') continue;
    if (target.column === 'phone') attributes.push(['phone', value]);
    else if (target.column !== undefined) values.set(target.column, value);
    else if (target.attribute !== undefined) attributes.push([target.attribute, value]);
  }
  return {
    address: values.get('address') ?? '',
    ...textOf(values, 'name', 'name'),
    ...upperOf(values, 'country'),
    ...upperOf(values, 'region'),
    ...textOf(values, 'time_zone', 'timeZone'),
    ...(textOf(values, 'kind', 'kind') as Pick<ContactRow, 'kind'>),
    ...textOf(values, 'source', 'source'),
    ...listOf(values, 'tags', 'tags'),
    ...(attributes.length === 0 ? {} : { attributes: Object.fromEntries(attributes) }),
    ...provenanceOf(values),
    ...consentsOf(values),
  };
}

type Values = ReadonlyMap<ContactColumn, string>;

function provenanceOf(values: Values): { readonly provenance?: Provenance } {
  const given = {
    ...textOf(values, 'collected_how', 'how'),
    ...momentOf(values, 'collected_at', 'collectedAt'),
    ...textOf(values, 'legal_basis', 'basis'),
    ...textOf(values, 'evidence', 'evidence'),
    ...momentOf(values, 'last_validated', 'lastValidated'),
    ...momentOf(values, 'notice_sent_at', 'noticeSentAt'),
  };
  // `how` may come from the defaults; what is missing then is said there.
  return Object.keys(given).length === 0 ? {} : { provenance: given as unknown as Provenance };
}

function consentsOf(values: Values): { readonly consents?: readonly ConsentInput[] } {
  const basis = values.get('consent_basis');
  if (basis === undefined) return {};
  const consent = {
    basis: basis as ConsentInput['basis'],
    evidence: { method: values.get('consent_method') ?? '' },
    ...listOf(values, 'consent_topics', 'topics'),
    ...momentOf(values, 'consent_at', 'obtainedAt'),
    ...momentOf(values, 'consent_expires', 'expiresAt'),
    ...textOf(values, 'consent_wording', 'wordingVersion'),
    ...textOf(values, 'consent_sender', 'senderId'),
  };
  return { consents: [consent] };
}

function textOf<K extends string>(
  values: Values,
  column: ContactColumn,
  name: K,
): { readonly [P in K]?: string } {
  const value = values.get(column);
  return (value === undefined ? {} : { [name]: value }) as { readonly [P in K]?: string };
}

function upperOf<K extends ContactColumn>(
  values: Values,
  column: K,
): { readonly [P in K]?: string } {
  const value = values.get(column);
  return (value === undefined ? {} : { [column]: value.toUpperCase() }) as {
    readonly [P in K]?: string;
  };
}

function listOf<K extends string>(
  values: Values,
  column: ContactColumn,
  name: K,
): { readonly [P in K]?: readonly string[] } {
  const list = values
    .get(column)
    ?.split(/[,;|]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
  const given: Readonly<Record<string, readonly string[]>> =
    list === undefined ? {} : { [name]: list };
  return given as { readonly [P in K]?: readonly string[] };
}

/** ISO 8601, a day alone in UTC; or epoch milliseconds. */
function momentOf<K extends string>(
  values: Values,
  column: ContactColumn,
  name: K,
): { readonly [P in K]?: number } {
  const text = values.get(column);
  if (text === undefined) return {};
  const iso = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d))?$/i.test(text);
  const at = iso ? Date.parse(text) : Number(/^\d{1,16}$/.test(text) ? text : Number.NaN);
  if (Number.isSafeInteger(at)) return { [name]: at } as { readonly [P in K]?: number };
  throw new MailwardenError('ARGUMENT_INVALID', {
    detail: `${column} has to be a day such as 2026-03-02, or a time with offset such as 2026-03-02T10:00:00Z.`,
    fields: { argument: column },
  });
}
