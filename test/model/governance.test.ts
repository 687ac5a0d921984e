import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConsentFact } from '../../packages/core/src/consent/standing-consents.ts';
import type { Policy } from '../../packages/core/src/context.ts';
import { parseAddress } from '../../packages/core/src/identity/address.ts';
import { builtInRules } from '../../packages/core/src/policy/built-in-rules.ts';
import { decide } from '../../packages/core/src/policy/decide.ts';
import type {
  AudienceFacts,
  SendFacts,
  SuppressionFact,
} from '../../packages/core/src/policy/facts.ts';
import type { Decision, Effect } from '../../packages/core/src/policy/finding.ts';
import { BUILT_IN_PACKS } from '../../packages/core/src/policy/jurisdictions/built-in-packs.ts';
import {
  type Category,
  OVERSIGHT_MODES,
  type OversightMode,
} from '../../packages/core/src/policy/modes.ts';
import { consentFact, NOW, sendFacts } from '../support/send-facts.ts';

const ORDER: readonly Effect[] = ['allow', 'defer', 'hold', 'block'];
const rank = (effect: Effect): number => ORDER.indexOf(effect);
/** What a message is, and for a conversation why: `nobody` stands for no reason at all. */
const KINDS = [
  ...(['marketing', 'transactional', 'colleague', 'answer', 'related'] as const),
  ...(['unproven', 'elsewhere', 'nobody'] as const),
];
type Kind = (typeof KINDS)[number];
const WISHES = [undefined, ...OVERSIGHT_MODES] as const;
/** What people have approved of it: nothing, all that was found, or the same of another content. */
const CAPABILITIES = ['none', 'approved', 'approvedElsewhere'] as const;

const SUPPRESSIONS: Readonly<Record<string, Partial<SuppressionFact> | undefined>> = {
  none: undefined,
  all: { scope: 'all' },
  marketing: { scope: 'marketing' },
  topic: { scope: 'topic:news' },
  otherTopic: { scope: 'topic:offers' },
  domain: { scope: 'all', wholeDomain: true },
  nonsense: { scope: 'everything' },
  otherSender: { scope: 'marketing', senderId: 'other' },
};

const LIMBS = {
  ...{ sameEntity: true, similarProducts: true, optOutAtCollection: true },
  sale: 'purchase' as const,
};
const CONSENTS: Readonly<Record<string, Partial<ConsentFact> | 'none' | 'withdrawn'>> = {
  none: 'none',
  withdrawn: 'withdrawn',
  express: {},
  unproven: { proven: false },
  doubleOptIn: { basis: 'double_opt_in' },
  softOptIn: { basis: 'soft_opt_in', limbs: LIMBS },
  softOptInFails: { basis: 'soft_opt_in', limbs: { ...LIMBS, sameEntity: false } },
  purchase: { basis: 'implied_purchase', expiresAt: NOW + 1 },
  purchaseExpired: { basis: 'implied_purchase', expiresAt: NOW },
  inquiry: { basis: 'implied_inquiry', expiresAt: NOW + 1 },
  subscription: { basis: 'implied_subscription', expiresAt: NOW + 1 },
  membership: { basis: 'implied_membership', expiresAt: NOW + 1 },
  disclosed: { basis: 'disclosed' },
  referral: { basis: 'referral' },
  published: { basis: 'published' },
  interest: { basis: 'legitimate_interest', balancing: 'LIA-7' },
};

/** Written down apart from the packs: which consent lets marketing go out without a person. */
const ENOUGH: Readonly<Record<string, readonly string[]>> = {
  US: Object.keys(CONSENTS).filter((name) => name !== 'withdrawn'),
  California: [],
  CA: [
    ...['express', 'doubleOptIn', 'purchase', 'inquiry', 'subscription', 'membership'],
    'disclosed',
  ],
  AT: ['express', 'doubleOptIn', 'softOptIn'],
  DE: ['doubleOptIn', 'softOptIn'],
  FR: ['express', 'doubleOptIn', 'softOptIn'],
  GB: ['express', 'doubleOptIn', 'softOptIn'],
  AU: ['express', 'unproven', 'doubleOptIn', 'purchase', 'subscription', 'membership'],
  SG: ['express', 'unproven', 'doubleOptIn'],
  BR: ['doubleOptIn'],
  unknown: ['doubleOptIn'],
};

