import type { SendResult } from '../outcome.ts';
import type { DecidedSubmission } from './decided-submission.ts';

/** What the caller is told: one short reason that it can act on. */
export function toSendResult(decided: DecidedSubmission, dueAt: number): SendResult {
  const { content, decision, notices } = decided;
  const shared = {
    messageId: content.id,
    threadId: content.threadId,
    to: content.to,
    code: decision.code,
    ...(notices.length === 0 ? {} : { notices }),
  };
  const scheduled = dueAt > decision.decidedAt;
  switch (decision.effect) {
    case 'allow':
      return scheduled
        ? { ...shared, status: 'scheduled', code: 'SCHEDULED', reason: laterReason(dueAt), dueAt }
        : { ...shared, status: 'queued', reason: 'It is queued and goes out now.' };
    case 'defer':
      return { ...shared, status: 'scheduled', reason: decision.message, dueAt };
    case 'hold':
      return { ...shared, status: 'held', reason: decision.message };
    case 'block':
      return { ...shared, status: 'blocked', reason: decision.message };
  }
}

function laterReason(dueAt: number): string {
  return `It goes out at ${new Date(dueAt).toISOString()}; everything is checked again then.`;
}
