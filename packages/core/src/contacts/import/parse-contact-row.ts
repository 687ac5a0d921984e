import {
  type ConsentInput,
  type ParsedConsent,
  parseConsent,
} from '../../consent/parse-consent.ts';
import type { Context } from '../../context.ts';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import { type Address, parseAddress } from '../../identity/address.ts';
import { parseTags } from '../../operations/parse-tags.ts';
import { CONTACT_FACTS, type ContactPatch, parseContactFacts } from '../parse-contact-facts.ts';
import type { Provenance } from '../provenance.ts';
import { type ContactRow, ROW_MEMBERS } from './contact-row.ts';

/** What holds for rows that do not say otherwise. */
export interface ContactDefaults {
  readonly source: string;
  readonly provenance?: Provenance | undefined;
  readonly kind?: ContactRow['kind'];
  readonly timeZone?: string | undefined;
  readonly tags?: readonly string[] | undefined;
}

/** A row after its checks. */
export interface ParsedContact {
  readonly line: number;
  readonly address: Address;
  readonly patch: ContactPatch;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  readonly tags: readonly string[];
  readonly consents: readonly ParsedConsent[];
}

const MAX_ATTRIBUTES = 16_384;

/** Checks a row and fills in the defaults. Throws a coded error that says what to correct. */
export function parseContactRow(
  ctx: Context,
  line: number,
  row: ContactRow,
  defaults: ContactDefaults,
): ParsedContact {
  if (typeof row !== 'object' || row === null || Array.isArray(row))
    throw invalid('row', 'an object');
  const known: readonly string[] = [...ROW_MEMBERS, ...CONTACT_FACTS];
  const unknown = Object.keys(row).filter((key) => !known.includes(key));
  if (unknown.length > 0) {
    throw new MailwardenError('ARGUMENT_UNKNOWN', {
      detail: `A row has no ${unknown.join(', ').slice(0, 200)}; it has ${known.join(', ')}.`,
    });
  }
  const { address, attributes, tags, consents, ...facts } = row;
  const provenance = mergeProvenance(defaults.provenance, facts.provenance);
  return {
    line,
    address: parseAddress(typeof address === 'string' ? address : ''),
    patch: parseContactFacts({
      ...facts,
      source: facts.source ?? defaults.source,
      ...optional('kind', facts.kind ?? defaults.kind),
      ...optional('timeZone', facts.timeZone ?? defaults.timeZone),
      ...optional('provenance', provenance),
    }),
    attributes: parseAttributes(attributes),
    tags: parseTags([...toTexts('tags', tags), ...(defaults.tags ?? [])]),
    consents: parseConsents(ctx, consents, provenance?.collectedAt),
  };
}

function mergeProvenance(
  first: Provenance | undefined,
  own: Provenance | undefined,
): Provenance | undefined {
  if (own !== undefined && (typeof own !== 'object' || own === null)) {
    throw invalid('provenance', 'an object');
  }
  return first === undefined ? own : { ...first, ...own };
}

function parseConsents(
  ctx: Context,
  consents: readonly ConsentInput[] = [],
  collectedAt: number | undefined,
): readonly ParsedConsent[] {
  if (!Array.isArray(consents)) throw invalid('consents', 'a list');
  return consents.map((consent: ConsentInput) => {
    const obtainedAt = consent.obtainedAt ?? collectedAt;
    // "Now" would make another consent each time the file is read.
    if (obtainedAt === undefined) {
      throw invalid('consents[].obtainedAt', 'when it was given (CSV: consent_at or collected_at)');
    }
    return parseConsent(ctx, { ...consent, obtainedAt });
  });
}

function parseAttributes(given: ContactRow['attributes'] = {}): ParsedContact['attributes'] {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw invalid('attributes', 'an object of text, numbers and booleans');
  }
  for (const [name, value] of Object.entries(given)) {
    if (!/^[^\p{Cc}\p{Cs}]{1,64}$/u.test(name)) {
      throw invalid('attributes', 'named by 1–64 characters, one line');
    }
    const fits = typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
    if (!fits) throw invalid(`attributes.${name}`, 'text, a number or a boolean');
  }
  if (JSON.stringify(given).length > MAX_ATTRIBUTES) {
    throw invalid('attributes', `at most ${MAX_ATTRIBUTES} characters of JSON`);
  }
  return given;
}

function toTexts(name: string, value: unknown): readonly string[] {
  if (value === undefined) return [];
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw invalid(name, 'a list of text');
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };
}

function invalid(field: string, wanted: string): MailwardenError {
  return new MailwardenError('ARGUMENT_INVALID', {
    detail: `${field} has to be ${wanted}.`,
    fields: { argument: field },
  });
}
