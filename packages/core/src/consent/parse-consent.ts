import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import {
  CONSENT_BASES,
  type ConsentBasis,
  type ConsentEvidence,
  SALES,
  type SoftOptInLimbs,
} from './consent-basis.ts';
import { expiryOf } from './expiry-of.ts';
import { RELATIONSHIP_PURPOSE } from './relationship.ts';

/** A consent as the application records it. */
export interface ConsentInput {
  /** The legal entity it was given to, a key of `senders`. @default the only sender there is */
  readonly senderId?: string;
  /** @default 'marketing' */
  readonly purpose?: string;
  /** @default the whole purpose */
  readonly topics?: readonly string[];
  readonly basis: ConsentBasis;
  /** Epoch ms. @default now */
  readonly obtainedAt?: number;
  /** Epoch ms; CASL's clocks end an implied consent earlier. @default it does not end */
  readonly expiresAt?: number;
  /** Which text the person agreed to. */
  readonly wordingVersion?: string;
  readonly evidence: ConsentEvidence;
  /** A soft opt-in needs them. */
  readonly limbs?: SoftOptInLimbs;
  /** Where the balancing test is filed; a legitimate interest needs it. */
  readonly balancing?: string;
}

/** A consent after its checks. */
export interface ParsedConsent {
  readonly senderId: string;
  readonly purpose: string;
  readonly topics: readonly string[];
  readonly basis: ConsentBasis;
  readonly obtainedAt: number;
  readonly expiresAt: number | undefined;
  readonly wordingVersion: string | undefined;
  readonly evidence: ConsentEvidence;
  readonly limbs: SoftOptInLimbs | undefined;
  readonly balancing: string | undefined;
}

const FIELDS: readonly (keyof ConsentInput)[] = [
  'senderId',
  'purpose',
  'topics',
  'basis',
  'obtainedAt',
  'expiresAt',
  'wordingVersion',
  'evidence',
  'limbs',
  'balancing',
];

/** JSON, UTF-16 units. */
const MAX_EVIDENCE = 4_000;
const NAME = /^[a-z0-9_.-]{1,64}$/;

/** Checks what was said about a consent. Throws `ARGUMENT_INVALID` or `ARGUMENT_UNKNOWN`. */
export function parseConsent(ctx: Context, input: ConsentInput): ParsedConsent {
  const unknown = Object.keys(input).filter((key) => !(FIELDS as string[]).includes(key));
  if (unknown.length > 0) {
    throw new MailwardenError('ARGUMENT_UNKNOWN', {
      detail: `A consent has no ${unknown.join(', ')}; it has ${FIELDS.join(', ')}.`,
    });
  }
  if (!CONSENT_BASES.includes(input.basis)) {
    throw invalid('basis', `one of ${CONSENT_BASES.join(', ')}`);
  }
  const { evidence, balancing, limbs } = input;
  if (typeof evidence?.method !== 'string' || evidence.method.trim() === '') {
    throw invalid('evidence.method', 'how it was given, such as "web form"');
  }
  if ((input.basis === 'soft_opt_in') !== (limbs !== undefined) || !isLimbs(limbs)) {
    throw invalid('limbs', 'all four conditions, with a soft opt-in and only there');
  }
  if (input.basis === 'legitimate_interest' && (balancing ?? '').trim() === '') {
    throw invalid('balancing', 'where the balancing test is filed');
  }
  checkText('wordingVersion', input.wordingVersion);
  checkText('balancing', balancing);
  if (JSON.stringify(evidence).length > MAX_EVIDENCE) {
    throw invalid('evidence', `at most ${MAX_EVIDENCE} characters of JSON; file the rest`);
  }
  const obtainedAt = parseMoment(ctx, input.obtainedAt);
  if (input.expiresAt !== undefined && !(input.expiresAt > obtainedAt)) {
    throw invalid('expiresAt', 'after obtainedAt, epoch ms');
  }
  return {
    senderId: parseSender(ctx, input.senderId),
    purpose: parsePurpose(input.purpose),
    topics: (input.topics ?? []).map((topic) => parseName(topic, 'topics')),
    basis: input.basis,
    obtainedAt,
    expiresAt: input.expiresAt,
    wordingVersion: input.wordingVersion,
    evidence,
    limbs,
    balancing,
  };
}

function checkText(field: string, text: string | undefined): void {
  if (text === undefined || (typeof text === 'string' && /^[^\p{Cc}\p{Cs}]{0,200}$/u.test(text)))
    return;
  throw invalid(field, 'one line of at most 200 characters');
}

/** Now, or a moment of the past: nobody agrees in the future. */
export function parseMoment(ctx: Pick<Context, 'now'>, at: number | undefined): number {
  if (at === undefined) return ctx.now();
  if (Number.isSafeInteger(at) && at >= 0 && at <= ctx.now()) return at;
  throw invalid('obtainedAt', 'a moment of the past, epoch ms');
}

/** A topic or purpose id. */
export function parseName(text: string, field: string): string {
  if (NAME.test(text)) return text;
  throw invalid(field, '1–64 characters of a–z 0–9 _ . -');
}

/** What a consent is for: no relationship, which only the application or a reviewer records (P3). */
export function parsePurpose(purpose = 'marketing'): string {
  if (purpose !== RELATIONSHIP_PURPOSE) return parseName(purpose, 'purpose');
  throw invalid('purpose', 'another one: relationships are recorded with recordRelationship');
}

/** A sender of this warden. */
export function parseSender(ctx: Pick<Context, 'mailboxes'>, id: string | undefined): string {
  const senders = [
    ...new Set([...ctx.mailboxes.values()].flatMap(({ sender }) => sender?.id ?? [])),
  ];
  const [only] = senders;
  if (id === undefined && senders.length === 1 && only !== undefined) return only;
  if (id !== undefined && senders.includes(id)) return id;
  throw invalid('senderId', `one of ${senders.join(', ')}`);
}

/** When it ends, its clock included. */
export function expiryOfParsed(consent: ParsedConsent): number | null {
  return expiryOf(consent.basis, consent.obtainedAt, consent.expiresAt);
}

function isLimbs(limbs: SoftOptInLimbs | undefined): boolean {
  if (limbs === undefined) return true;
  const flags = [limbs.sameEntity, limbs.similarProducts, limbs.optOutAtCollection];
  return flags.every((flag) => typeof flag === 'boolean') && SALES.includes(limbs.sale);
}

function invalid(field: string, wanted: string): MailwardenError {
  return new MailwardenError('ARGUMENT_INVALID', {
    detail: `${field} has to be ${wanted}.`,
    fields: { argument: field },
  });
}
