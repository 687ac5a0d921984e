import { type Claim, findClaims, MAX_CLAIMS } from '../../compose/find-claims.ts';
import type { Offer } from '../../content/offer.ts';
import type { ContentFacts, SendFacts, SupportFacts } from '../facts.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { findSupport, namedOffers, possibleCodes, type Support } from '../support.ts';

/** Most claims that get a finding of their own; so many at once are looked at as a whole. */
const MAX_FINDINGS = 20;

/** Longest body that is read, UTF-16 units; mail programs cut marketing long before (html-size). */
const MAX_BODY = 200_000;

/** Nobody hides a claim behind many true ones. */
const UNREAD: RuleFinding = {
  effect: 'hold',
  needs: 'look',
  code: 'CLAIM_UNSUPPORTED',
  message:
    'The text is longer than what is read for claims, or makes too many; a person looks first.',
  evidence: { words: '', where: 'body', claims: MAX_CLAIMS, characters: MAX_BODY },
};

/** What is given away, other than in a name. */
const PROMISED =
  /\b(?:trial|months?|years?|weeks?|shipping|delivery|gifts?|upgrade|consultation|returns?|setup|for free|free of charge|no (?:extra |additional )?cost)\b|gratis|kostenlos|gratuit/i;

const NOTHING: SupportFacts = { offers: [], facts: [], claims: [], hosts: [] };

/**
 * Marketing claims only what the operator has declared: offers, facts, and what a reviewer
 * remembered. An offer that is over is blocked, also in templates that a person approved.
 * Law: 15 USC 7704(a)(2) and UCPD art. 6 (false statements), annex I no. 7 (false urgency).
 */
export const claims: Rule = {
  id: 'claims',
  version: '2',
  evaluate(facts) {
    const { content, support = NOTHING } = facts;
    if (content.category !== 'marketing') return [];
    // What leaves later is judged by the day on which it leaves.
    const at = Math.max(facts.now, content.sendAt ?? 0);
    const findings = new Map<string, RuleFinding>();
    for (const finding of [...codes(content, support, at), ...statements(facts, support, at)]) {
      const { words, where } = finding.evidence;
      const key = `${finding.code} ${where} ${words}`;
      if (!findings.has(key)) findings.set(key, finding);
    }
    const all = [...findings.values()];
    return all.length <= MAX_FINDINGS ? all : [...all.slice(0, MAX_FINDINGS), rest(all)];
  },
};

function statements(
  { content, recipients }: SendFacts,
  declared: SupportFacts,
  at: number,
): readonly RuleFinding[] {
  const found = authored(content);
  const isLong = content.template?.approved !== true && content.body.length > MAX_BODY;
  if (found.length === 0) return isLong ? [UNREAD] : [];
  const text = `${content.subject}\n${content.text}`;
  const offers = declared.offers.filter((offer) => isFor(offer, recipients));
  const support = { ...declared, offers };
  const named = namedOffers(found, offers, possibleCodes(text));
  const findings = found.flatMap((claim) =>
    judge(claim, findSupport(claim, support, { text, at, named })),
  );
  return isLong || found.length >= MAX_CLAIMS ? [...findings, UNREAD] : findings;
}

/** Whoever may be elsewhere has not been offered it. */
function isFor({ regions }: Offer, recipients: SendFacts['recipients']): boolean {
  if (regions === undefined) return true;
  return recipients.every(({ audience }) => regions.includes(audience.country ?? ''));
}

function judge(claim: Claim, supported: Support): readonly RuleFinding[] {
  switch (supported.verdict) {
    case 'supported':
      return [];
    case 'expired':
      return [expired(claim, supported.offer)];
    case 'not_started':
      return [notStarted(claim, supported.offer)];
    case 'condition_missing':
      return [unsupported(claim, supported.offer)];
    case 'unsupported':
      return [unsupported(claim)];
  }
}

/** Of an approved template only what an agent put into it: a person has read the rest. */
function authored({ subject, body, template, variables = [] }: ContentFacts): readonly Claim[] {
  if (template?.approved !== true) return findClaims(subject, body.slice(0, MAX_BODY));
  return variables.flatMap((value) => {
    const found = findClaims('', value);
    return isName(value) ? found.filter(saysMuch) : found;
  });
}

