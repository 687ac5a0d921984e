import type { SoftOptInLimbs } from '../../consent/consent-basis.ts';
import type { ConsentFact } from '../../consent/standing-consents.ts';
import { type Address, domainOf } from '../../identity/address.ts';
import type { ContentFacts, RecipientFacts } from '../facts.ts';
import type {
  JurisdictionCondition,
  JurisdictionPack,
  JurisdictionRow,
} from './jurisdiction-pack.ts';
import { isAboutConsent, isDisclosed, isSurvey } from './message-kind.ts';

/** What the law asks about a message. */
export type JudgedMail = Pick<
  ContentFacts,
  'category' | 'topic' | 'tags' | 'template' | 'subject' | 'body' | 'text' | 'asksToConfirm'
>;

/** One recipient of one message, in one country. */
export interface Situation {
  readonly now: number;
  readonly content: JudgedMail;
  readonly recipient: RecipientFacts;
  /** Absent: not known. A row that restricts then applies whatever country it names. */
  readonly country: string | undefined;
}

/** What a regime says, and the consent that made it say so. */
export interface Verdict {
  readonly regime: string;
  readonly effect: JurisdictionRow['effect'];
  readonly needs?: 'look' | 'consent';
  readonly code: string;
  readonly law: string;
  readonly message: string;
  readonly consent?: ConsentFact;
}

/** The first row that fits; a block when none does (P2). */
export function evaluatePack(pack: JurisdictionPack, situation: Situation): Verdict {
  for (const row of pack.rows) {
    if (!fitsPerson(row, situation) || !fitsMail(row.when, situation)) continue;
    if (!asksForConsent(row.when)) return toVerdict(pack, row, situation, undefined);
    const consent = findConsent(row.when, situation);
    if (consent !== undefined) return toVerdict(pack, row, situation, consent);
  }
  return {
    regime: pack.id,
    effect: 'block',
    code: 'JURISDICTION_UNDECIDED',
    law: pack.title,
    message: 'No row of the law’s table fits, so nothing is sent; tell your operator.',
  };
}

function fitsPerson({ when, effect }: JurisdictionRow, { recipient, country }: Situation): boolean {
  const { audience, firstContact } = recipient;
  if (when.countries !== undefined) {
    const fits = country === undefined ? effect !== 'allow' : when.countries.includes(country);
    if (!fits) return false;
  }
  if (when.domains !== undefined && !isAtDomain(recipient.address, when.domains)) return false;
  if (when.kinds !== undefined && !when.kinds.includes(audience.kind ?? 'individual')) return false;
  if (when.withdrawn === true && audience.withdrawnAt === undefined) return false;
  if (when.collected !== undefined && !when.collected.includes(audience.collected ?? '')) {
    return false;
  }
  if (when.provenance === 'missing' && audience.collected !== undefined) return false;
  if (when.noticeSent !== undefined && when.noticeSent !== audience.noticeSent) return false;
  return when.firstContact === undefined || when.firstContact === firstContact;
}

function isAtDomain(address: Address, domains: readonly string[]): boolean {
  const own = domainOf(address);
  return domains.some((domain) => own === domain || own.endsWith(`.${domain}`));
}

function fitsMail(when: JurisdictionCondition, { content }: Situation): boolean {
  if (when.about === 'consent_request' && !isAboutConsent(content)) return false;
  if (when.signedUp === true && content.asksToConfirm !== true) return false;
  if (when.category !== undefined && when.category !== content.category) return false;
  // After what costs less: the words are read for it.
  if (when.about === 'survey' && !isSurvey(content)) return false;
  if (when.disclosed !== undefined && when.disclosed !== isDisclosed(content)) return false;
  const { subjectStartsWith: start } = when;
  return start === undefined || content.subject.startsWith(start);
}

function asksForConsent(when: JurisdictionCondition): boolean {
  const { basis, expired, proven, limbs, sale, balanced } = when;
  return (basis ?? expired ?? proven ?? limbs ?? sale ?? balanced) !== undefined;
}

function findConsent(
  when: JurisdictionCondition,
  { now, recipient: { audience } }: Situation,
): ConsentFact | undefined {
  return audience.consents.find((consent) => {
    const expired = consent.expiresAt !== undefined && consent.expiresAt <= now;
    if (expired !== (when.expired === true)) return false;
    if (when.basis !== undefined && !when.basis.includes(consent.basis)) return false;
    if (when.proven !== undefined && when.proven !== consent.proven) return false;
    if (when.limbs !== undefined && (when.limbs === 'complete') !== isComplete(consent.limbs)) {
      return false;
    }
    if (when.sale !== undefined && !when.sale.includes(consent.limbs?.sale ?? 'none')) return false;
    const balanced = (consent.balancing ?? '').trim() !== '';
    return when.balanced === undefined || when.balanced === balanced;
  });
}

function isComplete(limbs: SoftOptInLimbs | undefined): boolean {
  if (limbs === undefined) return false;
  return limbs.sameEntity && limbs.similarProducts && limbs.optOutAtCollection;
}

function toVerdict(
  pack: JurisdictionPack,
  row: JurisdictionRow,
  { country }: Situation,
  consent: ConsentFact | undefined,
): Verdict {
  const code = row.code
    .replace('{country}', country ?? '')
    .replace('{limb}', missingLimb(consent?.limbs));
  return {
    regime: pack.id,
    effect: row.effect,
    code,
    law: row.law,
    message: row.message,
    ...(row.needs === undefined ? {} : { needs: row.needs }),
    ...(consent === undefined ? {} : { consent }),
  };
}

function missingLimb(limbs: SoftOptInLimbs | undefined): string {
  if (limbs?.sameEntity !== true) return 'same_entity';
  if (!limbs.similarProducts) return 'similar_products';
  return limbs.optOutAtCollection ? 'sale' : 'opt_out_at_collection';
}
