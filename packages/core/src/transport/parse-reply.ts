import type { SmtpReply } from './transport.ts';

/** How much of a server's text is kept, in UTF-16 units. */
export const MAX_REPLY_TEXT = 500;

/**
 * Reads one complete SMTP reply, of one or several lines (RFC 5321 §4.2). A reply whose lines have
 * no code, or not the same one, comes back without `code`: it says nothing that may be relied on.
 * The text is bounded and free of control and format characters; `secrets` in it are masked, for a
 * server may echo what it was sent.
 */
export function parseReply(raw: string, secrets: readonly string[] = []): SmtpReply {
  const lines = raw.split('\n').flatMap((line) => line.trimEnd() || []);
  const parsed = lines.map((line) => LINE.exec(line));
  const code = parsed[0]?.[1];
  if (code === undefined || parsed.some((line) => line?.[1] !== code)) {
    return { text: toPlainText(lines.join(' '), secrets) };
  }
  const texts = parsed.map((line) => line?.[2] ?? '');
  const enhanced = ENHANCED.exec(texts[0] ?? '')?.[1];
  const words = texts.map((text) => (enhanced === undefined ? text : text.replace(ENHANCED, '')));
  return {
    code: Number(code),
    ...(enhanced === undefined ? {} : { enhanced }),
    text: toPlainText(words.join(' ').trim(), secrets),
  };
}

/** Makes text from outside fit to store and to show. */
export function toPlainText(text: string, secrets: readonly string[] = []): string {
  let plain = text;
  for (const secret of secrets) plain = plain.replaceAll(secret, '***');
  return plain
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, ' ')
    .slice(0, MAX_REPLY_TEXT)
    .toWellFormed();
}

const LINE = /^([2-5]\d\d)(?:[ -](.*))?$/s;
/** RFC 3463 §2, RFC 2034 §4; some servers write it as `#5.1.1` or `[5.1.1]`. */
const ENHANCED = /^[#[(]?([245]\.\d{1,3}\.\d{1,3})[\])]?(?:\s+|$)/;