/** "Free Solo" and "Duschgel 100 % Natur" are what somebody bought, in a slot for names of things. */
function isName(value: string): boolean {
  return value.trim().split(/\s+/).length <= 6 && !/[.!?]\s|[!?]$/.test(value);
}

function saysMuch({ kind, discount, words }: Claim): boolean {
  if (kind === 'percentage') return discount === true;
  if (kind !== 'free') return kind !== 'product';
  return PROMISED.test(words);
}

/** A code names its offer wherever it stands, in code marks and approved text as well. */
function codes(
  { subject, text }: ContentFacts,
  { offers }: SupportFacts,
  at: number,
): readonly RuleFinding[] {
  if (offers.length === 0) return [];
  const words = possibleCodes(`${subject}\n${text}`);
  return offers.flatMap((offer) => {
    const code = offer.code?.toUpperCase();
    if (code === undefined || !words.has(code)) return [];
    // A code is used again in the next season.
    const runs = offers.some(
      (other) => other.code?.toUpperCase() === code && other.startsAt <= at && at < other.endsAt,
    );
    if (runs) return [];
    const claim = { words: offer.code ?? '', where: 'body', offset: text.indexOf(code) } as const;
    return [at < offer.startsAt ? notStarted(claim, offer) : expired(claim, offer)];
  });
}

type Words = Pick<Claim, 'words' | 'where' | 'offset'>;

function expired({ words, where, offset }: Words, offer: Offer): RuleFinding {
  return {
    effect: 'block',
    code: 'OFFER_EXPIRED',
    message: `${quote(words)}: the offer ${offer.id} is over since ${iso(offer.endsAt)}; leave it out.`,
    evidence: { words, where, offset, offer: offer.id, endsAt: offer.endsAt },
  };
}

function notStarted({ words, where, offset }: Words, offer: Offer): RuleFinding {
  return {
    effect: 'hold',
    needs: 'look',
    code: 'OFFER_NOT_STARTED',
    message: `${quote(words)}: the offer ${offer.id} starts ${iso(offer.startsAt)}; set send_at, or leave it out.`,
    evidence: { words, where, offset, offer: offer.id, startsAt: offer.startsAt },
  };
}

function unsupported(claim: Claim, offer?: Offer): RuleFinding {
  const { kind, words, where, offset } = claim;
  const urgent = where === 'subject' && isUrgent(claim);
  const why =
    offer === undefined
      ? 'no declared offer or fact supports it'
      : `the offer ${offer.id} needs its conditions in the text: ${offer.conditions?.join('; ')}`;
  return {
    effect: 'hold',
    needs: 'look',
    code: urgent ? 'SUBJECT_URGENCY_CLAIM' : 'CLAIM_UNSUPPORTED',
    message: `${quote(words)}: ${why}. A person looks first; or leave it out.`,
    evidence: { words, kind, where, offset, ...(offer === undefined ? {} : { offer: offer.id }) },
  };
}

/** What state laws on subject lines are about (RCW 19.190.020): false urgency, "up to", free gifts. */
function isUrgent({ kind, words }: Claim): boolean {
  if (kind === 'percentage') return /^up to\b/i.test(words);
  return kind === 'deadline' || (kind === 'free' && /\bgifts?\b/i.test(words));
}

/** What is not listed one by one keeps the strictest effect of it. */
function rest(all: readonly RuleFinding[]): RuleFinding {
  const others = all.slice(MAX_FINDINGS);
  const worst = others.find(({ effect }) => effect === 'block') ?? others[0];
  const words = others.map(({ evidence }) => String(evidence.words));
  return {
    effect: worst?.effect ?? 'hold',
    needs: 'look',
    code: worst?.code ?? 'CLAIM_UNSUPPORTED',
    message: `${others.length} more claims in this text are not supported.`,
    evidence: { words },
  };
}

function quote(words: string): string {
  return JSON.stringify(words.slice(0, 80));
}

function iso(at: number): string {
  return new Date(at).toISOString().slice(0, 16).replace('T', ' ').concat(' UTC');
}
