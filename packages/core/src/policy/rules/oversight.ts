import type { SendFacts, TightenRule } from '../facts.ts';
import { type OversightMode, strictestMode } from '../modes.ts';
import type { Rule, RuleFinding } from '../rule.ts';

const DAY = 86_400_000;

const REVIEW_REQUIRED: RuleFinding = {
  effect: 'hold',
  needs: 'look',
  code: 'REVIEW_REQUIRED',
  message: 'A person decides on this message before it goes out; do not send it again.',
  evidence: { gate: 'review' },
};

/**
 * The mailbox's mode, the operator's `tighten` rules and the author's own wish: the strictest
 * holds (architecture.md §5). The evidence is the same for every gate, so that one look discharges
 * it whatever made the gate close.
 */
export const oversight: Rule = {
  id: 'oversight',
  version: '1',
  evaluate(facts) {
    switch (effectiveMode(facts)) {
      case 'autonomous':
        return [];
      case 'monitored':
        // Nobody would be told: then somebody looks first.
        return facts.mailbox.observed ? [] : [REVIEW_REQUIRED];
      case 'gated_send':
      case 'gated_all':
        return [REVIEW_REQUIRED];
      case 'read_only':
        return [
          {
            effect: 'block',
            code: 'MODE_READ_ONLY',
            message: 'This mailbox is read-only; nothing can be sent from it.',
            evidence: { mailbox: facts.mailbox.address },
            retryable: true,
          },
        ];
    }
  },
};

function effectiveMode(facts: SendFacts): OversightMode {
  const tightened = facts.mailbox.tighten
    .filter((rule) => fits(rule, facts))
    .map((rule) => rule.to);
  return strictestMode(facts.mailbox.mode, facts.content.requestedMode, ...tightened);
}

/** Every condition that is named must hold; what is not known counts as fitting (P2). */
function fits({ when }: TightenRule, { content, history, recipients, now }: SendFacts): boolean {
  const { category, freeText, firstOf, lapsedDays, tag } = when;
  if (category !== undefined && category !== content.category) return false;
  if (freeText !== undefined && freeText === (content.template?.approved === true)) return false;
  if (firstOf === 'campaign' && history.campaignSent) return false;
  if (firstOf === 'step' && history.stepSent) return false;
  if (tag !== undefined && !content.tags.includes(tag)) {
    if (!recipients.some((recipient) => recipient.tags.includes(tag))) return false;
  }
  if (lapsedDays === undefined) return true;
  const since = now - lapsedDays * DAY;
  return recipients.some(({ lastHeardFromAt }) => (lastHeardFromAt ?? 0) < since);
}
