import type { Outcome } from '../../operations/outcome.ts';
import type { InboxPage, MessageSummary } from '../../operations/results.ts';
import { toToolData } from '../to-tool-data.ts';
import type { ToolResult } from '../tool.ts';
import { renderRefusal } from './render-refusal.ts';
import { renderRows } from './render-rows.ts';
import { toRow } from './to-row.ts';

/** A page of messages without bodies. */
export function renderInbox(outcome: Outcome<InboxPage>): ToolResult {
  if (outcome.status !== 'ok') return renderRefusal(outcome);
  const emails = outcome.emails.map((email) => ({
    ...toToolData(email),
    has_replies: email.replyIds.length > 0,
  }));
  return {
    status: 'ok',
    code: 'OK',
    text: renderRows({
      lead: `${outcome.total} messages in all, ${emails.length} on this page.`,
      rows: outcome.emails.map(toInboxRow),
      cursor: outcome.cursor,
    }),
    data: { ...toToolData(outcome), emails },
  };
}

/** The row a model needs: direction, unread and state are left out where they say nothing. */
function toInboxRow(email: MessageSummary): string {
  const { mailbox: _mailbox, direction, unread, ...rest } = toToolData(email);
  return toRow({
    ...rest,
    ...(direction === 'outbound' ? { direction } : {}),
    ...(unread === true ? { unread } : {}),
  });
}
