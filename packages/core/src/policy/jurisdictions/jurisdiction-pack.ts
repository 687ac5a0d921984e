import type { ConsentBasis, SoftOptInLimbs } from '../../consent/consent-basis.ts';
import type { ContactKind } from '../../storage/tables/people.ts';

/**
 * The law of one regime as a table: the first row that fits a recipient decides. Data only, so that
 * a lawyer can read it and a company can add its own under `jurisdictions`. When no row fits,
 * nothing is sent.
 *
 * @example
 * ```ts
 * import type { JurisdictionPack } from '@mailwarden/core';
 *
 * export const japan: JurisdictionPack = {
 *   id: 'jp',
 *   version: '1',
 *   title: 'Japan: Act on Regulation of Transmission of Specified Electronic Mail',
 *   countries: ['JP'],
 *   rows: [
 *     {
 *       when: { basis: ['express', 'double_opt_in'] },
 *       effect: 'allow',
 *       code: 'JP_CONSENT',
 *       law: 'art. 3(1)',
 *       message: 'The person asked for it.',
 *     },
 *     {
 *       when: {},
 *       effect: 'hold',
 *       needs: 'consent',
 *       code: 'CONSENT_MISSING',
 *       law: 'art. 3(1)',
 *       message: 'Japan asks for consent before marketing.',
 *     },
 *   ],
 * };
 * ```
 */
export interface JurisdictionPack {
  /** Lower-case, e.g. `ca`; a pack of your own with the id of a built-in one replaces it. */
  readonly id: string;
  readonly version: string;
  readonly title: string;
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
  /** Only these parts of the country (ISO 3166-2 after the hyphen); asked only when they are known. */
  readonly regions?: readonly string[];
  readonly rows: readonly JurisdictionRow[];
}

/** One row: when it fits, what follows, and why. */
export interface JurisdictionRow {
  readonly when: JurisdictionCondition;
  readonly effect: 'allow' | 'hold' | 'block';
  /** On a hold: a person has to look, or this fact is missing. */
  readonly needs?: 'look' | 'consent';
  /** `{country}` and `{limb}` are filled in. */
  readonly code: string;
  /** The provision it comes from. */
  readonly law: string;
  /** One sentence for whoever writes the mail. */
  readonly message: string;
}

/**
 * Everything that is named has to hold. The conditions from `basis` down are about consents: one
 * and the same consent has to meet all of them, and one that has expired meets `expired` only.
 */
export interface JurisdictionCondition {
  readonly countries?: readonly string[];
  /** Lower-case domains of the address; the domains below them are meant as well. */
  readonly domains?: readonly string[];
  /** A person whose kind is not known counts as an individual. */
  readonly kinds?: readonly ContactKind[];
  /** Marketing was refused and not asked for again. */
  readonly withdrawn?: true;
  /** `provenance.how` of the contact. */
  readonly collected?: readonly string[];
  /** Nobody recorded where the contact comes from. */
  readonly provenance?: 'missing';
  /** GDPR art. 14: whether the person was told where the data came from. */
  readonly noticeSent?: boolean;
  /** What the mail asks for; a survey by topic, tags, template and words. */
  readonly about?: 'survey' | 'consent_request';
  /** It is the confirmation of a double opt-in for which the person signed up. */
  readonly signedUp?: true;
  readonly category?: 'marketing' | 'transactional' | 'conversational';
  readonly subjectStartsWith?: string;
  /** Nobody has written to this person from this mailbox. */
  readonly firstContact?: boolean;
  /** The text says that a machine wrote it. */
  readonly disclosed?: boolean;
  readonly basis?: readonly ConsentBasis[];
  readonly expired?: true;
  readonly proven?: boolean;
  /** All of same entity, similar products and opt-out at collection, or not all of them. */
  readonly limbs?: 'complete' | 'incomplete';
  readonly sale?: readonly SoftOptInLimbs['sale'][];
  /** A balancing test is on file. */
  readonly balanced?: boolean;
}
