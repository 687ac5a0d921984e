import type { SendResult } from '../operations/outcome.ts';
import type { ToolResult } from './tool.ts';

/** One message of a send, as its data tells. */
export interface SentMessage extends Pick<SendResult, 'code' | 'reason'> {
  readonly status: ToolResult['status'];
  /** Absent when nothing was recorded. */
  readonly messageId?: string;
  readonly to?: readonly string[];
}

/** The messages that a send or a reply made: several, when marketing went to several people. */
export function sentMessages({ data }: ToolResult): readonly SentMessage[] {
  const list: readonly unknown[] = Array.isArray(data.messages) ? data.messages : [];
  return list.filter(isRecord).map(({ status, code, reason, message_id, to }) => ({
    status: status as SentMessage['status'],
    code: String(code),
    reason: String(reason),
    ...(typeof message_id === 'string' ? { messageId: message_id } : {}),
    ...(Array.isArray(to) ? { to: to.map(String) } : {}),
  }));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
