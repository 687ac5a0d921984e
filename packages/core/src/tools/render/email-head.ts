import type { EmailView } from '../../operations/results.ts';
import { toToolData } from '../to-tool-data.ts';
import { toRow } from './to-row.ts';

/** Everything about a message but its text, on one line. */
export function toEmailHead(email: EmailView): string {
  const {
    status: _status,
    body: _body,
    truncated: _truncated,
    next_offset: _nextOffset,
    mailbox: _mailbox,
    ...head
  } = toToolData(email);
  return toRow(head);
}
