import type { Outcome } from '../../operations/outcome.ts';
import type { EmailView, ThreadView } from '../../operations/results.ts';
import { toToolData } from '../to-tool-data.ts';
import type { ToolResult } from '../tool.ts';
import { cleanText } from './clean-text.ts';
import { cutText } from './cut-text.ts';
import { toEmailHead } from './email-head.ts';
import { fenceText } from './fence-text.ts';
import { FRAME, MAX_ENTRIES, MAX_TEXT } from './limits.ts';
import { renderRefusal } from './render-refusal.ts';

/** A shorter share than this is not worth showing. */
const MIN_BODY = 300;

/** A conversation, oldest first. When it is too long, the newest messages are shown. */
export function renderThread(outcome: Outcome<ThreadView>): ToolResult {
  if (outcome.status !== 'ok') return renderRefusal(outcome);
  const shown = fittingTail(outcome.emails);
  const older = outcome.emails.slice(0, outcome.emails.length - shown.length);
  return {
    status: 'ok',
    code: 'OK',
    text: [
      `${outcome.emails.length} messages, thread_id: ${outcome.threadId}`,
      ...(older.length === 0 ? [] : [describeOlder(older)]),
      fenceText(shown.join('\n\n')),
    ].join('\n'),
    data: toToolData(outcome),
  };
}

/** The newest messages that fit, each with an equal share for its text. */
function fittingTail(emails: readonly EmailView[]): readonly string[] {
  const heads = emails.map(toEmailHead);
  let left = MAX_TEXT - 2 * FRAME;
  let first = heads.length;
  while (first > 0) {
    const needed = (heads[first - 1]?.length ?? 0) + MIN_BODY;
    if (needed > left) break;
    left -= needed;
    first -= 1;
  }
  const count = Math.max(1, heads.length - first);
  const share = MIN_BODY - 100 + Math.floor(left / count);
  return emails.slice(first).map((email, index) => {
    const body = cleanText(email.body);
    const isCut = email.truncated || body.length > share;
    const note = isCut ? '\n(cut; read_email has the whole text)' : '';
    return `${heads[first + index] ?? ''}\n${cutText(body, share)}${note}`;
  });
}

function describeOlder(older: readonly EmailView[]): string {
  const ids = older.slice(-MAX_ENTRIES).map((email) => email.id);
  return `${older.length} older messages are not shown; read_email gives each. The latest of them: ${ids.join(', ')}`;
}
