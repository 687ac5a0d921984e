import type { Consent } from '../storage/tables/consent.ts';
import {
  CONSENT_BASES,
  type ConsentBasis,
  type ConsentEvidence,
  EXPRESS_BASES,
  type SoftOptInLimbs,
} from './consent-basis.ts';

/** One consent as rules see it. */
export interface ConsentFact {
  readonly id: string;
  readonly basis: ConsentBasis;
  readonly obtainedAt: number;
  /** Epoch ms; from then on it no longer counts. */
  readonly expiresAt?: number;
  readonly limbs?: SoftOptInLimbs;
  readonly balancing?: string;
  readonly wordingVersion?: string;
  /** Method and wording are on record, and nothing in the evidence speaks against it. */
  readonly proven: boolean;
}

/** What the ledger says of one person, one sender and one topic at one moment. */
export interface ConsentStanding {
  /** Confirmed and not taken back; may have expired. */
  readonly consents: readonly ConsentFact[];
  /** When marketing was refused; absent when it was not, or was asked for again since. */
  readonly withdrawnAt?: number;
}

/** The topic that grants, and the one that withdrawals are asked for; both absent: none is named. */
export interface AskedTopics {
  readonly granted?: string | undefined;
  readonly refused?: string | undefined;
}

/**
 * What of a person's rows stands at `at`. A grant counts from its confirmation; a withdrawal from
 * the moment it was made, also when it was written down later. Only an express consent given after
 * a withdrawal ends it (never a purchase), with proof and with somebody who answers for it; a tie
 * goes to the withdrawal.
 */
export function standingConsents(
  rows: readonly Consent[],
  { granted, refused }: AskedTopics,
  at: number,
): ConsentStanding {
  const grants = rows.filter((row) => row.kind === 'grant' && counts(row, granted, at));
  const withdrawals = rows.filter(
    (row) => row.kind === 'withdrawal' && row.obtained_at <= at && isAgainst(row, refused),
  );
  const last = Math.max(-Infinity, ...withdrawals.map((row) => row.obtained_at));
  const after = grants.filter((row) => row.obtained_at > last);
  const revived = after.some(asksAgain);
  if (last > -Infinity && !revived) return { consents: [], withdrawnAt: last };
  return { consents: after.map(toConsentFact) };
}

function counts(row: Consent, topic: string | undefined, at: number): boolean {
  if (row.confirmed_at === null || row.confirmed_at > at || row.obtained_at > at) return false;
  return isAbout(row, topic);
}

function asksAgain(row: Consent): boolean {
  const isExpress = isBasis(row.basis) && EXPRESS_BASES.includes(row.basis);
  return isExpress && isProven(row) && hasGuarantor(row);
}

/**
 * The person on the confirmation page, the application, or a reviewer: not a bulk answer about a
 * source, nor an import that the application did not call proven.
 */
export function hasGuarantor({ reported_by, confirmed_by }: Consent): boolean {
  if (confirmed_by === null || reported_by.startsWith('task:')) return false;
  if (confirmed_by === 'system' || confirmed_by === 'recipient') return true;
  return confirmed_by.startsWith('reviewer:');
}

/** Leaving the topic out is no way around a withdrawal from one. */
function isAgainst(row: Consent, topic: string | undefined): boolean {
  return topic === undefined || isAbout(row, topic);
}

/** A row about some topics says nothing about mail on another, or on none. */
function isAbout(row: Consent, topic: string | undefined): boolean {
  const topics = JSON.parse(row.topics) as string[];
  return topics.length === 0 || (topic !== undefined && topics.includes(topic));
}

function isBasis(basis: Consent['basis']): basis is ConsentBasis {
  return CONSENT_BASES.some((known) => known === basis);
}

function toConsentFact(row: Consent): ConsentFact {
  if (!isBasis(row.basis)) throw new TypeError('A grant has a basis.');
  return {
    id: row.id,
    basis: row.basis,
    obtainedAt: row.obtained_at,
    proven: isProven(row),
    ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
    ...(row.limbs === null ? {} : { limbs: JSON.parse(row.limbs) as SoftOptInLimbs }),
    ...(row.balancing === null ? {} : { balancing: row.balancing }),
    ...(row.wording_version === null ? {} : { wordingVersion: row.wording_version }),
  };
}

function isProven(row: Consent): boolean {
  const evidence = JSON.parse(row.evidence) as Partial<ConsentEvidence>;
  const spoilt =
    evidence.preTicked === true || evidence.bundled === true || evidence.senderNamed === false;
  return !spoilt && (evidence.method ?? '').trim() !== '' && row.wording_version !== null;
}
