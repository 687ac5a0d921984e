import { hash } from 'node:crypto';
import { canonicalJson } from '../compose/canonical-json.ts';
import type { Policy } from '../context.ts';
import type { SendFacts } from './facts.ts';
import type { Decision, Effect, Evidence, Finding, TracedFinding } from './finding.ts';
import type { Rule } from './rule.ts';

/** A `look` finding that a person was shown and approved. */
export interface Discharge {
  readonly rule: string;
  readonly code: string;
  readonly evidenceHash: string;
}

const ORDER: readonly Effect[] = ['allow', 'defer', 'hold', 'block'];

/**
 * May this go out? Pure and synchronous: the join of every rule's findings over
 * `allow < defer < hold < block`. All rules run, so that the trace is complete; a rule that throws
 * or answers nonsense counts as a block. `discharges` can lift holds that need a look, nothing else.
 */
export function decide(
  policy: Policy,
  facts: SendFacts,
  discharges: readonly Discharge[] = [],
): Decision {
  const findings = policy.rules.flatMap((rule) => evaluateRule(rule, facts, discharges));
  const enforced = findings.filter((finding) => !finding.shadow && !finding.discharged);
  const { effect, deciding, first } = joinFindings(enforced);
  const until = Math.max(0, ...enforced.map((finding) => finding.until ?? 0));
  return {
    effect,
    code: first?.code ?? 'ALLOWED',
    message: first?.message ?? 'Nothing stands against it.',
    ...(effect === 'defer' ? { until } : {}),
    retryable: effect === 'block' && deciding.every((finding) => finding.retryable === true),
    rules: namesOf(policy.rules),
    findings,
    policyVersion: policy.version,
    decidedAt: facts.now,
  };
}

const NAMES = new WeakMap<readonly Rule[], readonly string[]>();

/** As `id@version`; made once for a policy's rules, since every decision names them. */
function namesOf(rules: readonly Rule[]): readonly string[] {
  const known = NAMES.get(rules) ?? rules.map(({ id, version }) => `${id}@${version}`);
  NAMES.set(rules, known);
  return known;
}

const NOTHING: readonly TracedFinding[] = [];

/** Fails closed, and is the only place that has to (P2). */
function evaluateRule(
  rule: Rule,
  facts: SendFacts,
  discharges: readonly Discharge[],
): readonly TracedFinding[] {
  const shadow = rule.shadow === true;
  try {
    const findings = rule.evaluate(facts);
    if (Array.isArray(findings) && findings.length === 0) return NOTHING;
    return [...findings].map((finding) => {
      if (!isFinding(finding)) throw new TypeError('not a finding');
      return trace({ ...finding, rule: rule.id }, rule.version, shadow, discharges);
    });
  } catch (error) {
    const evidence = { error: error instanceof Error ? error.name : typeof error };
    return [trace({ ...ruleError(evidence), rule: rule.id }, rule.version, shadow, discharges)];
  }
}

function ruleError(evidence: Evidence): Omit<Finding, 'rule'> {
  return {
    effect: 'block',
    code: 'RULE_ERROR',
    message: 'A policy rule failed, so nothing is sent. A person has been told; do not retry.',
    evidence,
    retryable: true,
  };
}

function trace(
  finding: Finding,
  version: string,
  shadow: boolean,
  discharges: readonly Discharge[],
): TracedFinding {
  const evidenceHash = hashEvidence(finding);
  const discharged =
    finding.effect === 'hold' &&
    finding.needs !== 'fact' &&
    discharges.some(
      (discharge) =>
        discharge.rule === finding.rule &&
        discharge.code === finding.code &&
        discharge.evidenceHash === evidenceHash,
    );
  return { ...finding, version, evidenceHash, shadow, discharged };
}

/** Names what was found: a discharge of it fits no other evidence. */
export function hashEvidence({
  rule,
  code,
  evidence,
}: Pick<Finding, 'rule' | 'code' | 'evidence'>): string {
  return hash('sha256', canonicalJson({ rule, code, evidence }), 'hex');
}

/** The strictest effect, what has it, and which of those is named. */
function joinFindings(enforced: readonly TracedFinding[]) {
  const effect = enforced.reduce<Effect>(stricter, 'allow');
  const deciding = enforced.filter((finding) => finding.effect === effect);
  const first = deciding.find((finding) => finding.needs === 'fact') ?? deciding[0];
  return { effect, deciding, first };
}

/** What the policy itself said, before a person discharged anything. */
export function answerOf({ findings }: Pick<Decision, 'findings'>): {
  readonly effect: Effect;
  readonly code: string;
} {
  const { effect, first } = joinFindings(findings.filter(({ shadow }) => !shadow));
  return { effect, code: first?.code ?? 'ALLOWED' };
}

function stricter(effect: Effect, finding: { readonly effect: Effect }): Effect {
  return ORDER.indexOf(finding.effect) > ORDER.indexOf(effect) ? finding.effect : effect;
}

function isFinding(value: Omit<Finding, 'rule'>): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (!['defer', 'hold', 'block'].includes(value.effect)) return false;
  if (value.effect === 'defer' && !Number.isFinite(value.until)) return false;
  if (value.needs !== undefined && !['look', 'fact'].includes(value.needs)) return false;
  if (typeof value.code !== 'string' || value.code === '') return false;
  return typeof value.message === 'string' && typeof value.evidence === 'object';
}
