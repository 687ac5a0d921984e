import { PAUSE_CODES, type PauseScope } from '../../pauses/pause-scope.ts';
import type { Rule } from '../rule.ts';

/**
 * How long what is paused sleeps, ms: resuming makes it due, so that this is for a fault only. A
 * million paused deliveries cost a look each day.
 */
const PAUSE_RECHECK = 24 * 3_600_000;

/** While something is paused its mail waits; requests are still taken. */
export const pause: Rule = {
  id: 'pause',
  version: '2',
  evaluate({ phase, pause: paused, now }) {
    if (phase !== 'claim' || paused === undefined) return [];
    return [
      {
        effect: 'defer',
        until: now + PAUSE_RECHECK,
        code: PAUSE_CODES[paused.scope],
        message: `${WHAT[paused.scope]} paused; the message goes out when that ends.`,
        evidence: { reason: paused.reason },
      },
    ];
  },
};

const WHAT: Readonly<Record<PauseScope, string>> = {
  mailbox: 'The mailbox is',
  campaign: 'The campaign is',
  agent: 'Mail of this agent is',
  tenant: 'All mail is',
  everything: 'All mail is',
  restore: 'After a restore all mail is',
};
