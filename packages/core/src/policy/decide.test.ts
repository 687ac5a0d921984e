import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../context.ts';
import { parseAddress } from '../identity/address.ts';
import { builtInRules } from './built-in-rules.ts';
import { decide } from './decide.ts';
import type { SendFacts } from './facts.ts';
import type { Effect } from './finding.ts';
import { type Category, OVERSIGHT_MODES, type OversightMode } from './modes.ts';
import type { Rule, RuleFinding } from './rule.ts';

const ORDER: readonly Effect[] = ['allow', 'defer', 'hold', 'block'];
const NOW = 1_800_000_000_000;

function policyOf(rules: readonly Rule[]): Policy {
  return { rules, jurisdictions: [], version: 'test', epoch: 1 };
}

function factsOf(overrides: {
  mode?: OversightMode;
  category?: Category;
  scope?: string;
  phase?: 'request' | 'claim';
}): SendFacts {
  const { mode = 'autonomous', category = 'conversational', scope, phase = 'request' } = overrides;
  return {
    phase,
    now: NOW,
    mailbox: {
      address: parseAddress('team@acme.example'),
      mode,
      observed: true,
      tighten: [],
      sender: { id: 'acme', legalName: 'Acme, Inc.', postalAddress: '123 Main St' },
      publicUrl: 'https://mail.acme.example',
    },
    content: {
      category,
      tags: [],
      subject: 'Hello',
      body: 'Hi Ana',
      text: 'Hi Ana',
      html: '<p>Hi Ana</p>',
      headers: [],
      headerFindings: [],
      toCount: 1,
      ccCount: 0,
      bccCount: 0,
      hasFooter: true,
      digest: 'd',
      storedDigest: 'd',
      template: { id: 't', approved: true },
    },
    recipients: [
      {
        address: parseAddress('ana@example.com'),
        suppressions:
          scope === undefined
            ? []
            : [{ scope, reason: 'unsubscribe', senderId: '', createdAt: NOW - 1 }],
        firstContact: false,
        own: false,
        internal: true,
        tags: [],
        audience: { country: 'US', countryFrom: 'contact', noticeSent: false, consents: [] },
      },
    ],
    history: { campaignSent: true, stepSent: true },
    budgets: [],
  };
}

const finding: fc.Arbitrary<RuleFinding> = fc.oneof(
  fc.record({
    effect: fc.constant('hold' as const),
    needs: fc.constantFrom('look' as const, 'fact' as const),
    code: fc.constantFrom('A', 'B'),
    message: fc.constant('held'),
    evidence: fc.constant({}),
  }),
  fc.record({
    effect: fc.constant('block' as const),
    code: fc.constantFrom('C', 'D'),
    message: fc.constant('blocked'),
    evidence: fc.constant({}),
    retryable: fc.boolean(),
  }),
  fc.record({
    effect: fc.constant('defer' as const),
    until: fc.integer({ min: NOW, max: NOW + 1_000_000 }),
    code: fc.constant('E'),
    message: fc.constant('later'),
    evidence: fc.constant({}),
  }),
);

const rules: fc.Arbitrary<Rule[]> = fc
  .array(fc.array(finding, { maxLength: 3 }), { maxLength: 5 })
  .map((all) =>
    all.map((findings, index) => ({ id: `r${index}`, version: '1', evaluate: () => findings })),
  );

const rank = (effect: Effect): number => ORDER.indexOf(effect);

