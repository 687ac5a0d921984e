import { parseMessageIds } from '../identity/message-id.ts';
import type { HeaderField } from './authentication.ts';
import { fieldOf, type MimePart, splitHeader } from './delivery-status/split-mime-parts.ts';
import { cleanLine } from './untrusted-text.ts';

/** A complaint about a message, or what its reader asked for by a button. */
export interface FeedbackReport {
  /**
   * `abuse`, `fraud`, `virus`, `not-spam`, `auth-failure`, `other` (RFC 5965 §7.3, RFC 6591), or
   * `opt-out`. `not-spam` is the opposite of a complaint.
   */
  readonly type: string;
  /** Often redacted by the provider, and absent then. Untrusted. */
  readonly originalRecipient?: string;
  /** Message-ID of the message complained of, without brackets. */
  readonly originalInternetMessageId?: string;
  /** Envelope sender of the message complained of (RFC 5965 §3.2). */
  readonly originalMailFrom?: string;
  /** What its sender named the envelope (RFC 5965 §3.2). */
  readonly originalEnvelopeId?: string;
  /** X-Mailwarden-Id of the message complained of. */
  readonly originalMailwardenId?: string;
  /** The program that made the report; empty when it does not say. */
  readonly userAgent: string;
  /** When the message arrived there, epoch ms. */
  readonly arrivalDate?: number;
}

const ADDRESS = /[^\s<>"(),;:|[\]]{1,200}@[^\s<>"(),;:|[\]]{1,200}/;
/** What AOL and others put in the place of a name. */
const REDACTED = /^(?:redacted|x|undisclosed)@/i;
/** Providers that report in a form of their own; from the documentation of each. */
const COMPLAINT_SENDERS =
  /staff@hotmail\.com|complaints@email-abuse\.amazonses\.com|feedback.{0,20}@(?:hotmail|outlook|live)\.com/i;

/** Reads a report of the Abuse Reporting Format (RFC 5965), or of those who do not use it. */
export function readFeedbackReport(
  fields: readonly HeaderField[],
  parts: readonly MimePart[],
): FeedbackReport | undefined {
  const original = findOriginal(parts);
  const report = findReportFields(fields, parts);
  if (report !== undefined) return toReport(report, original);
  const from = fieldOf(fields, 'from').slice(0, 998);
  if (fieldOf(fields, 'x-apple-unsubscribe').trim().toLowerCase() === 'true') {
    return toReport(
      [
        { key: 'feedback-type', value: 'opt-out' },
        { key: 'original-rcpt-to', value: from },
      ],
      original,
    );
  }
  const quoted = findSpamCopOriginal(fields, parts);
  if (quoted !== undefined) {
    const report = [{ key: 'feedback-type', value: 'abuse' }];
    return toReport([...report, { key: 'user-agent', value: 'SpamCop' }], quoted);
  }
  const isComplaint = /^\s*complaint about message from /i.test(fieldOf(fields, 'subject'));
  const isMarked = fieldOf(original, 'x-hmxmroriginalrecipient') !== '';
  if (!isComplaint || !(isMarked || COMPLAINT_SENDERS.test(from))) return undefined;
  return toReport([{ key: 'feedback-type', value: 'abuse' }, ...fields], original);
}

/** SpamCop writes a letter with the message below a line of its own. */
function findSpamCopOriginal(
  fields: readonly HeaderField[],
  parts: readonly MimePart[],
): readonly HeaderField[] | undefined {
  if (fieldOf(fields, 'x-spamcop-sourceip') === '') return undefined;
  const text = parts.map((part) => part.text.slice(0, 50_000)).join('\n');
  const at = text.indexOf('[ Offending message ]');
  if (at < 0) return undefined;
  return splitHeader(`${text.slice(at + 21).trim()}\n`).fields;
}

function findReportFields(
  fields: readonly HeaderField[],
  parts: readonly MimePart[],
): readonly HeaderField[] | undefined {
  const part = parts.find(({ type }) => type === 'message/feedback-report');
  if (part !== undefined) return [...part.fields, ...fieldsIn(part.text)];
  if (!/report-type\s*=\s*"?feedback-report/i.test(fieldOf(fields, 'content-type')))
    return undefined;
  // The form is declared, but the part is of another type.
  const text = parts.find((one) => /^feedback-type\s?:/im.test(one.text.slice(0, 20_000)))?.text;
  return fieldsIn(text ?? '');
}

function fieldsIn(text: string): readonly HeaderField[] {
  return text
    .slice(0, 50_000)
    .split(/\n{2,}/)
    .flatMap((block) => splitHeader(`${block.trim()}\n`).fields);
}

function toReport(
  report: readonly HeaderField[],
  original: readonly HeaderField[],
): FeedbackReport {
  const type = /[\w-]{2,40}/.exec(fieldOf(report, 'feedback-type').toLowerCase())?.[0] ?? 'other';
  const recipient = [
    fieldOf(report, 'original-rcpt-to'),
    fieldOf(report, 'removal-recipient'),
    fieldOf(report, 'x-hmxmroriginalrecipient'),
    fieldOf(original, 'x-hmxmroriginalrecipient'),
    fieldOf(original, 'to'),
  ]
    .flatMap((text) => ADDRESS.exec(text.slice(0, 2_000))?.[0] ?? [])
    .find((address) => !REDACTED.test(address));
  const date = Date.parse(fieldOf(report, 'arrival-date') || fieldOf(report, 'received-date'));
  const [id] = parseMessageIds(fieldOf(original, 'message-id'));
  const path = fieldOf(report, 'original-mail-from') || fieldOf(original, 'return-path');
  const mailFrom = ADDRESS.exec(path.slice(0, 2_000))?.[0];
  const envelopeId = fieldOf(report, 'original-envelope-id').trim().slice(0, 100);
  const mailwardenId = fieldOf(original, 'x-mailwarden-id').trim().slice(0, 100);
  return {
    type,
    userAgent: cleanLine(fieldOf(report, 'user-agent'), 200),
    ...(recipient === undefined ? {} : { originalRecipient: cleanLine(recipient, 320) }),
    ...(id === undefined ? {} : { originalInternetMessageId: id }),
    ...(mailFrom === undefined ? {} : { originalMailFrom: cleanLine(mailFrom, 320) }),
    ...(envelopeId === '' ? {} : { originalEnvelopeId: cleanLine(envelopeId, 100) }),
    ...(mailwardenId === '' ? {} : { originalMailwardenId: cleanLine(mailwardenId, 100) }),
    ...(Number.isNaN(date) ? {} : { arrivalDate: date }),
  };
}

function findOriginal(parts: readonly MimePart[]): readonly HeaderField[] {
  const part = parts.find(({ type }) =>
    /^(?:message\/(?:rfc822|partial|global)|text\/rfc822(?:-headers?)?)$/.test(type),
  );
  return part === undefined ? [] : splitHeader(part.text.replace(/^\s+/, '')).fields;
}
