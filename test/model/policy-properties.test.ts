import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../../packages/core/src/context.ts';
import { DEFAULT_CAPS } from '../../packages/core/src/frequency/frequency-cap.ts';
import { builtInRules } from '../../packages/core/src/policy/built-in-rules.ts';
import { decide } from '../../packages/core/src/policy/decide.ts';
import type { Effect } from '../../packages/core/src/policy/finding.ts';
import { BUILT_IN_PACKS } from '../../packages/core/src/policy/jurisdictions/built-in-packs.ts';
import type { Rule, RuleFinding } from '../../packages/core/src/policy/rule.ts';
import { NOW } from '../support/send-facts.ts';
import { anyFacts } from './any-facts.ts';

const RUNS = { numRuns: 1_000 };
const ORDER: readonly Effect[] = ['allow', 'defer', 'hold', 'block'];
const rank = (effect: Effect): number => ORDER.indexOf(effect);
const rules = builtInRules(BUILT_IN_PACKS, {
  caps: DEFAULT_CAPS,
  quietHours: { from: '21:00', to: '08:00' },
});

const policyOf = (some: readonly Rule[]): Policy => ({
  rules: some,
  jurisdictions: BUILT_IN_PACKS,
  version: 'test',
  epoch: 1,
});
const effectOf = (some: readonly Rule[], facts: Parameters<Rule['evaluate']>[0]): Effect =>
  decide(policyOf(some), facts).effect;

const finding: fc.Arbitrary<RuleFinding> = fc
  .record({
    effect: fc.constantFrom('defer' as const, 'hold' as const, 'block' as const),
    needs: fc.constantFrom('look' as const, 'fact' as const),
    until: fc.integer({ min: NOW, max: NOW + 1_000_000 }),
    retryable: fc.boolean(),
  })
  .map((given) => ({ ...given, code: 'MORE', message: 'One thing more.', evidence: {} }));

describe('the built-in rules over any facts', () => {
  it('P3: a rule or a finding more never loosens, wherever it stands', () => {
    fc.assert(
      fc.property(
        ...([anyFacts, fc.array(finding, { maxLength: 2 }), fc.nat()] as const),
        (facts, findings, at) => {
          const more: Rule = { id: 'more', version: '1', evaluate: () => findings };
          const added = rules.toSpliced(at % (rules.length + 1), 0, more);
          const effect = effectOf(added, facts);
          expect(rank(effect)).toBeGreaterThanOrEqual(rank(effectOf(rules, facts)));
          for (const { effect: least } of findings) {
            expect(rank(effect)).toBeGreaterThanOrEqual(rank(least));
          }
        },
      ),
      RUNS,
    );
  });

  it('P3: leaving out a built-in rule never tightens', () => {
    fc.assert(
      fc.property(anyFacts, fc.nat(rules.length - 1), (facts, at) => {
        const without = effectOf(rules.toSpliced(at, 1), facts);
        expect(rank(without)).toBeLessThanOrEqual(rank(effectOf(rules, facts)));
      }),
      RUNS,
    );
  });

  it('gives the same effect and the same findings in any order', () => {
    const shuffled = fc.shuffledSubarray([...rules], { minLength: rules.length });
    const listOf = (some: readonly Rule[], facts: Parameters<Rule['evaluate']>[0]) => {
      const { effect, findings, until } = decide(policyOf(some), facts);
      return { effect, until, hashes: findings.map((each) => each.evidenceHash).sort() };
    };
    fc.assert(
      fc.property(anyFacts, shuffled, (facts, other) => {
        expect(listOf(other, facts)).toEqual(listOf(rules, facts));
      }),
      RUNS,
    );
  });

  it('P2: blocks when any one of them throws', () => {
    fc.assert(
      fc.property(anyFacts, fc.nat(rules.length - 1), (facts, at) => {
        const broken = rules.map((rule, index) => {
          if (index !== at) return rule;
          return {
            ...rule,
            evaluate: () => {
              throw new Error('broken');
            },
          };
        });
        expect(effectOf(broken, facts)).toBe('block');
      }),
      RUNS,
    );
  });

  it('P2: no facts make a built-in rule throw', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const codes = decide(policyOf(rules), facts).findings.map(({ code }) => code);
        expect(codes).not.toContain('RULE_ERROR');
      }),
      RUNS,
    );
  });

  it('says something for every rule, so that the above is about them', () => {
    const heard = new Set<string>();
    for (const facts of fc.sample(anyFacts, { numRuns: 3_000, seed: 1 })) {
      for (const { rule } of decide(policyOf(rules), facts).findings) heard.add(rule);
    }
    const silent = rules.map(({ id }) => id).filter((id) => !heard.has(id));
    process.stdout.write(
      `policy properties: ${heard.size} of ${rules.length} rules speak; silent: ${silent.join(', ')}\n`,
    );
    expect(silent).toEqual([]);
  });
});
