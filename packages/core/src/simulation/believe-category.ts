import type { SendFacts } from '../policy/facts.ts';
import type { AssumedFact } from './simulation-report.ts';

/**
 * A history says what its mail was and cannot prove it: the template that a person would have
 * approved, the message that was answered. These facts are assumed; which one, is told.
 */
export function believeCategory(facts: SendFacts): {
  readonly facts: SendFacts;
  readonly assumed: AssumedFact | undefined;
} {
  const { content, recipients } = facts;
  switch (content.category) {
    case 'marketing':
      return { facts, assumed: undefined };
    case 'transactional': {
      const template = { id: 'history', approved: true };
      return { facts: { ...facts, content: { ...content, template } }, assumed: 'template' };
    }
    case 'conversational': {
      const [first] = recipients;
      // Mail among colleagues needs no thread.
      if (first === undefined || recipients.every(({ internal }) => internal)) {
        return { facts, assumed: undefined };
      }
      const thread = {
        ...{ parentFrom: first.address, parentAuthenticated: true, recipientsWroteHere: true },
        ...{ loopSigns: [], agentRepliesToday: 0, quotesThread: true },
      };
      return { facts: { ...facts, thread }, assumed: 'thread' };
    }
  }
}
