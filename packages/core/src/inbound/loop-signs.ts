import type { HeaderField } from './authentication.ts';

/** How a message shows that no person waits for an answer to it. */
export interface LoopSigns {
  /** Any sign at all: an agent must not answer (RFC 3834 §2, RFC 2919, RFC 5321 §4.5.5). */
  readonly signs: readonly string[];
  /** A machine wrote it. List mail has signs, too, but people write to lists. */
  readonly autoSubmitted: boolean;
  /** A report that mail could not be delivered (RFC 6522 with RFC 3464, or from the mail system). */
  readonly isBounce: boolean;
}

/** Vacation programs that say so in a field of their own; from the documentation of each. */
const AUTO_REPLY_FIELDS = new Set([
  'x-autoreply',
  'x-autorespond',
  'x-autoresponder',
  'x-autoreply-from',
  'x-auto-reply-from',
  'x-vacation',
  'x-mail-autoreply',
]);

/** Reads the signs from the top header fields. */
export function readLoopSigns(headers: readonly HeaderField[]): LoopSigns {
  const signs = new Set<string>();
  let machine = false;
  const note = (sign: string, byMachine: boolean): void => {
    signs.add(sign);
    machine ||= byMachine;
  };
  for (const { key, value } of headers) {
    const word = value.trim().toLowerCase();
    if (key === 'auto-submitted' && (word.split(/[\s;(]/, 1)[0] ?? '') !== 'no') {
      note('auto_submitted', true);
    }
    if (key === 'precedence') {
      const [, precedence] = /^(bulk|list|junk|auto_reply)\b/.exec(word) ?? [];
      if (precedence !== undefined) note(`precedence_${precedence}`, precedence !== 'list');
    }
    if (key === 'list-id') note('list_id', false);
    if (key === 'return-path' && /^<\s*>$/.test(word)) note('null_return_path', true);
    if (AUTO_REPLY_FIELDS.has(key) && word !== 'no') note('auto_reply_field', true);
  }
  const report = readReport(headers, signs.has('null_return_path'));
  if (report !== undefined) note('report', true);
  return { signs: [...signs], autoSubmitted: machine, isBounce: report === 'bounce' };
}

function readReport(
  headers: readonly HeaderField[],
  nullReturnPath: boolean,
): 'bounce' | 'other' | undefined {
  const type = find(headers, 'content-type').toLowerCase();
  if (/^\s*multipart\/report\b/.test(type)) {
    const [, kind] = /report-type\s*=\s*"?([\w-]+)/.exec(type) ?? [];
    return kind === undefined || kind === 'delivery-status' ? 'bounce' : 'other';
  }
  const bySystem = /\b(mailer-daemon|postmaster)@/i.test(find(headers, 'from').slice(0, 998));
  return bySystem && nullReturnPath ? 'bounce' : undefined;
}

function find(headers: readonly HeaderField[], key: string): string {
  return headers.find((field) => field.key === key)?.value ?? '';
}