/** Written down apart from the rules: what a look can lift. */
const LOOKS: ReadonlySet<string> = new Set([
  ...['REVIEW_REQUIRED', 'AU_PUBLISHED', 'CA_PUBLISHED', 'DE_NO_DOI', 'PROVENANCE_MISSING'],
  ...['SENDER_NOT_AUTHENTICATED', 'REPLY_TO_ELSEWHERE', 'NOT_A_CONVERSATION'],
]);
/** A fact that is missing, a refusal, or a law: nobody's approval lifts it. */
const NO_LOOKS: ReadonlySet<string> = new Set([
  ...['CONSENT_MISSING', 'JURISDICTION_NOT_COVERED', 'JURISDICTION_UNKNOWN', 'SG_ADV_LABEL'],
  ...['MODE_READ_ONLY', 'SUPPRESSED', 'OBJECTED', 'OPTED_OUT', 'CA_IMPLIED_EXPIRED'],
  ...['EU_CONSENT_UNPROVEN', 'UK_CONSENT_UNPROVEN'],
  ...['EU_SOFT_OPTIN_FAIL:same_entity', 'UK_SOFT_OPTIN_FAIL:same_entity'],
]);

const policy: Policy = {
  rules: builtInRules(),
  jurisdictions: BUILT_IN_PACKS,
  version: 'test',
  epoch: 1,
};
const broken: Policy = {
  ...policy,
  rules: [
    ...policy.rules,
    {
      id: 'broken',
      version: '1',
      evaluate: () => {
        throw new Error('broken');
      },
    },
  ],
};

interface Case {
  readonly mode: OversightMode;
  readonly kind: Kind;
  readonly suppression: string;
  readonly consent: string;
  readonly country: string;
  readonly wish: OversightMode | undefined;
}

describe('every mode × kind × suppression × consent × country × wish × capability', () => {
  it('P1 P2 P3: goes out only as written down, fails closed, and no wish or approval loosens', () => {
    let cases = 0;
    let allowed = 0;
    let unasked: Effect = 'allow';
    const codes = new Set<string>();
    for (const each of listCases()) {
      const facts = factsOf(each);
      const decision = decide(policy, facts);
      for (const { code, shadow } of decision.findings) if (!shadow) codes.add(code);
      cases += 1;
      if (decision.effect === 'allow') allowed += 1;
      if ((decision.effect === 'allow') !== mayGoOut(each)) {
        expect({ ...each, effect: decision.effect, code: decision.code }).toBe('as written down');
      }
      // P2: one rule that throws is a block.
      if (decision.effect !== 'block' && decide(broken, facts).effect !== 'block') {
        expect(each).toBe('blocked');
      }
      // P3: what the agent asks for only tightens; the case without a wish comes first.
      if (each.wish === undefined) unasked = decision.effect;
      if (rank(decision.effect) < rank(unasked)) expect(each).toBe('no looser');
      for (const capability of CAPABILITIES.slice(1)) {
        cases += 1;
        const effect = withCapability(capability, facts, decision);
        if (effect === 'allow' && !mayBeReleased(each, decision, capability)) {
          expect({ ...each, capability }).toBe('not lifted');
        }
        if (rank(effect) > rank(decision.effect)) expect(each).toBe('no stricter when approved');
      }
    }
    process.stdout.write(`governance: ${cases} cases, ${allowed} of them go out unseen\n`);
    expect(cases).toBe(5 * 8 * 8 * 16 * 11 * 6 * 3);
    expect([...codes].sort()).toEqual([...LOOKS, ...NO_LOOKS].sort());
  }, 600_000);

  it('P3: above 50 a day marketing that nobody hears bounces of never goes out', () => {
    const cases = [...listCases()].filter((each) => each.country === 'DE' && mayGoOut(each));
    expect(cases.length).toBeGreaterThan(100);
    for (const each of cases) {
      const facts = { ...factsOf(each), unobserved: { sent: 50 } };
      const decision = decide(policy, facts);
      const isHeld = each.kind === 'marketing';
      expect({ ...each, effect: decision.effect }).toEqual({
        ...each,
        effect: isHeld ? 'hold' : 'allow',
      });
      if (isHeld) expect(withCapability('approved', facts, decision)).toBe('hold');
    }
  });

  it('P3: a suppression or a withdrawal more never loosens', () => {
    const pick = <T>(all: readonly T[]) => fc.constantFrom(...all);
    const anyCase = fc.record({
      mode: pick(OVERSIGHT_MODES),
      kind: pick(KINDS),
      suppression: pick(Object.keys(SUPPRESSIONS)),
      consent: pick(Object.keys(CONSENTS)),
      country: pick(Object.keys(ENOUGH)),
      wish: pick(WISHES),
    });
    fc.assert(
      fc.property(anyCase, pick(Object.keys(SUPPRESSIONS)), (each, more) => {
        const effect = rank(decide(policy, factsOf(each)).effect);
        const both = factsOf(each, [each.suppression, more]);
        const withdrawn = factsOf({ ...each, consent: 'withdrawn' });
        expect(rank(decide(policy, both).effect)).toBeGreaterThanOrEqual(effect);
        expect(rank(decide(policy, withdrawn).effect)).toBeGreaterThanOrEqual(effect);
      }),
      { numRuns: 2_000 },
    );
  });
});

