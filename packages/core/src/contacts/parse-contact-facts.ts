import { MailwardenError } from '../errors/mailwarden-error.ts';
import { CONTACT_KINDS, type ContactKind } from '../storage/tables/people.ts';
import { parseCountry } from './parse-country.ts';
import type { Provenance } from './provenance.ts';

/** What the application knows about a person. What is left out stays as it is. */
export interface ContactFactsInput {
  readonly name?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country?: string;
  /** ISO 3166-2 after the hyphen: `CA` for California. */
  readonly region?: string;
  /** IANA name, such as `Europe/Berlin`. */
  readonly timeZone?: string;
  readonly kind?: ContactKind;
  /** The file, form or partner that the contact came from. */
  readonly source?: string;
  readonly provenance?: Provenance;
}

/** Columns of a contact to set. */
export interface ContactPatch {
  readonly name?: string;
  readonly country?: string;
  readonly region?: string;
  readonly time_zone?: string;
  readonly kind?: ContactKind;
  readonly source?: string;
  readonly provenance?: string;
}

/** The facts there are. */
export const CONTACT_FACTS: readonly (keyof ContactFactsInput)[] = [
  'name',
  'country',
  'region',
  'timeZone',
  'kind',
  'source',
  'provenance',
];

const TEXTS: readonly (keyof Provenance)[] = ['how', 'basis', 'evidence'];
const TIMES: readonly (keyof Provenance)[] = ['collectedAt', 'lastValidated', 'noticeSentAt'];
const LINE = /^[^\p{Cc}\p{Cs}]{1,200}$/u;

/** Checks facts about a person. Throws `ARGUMENT_INVALID` or `ARGUMENT_UNKNOWN`. */
export function parseContactFacts(facts: ContactFactsInput): ContactPatch {
  refuseUnknown(facts, CONTACT_FACTS, 'A contact');
  const { name, country, region, timeZone, kind, source, provenance } = facts;
  if (name !== undefined && !isLine(name)) throw invalid('name', '1–200 characters, one line');
  if (kind !== undefined && !CONTACT_KINDS.includes(kind))
    throw invalid('kind', CONTACT_KINDS.join(', '));
  if (region !== undefined && !/^[A-Z0-9]{1,3}$/.test(region)) {
    throw invalid('region', 'the part of an ISO 3166-2 code after the hyphen, such as "CA"');
  }
  if (source !== undefined && !isLine(source)) throw invalid('source', '1–200 characters');
  return {
    ...(name === undefined ? {} : { name }),
    ...(country === undefined ? {} : { country: parseCountry(country) }),
    ...(region === undefined ? {} : { region }),
    ...(timeZone === undefined ? {} : { time_zone: parseTimeZone(timeZone) }),
    ...(kind === undefined ? {} : { kind }),
    ...(source === undefined ? {} : { source }),
    ...(provenance === undefined ? {} : { provenance: parseProvenance(provenance) }),
  };
}

/** JSON with its members in one order, so that the same provenance is the same text. */
function parseProvenance(provenance: Provenance): string {
  refuseUnknown(provenance, [...TEXTS, ...TIMES], 'provenance');
  if (typeof provenance.how !== 'string' || provenance.how.trim() === '') {
    throw invalid('provenance.how', 'how the address was collected');
  }
  for (const name of TEXTS) {
    const text = provenance[name];
    if (text !== undefined && !isLine(text)) {
      throw invalid(`provenance.${name}`, '1–200 characters, one line');
    }
  }
  for (const name of TIMES) {
    const at = provenance[name];
    if (at !== undefined && !(Number.isSafeInteger(at) && Number(at) >= 0)) {
      throw invalid(`provenance.${name}`, 'a moment, epoch ms');
    }
  }
  const entries = [...TEXTS, ...TIMES].flatMap((name) =>
    provenance[name] === undefined ? [] : [[name, provenance[name]] as const],
  );
  return JSON.stringify(Object.fromEntries(entries));
}

function isLine(text: unknown): boolean {
  return typeof text === 'string' && LINE.test(text);
}

const zones = new Map<string, string>();

function parseTimeZone(timeZone: string): string {
  const known = zones.get(timeZone);
  if (known !== undefined) return known;
  try {
    // Making a formatter takes 20 µs and more; there are a few hundred zones.
    const { timeZone: name } = new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions();
    if (zones.size < 1_000) zones.set(timeZone, name);
    return name;
  } catch {
    throw invalid('timeZone', 'an IANA name such as "Europe/Berlin"');
  }
}

function refuseUnknown(value: object, known: readonly string[], what: string): void {
  const unknown = Object.keys(value).filter((key) => !known.includes(key));
  if (unknown.length === 0) return;
  throw new MailwardenError('ARGUMENT_UNKNOWN', {
    detail: `${what} has no ${unknown.join(', ')}; it has ${known.join(', ')}.`,
  });
}

function invalid(field: string, wanted: string): MailwardenError {
  return new MailwardenError('ARGUMENT_INVALID', {
    detail: `${field} has to be: ${wanted}.`,
    fields: { argument: field },
  });
}