describe('decide', () => {
  it('P9: never loosens when a rule is added, wherever it is added', () => {
    fc.assert(
      fc.property(rules, finding, fc.nat(), (some, extra, at) => {
        const facts = factsOf({});
        const before = decide(policyOf(some), facts);
        const added: Rule = { id: 'extra', version: '1', evaluate: () => [extra] };
        const after = decide(policyOf(some.toSpliced(at % (some.length + 1), 0, added)), facts);
        expect(rank(after.effect)).toBeGreaterThanOrEqual(rank(before.effect));
      }),
    );
  });

  it('gives the same effect in any order of rules', () => {
    fc.assert(
      fc.property(rules, (some) => {
        const facts = factsOf({});
        const reversed = decide(policyOf(some.toReversed()), facts);
        expect(reversed.effect).toBe(decide(policyOf(some), facts).effect);
      }),
    );
  });

  it.each([
    ['is asynchronous', () => Promise.resolve([]) as never],
    [
      'throws at once',
      () => {
        throw new Error('secret /etc/passwd');
      },
    ],
    ['returns nothing', () => undefined as never],
    ['returns an unknown effect', () => [{ effect: 'allow', code: 'X' }] as never],
    [
      'defers without an end',
      () => [{ effect: 'defer', code: 'X', message: '', evidence: {} }] as never,
    ],
    ['has no evidence', () => [{ effect: 'hold', code: 'X', message: '' }] as never],
  ])('P2: blocks when a rule %s', (_, evaluate) => {
    const rule: Rule = { id: 'broken', version: '1', evaluate };
    const decision = decide(policyOf([rule]), factsOf({}));
    expect(decision).toMatchObject({ effect: 'block', code: 'RULE_ERROR', retryable: true });
    expect(JSON.stringify(decision)).not.toContain('passwd');
  });

  it('reports a shadow rule without enforcing it', () => {
    const findings = [{ effect: 'block', code: 'X', message: 'no', evidence: {} } as const];
    const rule: Rule = { id: 'shadow', version: '1', shadow: true, evaluate: () => findings };
    const decision = decide(policyOf([rule]), factsOf({}));
    expect(decision.effect).toBe('allow');
    expect(decision.findings).toMatchObject([{ code: 'X', shadow: true }]);
  });

  it('P4: a discharge lifts the look it was given for and no block, fact or other evidence', () => {
    const make = (rest: object): Rule => ({
      id: 'r',
      version: '1',
      evaluate: () => [{ effect: 'hold', code: 'X', message: '', evidence: {}, ...rest }] as never,
    });
    const facts = factsOf({});
    const discharges = decide(policyOf([make({ needs: 'look' })]), facts).findings;
    const effectOf = (rest: object) => decide(policyOf([make(rest)]), facts, discharges).effect;
    expect(effectOf({ needs: 'look' })).toBe('allow');
    expect(effectOf({ needs: 'fact' })).toBe('hold');
    expect(effectOf({ effect: 'block' })).toBe('block');
    expect(effectOf({ needs: 'look', evidence: { other: true } })).toBe('hold');
    expect(effectOf({ needs: 'look', code: 'Y' })).toBe('hold');
  });

  it('P1 P3: every mode, category and suppression scope ends as the modes table says', () => {
    const scopes = [undefined, 'all', 'marketing', 'topic:news', 'nonsense'];
    const categories = ['marketing', 'transactional', 'conversational'] as const;
    let cases = 0;
    for (const mode of OVERSIGHT_MODES) {
      for (const category of categories) {
        for (const scope of scopes) {
          for (const phase of ['request', 'claim'] as const) {
            const facts = factsOf({ mode, category, phase, ...(scope ? { scope } : {}) });
            const { effect } = decide(policyOf(builtInRules()), facts);
            const suppressed =
              scope === 'all' ||
              scope === 'nonsense' ||
              // No topic is every topic: leaving it out is no way around.
              (category === 'marketing' && (scope === 'marketing' || scope === 'topic:news'));
            const expected = suppressed || mode === 'read_only' ? 'block' : byMode(mode);
            expect({ mode, category, scope, effect }).toEqual({
              mode,
              category,
              scope,
              effect: expected,
            });
            cases += 1;
          }
        }
      }
    }
    expect(cases).toBe(150);
  });
});

function byMode(mode: OversightMode): Effect {
  return mode === 'gated_all' || mode === 'gated_send' ? 'hold' : 'allow';
}