function* listCases(): Generator<Case> {
  for (const mode of OVERSIGHT_MODES) {
    for (const kind of KINDS) {
      for (const suppression of Object.keys(SUPPRESSIONS)) {
        for (const consent of Object.keys(CONSENTS)) {
          for (const country of Object.keys(ENOUGH)) {
            for (const wish of WISHES) {
              yield { mode, kind, suppression, consent, country, wish };
            }
          }
        }
      }
    }
  }
}

function withCapability(
  capability: (typeof CAPABILITIES)[number],
  facts: SendFacts,
  decision: Decision,
): Effect {
  // Nothing was found: there is nothing to approve.
  if (decision.findings.length === 0) return decision.effect;
  const elsewhere = decision.findings.map((finding) => ({ ...finding, evidenceHash: 'other' }));
  const discharges = capability === 'approved' ? decision.findings : elsewhere;
  return decide(policy, facts, discharges).effect;
}

/** P1 P3: an approval of exactly this lifts looks, and no block, missing fact or refusal by the person. */
function mayBeReleased(each: Case, decision: Decision, capability: string): boolean {
  if (mayGoOut(each)) return true;
  if (capability !== 'approved') return false;
  if (each.mode === 'read_only' || each.wish === 'read_only') return false;
  if (isRefused(each)) return false;
  return decision.findings.every(({ code, shadow }) => shadow || LOOKS.has(code));
}

/** The person said no, whatever anybody approves. */
function isRefused({
  kind,
  suppression,
  consent,
}: Pick<Case, 'kind' | 'suppression' | 'consent'>): boolean {
  if (['all', 'domain', 'nonsense'].includes(suppression)) return true;
  // A reviewer's word does not stand against somebody who wants no marketing.
  if (kind !== 'marketing' && kind !== 'nobody') return false;
  return suppression === 'marketing' || suppression === 'topic' || consent === 'withdrawn';
}

function mayGoOut({ mode, kind, suppression, consent, country, wish }: Case): boolean {
  if (!['monitored', 'autonomous'].includes(mode)) return false;
  if (wish !== undefined && !['monitored', 'autonomous'].includes(wish)) return false;
  if (isRefused({ kind, suppression, consent })) return false;
  if (['unproven', 'elsewhere', 'nobody'].includes(kind)) return false;
  return kind !== 'marketing' || (ENOUGH[country]?.includes(consent) ?? false);
}

function factsOf(each: Case, suppressions: readonly string[] = [each.suppression]) {
  const template = { id: 't', approved: true };
  const { wish } = each;
  return sendFacts({
    mailbox: { mode: each.mode },
    content: {
      ...{ category: toCategory(each.kind), topic: 'news', template, disclosed: true },
      ...(wish === undefined ? {} : { requestedMode: wish }),
    },
    recipient: {
      internal: each.kind === 'colleague',
      suppressions: suppressions.flatMap((name) => toSuppression(SUPPRESSIONS[name])),
    },
    audience: {
      ...toPlace(each.country),
      ...toStanding(CONSENTS[each.consent]),
      ...(each.kind === 'related' ? { relationship: 'customer' as const } : {}),
    },
    facts: toThread(each.kind),
  });
}

function toCategory(kind: Kind): Category {
  return kind === 'marketing' || kind === 'transactional' ? kind : 'conversational';
}

/** What is answered, of the kinds that answer. */
function toThread(kind: Kind): Partial<SendFacts> {
  if (!['answer', 'unproven', 'elsewhere'].includes(kind)) return {};
  const address = parseAddress('ana@example.com');
  return {
    thread: {
      ...{ parentFrom: address, loopSigns: [], agentRepliesToday: 0, quotesThread: true },
      parentAuthenticated: kind !== 'unproven',
      recipientsWroteHere: kind !== 'elsewhere',
      ...(kind === 'elsewhere' ? { replyToElsewhere: address } : {}),
    },
  };
}

function toSuppression(given: Partial<SuppressionFact> | undefined): readonly SuppressionFact[] {
  if (given === undefined) return [];
  return [{ scope: 'all', reason: 'unsubscribe', senderId: '', createdAt: NOW - 1, ...given }];
}

function toPlace(country: string): Partial<AudienceFacts> {
  if (country === 'unknown') return { countryFrom: 'unknown' };
  return country === 'California' ? { country: 'US', region: 'CA' } : { country };
}

function toStanding(given: Partial<ConsentFact> | string | undefined): Partial<AudienceFacts> {
  if (given === 'withdrawn') return { consents: [], withdrawnAt: NOW - 1 };
  if (typeof given !== 'object') return { consents: [] };
  return { consents: [consentFact(given)] };
}
