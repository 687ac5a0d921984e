import type { SendOutcome, SendResult } from '../../operations/outcome.ts';
import { toToolData } from '../to-tool-data.ts';
import type { ToolResult } from '../tool.ts';
import { boundRows } from './bound-rows.ts';
import { cleanText } from './clean-text.ts';
import { cutText } from './cut-text.ts';
import { FRAME, MAX_ENTRIES, MAX_FIELD, MAX_TEXT } from './limits.ts';
import { reasonForModel } from './reason-for-model.ts';

/** What became of a send or a reply; one line per message when there are several. */
export function renderSend(outcome: SendOutcome): ToolResult {
  return {
    status: outcome.status,
    code: outcome.code,
    text: outcome.messages.length > 1 ? renderMany(outcome.messages) : renderOne(outcome),
    data: toToolData({ ...withReason(outcome), messages: outcome.messages.map(withReason) }),
  };
}

function renderOne(result: SendResult): string {
  const facts = [
    result.messageId === undefined ? '' : `message_id: ${result.messageId}`,
    result.threadId === undefined ? '' : `thread_id: ${result.threadId}`,
    result.dueAt === undefined ? '' : `not before: ${new Date(result.dueAt).toISOString()}`,
    result.to === undefined ? '' : `to: ${listed(result.to)}`,
  ].filter((fact) => fact !== '');
  return [
    `${result.status} (${result.code}). ${reasonForModel(result.code, result.reason)}`,
    ...(facts.length === 0 ? [] : [facts.join(' | ')]),
    ...noticesOf([result]),
  ].join('\n');
}

/** Reasons are said once per code, so that a thousand recipients do not repeat them. */
function renderMany(messages: readonly SendResult[]): string {
  const groups = Map.groupBy(messages, (each) => `${each.status} (${each.code})`);
  const lead = [...groups].map(
    ([label, group]) =>
      `${group.length} ${label}. ${cutText(reasonForModel(group[0]?.code ?? '', group[0]?.reason ?? ''), MAX_FIELD)}`,
  );
  const head = [`${messages.length} messages, one per recipient.`, ...lead, ...noticesOf(messages)];
  const rows = messages.map(
    (each) =>
      `- ${listed(each.to ?? [])}: ${each.status}${each.messageId === undefined ? '' : `, message_id: ${each.messageId}`}`,
  );
  const kept = boundRows(rows, MAX_TEXT - FRAME - head.join('\n').length);
  const missing = rows.length - kept.length;
  const tail =
    missing === 0 ? [] : [`${missing} more messages are not listed here; check_inbox finds them.`];
  return [...head, ...kept, ...tail].join('\n');
}

function withReason<T extends SendResult>(result: T): T {
  return { ...result, reason: reasonForModel(result.code, result.reason) };
}

function noticesOf(messages: readonly SendResult[]): readonly string[] {
  const notices = new Set(messages.flatMap((each) => each.notices ?? []));
  return [...notices]
    .slice(0, MAX_ENTRIES)
    .map((notice) => `Note: ${cutText(cleanText(notice), MAX_FIELD)}`);
}

function listed(addresses: readonly string[]): string {
  const shown = addresses.slice(0, MAX_ENTRIES).map(cleanText).join(', ');
  return addresses.length > MAX_ENTRIES
    ? `${shown} and ${addresses.length - MAX_ENTRIES} more`
    : shown;
}
