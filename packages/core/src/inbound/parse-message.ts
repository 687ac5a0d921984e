import { createHash } from 'node:crypto';
import PostalMime, { type Email } from 'postal-mime';
import { domainOf } from '../identity/address.ts';
import { parseMessageIds } from '../identity/message-id.ts';
import { type Authentication, type HeaderField, readAuthentication } from './authentication.ts';
import { htmlToText } from './html-to-text.ts';
import { type LoopSigns, readLoopSigns } from './loop-signs.ts';
import { cutNewText } from './new-text.ts';
import { type ParsedAttachment, toAttachments } from './parse-attachments.ts';
import { type Correspondent, toCorrespondents } from './parse-correspondents.ts';
import { cleanLine, cleanText } from './untrusted-text.ts';

/** A message from outside, understood as far as it can be. */
export interface ParsedMessage {
  /** Message-ID without brackets; made from the hash of the bytes when there is none. */
  readonly internetMessageId: string;
  readonly inReplyTo?: string;
  /** Oldest first, at most 100. */
  readonly references: readonly string[];
  /** Absent when From holds no address that mail could be sent to. */
  readonly from?: Correspondent;
  /** From as it stands there, for people to look at. */
  readonly fromText: string;
  readonly to: readonly Correspondent[];
  readonly cc: readonly Correspondent[];
  readonly replyTo?: Correspondent;
  readonly subject: string;
  /** The Date field, epoch ms. */
  readonly date?: number;
  /** The text part; made from the HTML when there is none. */
  readonly text: string;
  readonly html?: string;
  /** What the person wrote, without quoted history. */
  readonly newText: string;
  readonly attachments: readonly ParsedAttachment[];
  readonly loop: LoopSigns;
  readonly authentication: Authentication;
  /** SHA-256 of the bytes, hex. */
  readonly rawSha256: string;
  /** What was wrong with it, as codes such as `from_missing`; nothing is thrown. */
  readonly defects: readonly string[];
}

/** Longest text and HTML that are kept, in characters; the raw message stays whole. */
const MAX_BODY = 1_000_000;
const MAX_HEADER_FALLBACK = 262_144;

/**
 * Parses any bytes as a message (RFC 5322, MIME). Never throws: what is damaged is named in
 * `defects` and the rest is given.
 */
export async function parseMessage(
  raw: Uint8Array | string,
  options: { readonly trustedAuthservId?: string | undefined } = {},
): Promise<ParsedMessage> {
  const bytes = typeof raw === 'string' ? Buffer.from(raw) : raw;
  const defects: string[] = [];
  const email = await parseMime(bytes, defects);
  const rawSha256 = createHash('sha256').update(bytes).digest('hex');
  const [from] = toCorrespondents([email.from]);
  const [replyTo] = toCorrespondents(email.replyTo);
  const [inReplyTo] = parseMessageIds(email.inReplyTo ?? '');
  const [messageId] = parseMessageIds(email.messageId ?? '');
  const date = email.date === undefined ? Number.NaN : Date.parse(email.date);
  if (from === undefined) defects.push('from_missing');
  if (messageId === undefined) defects.push('message_id_missing');
  if (Number.isNaN(date)) defects.push('date_missing');
  const headers: readonly HeaderField[] = email.headers;
  return {
    internetMessageId: messageId ?? `${rawSha256}@missing-message-id.invalid`,
    references: toReferences(email.references ?? ''),
    fromText: cleanLine(headers.find(({ key }) => key === 'from')?.value ?? '', 320),
    to: toCorrespondents(email.to),
    cc: toCorrespondents(email.cc),
    subject: cleanLine(email.subject ?? '', 998),
    ...toBodies(email, defects),
    attachments: toAttachments(email.attachments, defects),
    loop: readLoopSigns(headers),
    authentication: readAuthentication(
      headers,
      options.trustedAuthservId,
      from === undefined ? undefined : domainOf(from.address),
    ),
    rawSha256,
    defects,
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    ...(from === undefined ? {} : { from }),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(Number.isNaN(date) ? {} : { date }),
  };
}

/** Of an endless field the root of the thread and the nearest ancestors matter. */
function toReferences(field: string): readonly string[] {
  const text = field.length <= 60_000 ? field : `${field.slice(0, 2_000)} ${field.slice(-58_000)}`;
  return parseMessageIds(text);
}

function toBodies(
  email: Email,
  defects: string[],
): Pick<ParsedMessage, 'text' | 'newText'> & { readonly html?: string } {
  const html = cleanText(email.html ?? '', MAX_BODY);
  const given = cleanText(email.text ?? '', MAX_BODY);
  const text = given.trim() === '' && html !== '' ? htmlToText(html) : given;
  if ((email.text?.length ?? 0) > MAX_BODY || (email.html?.length ?? 0) > MAX_BODY) {
    defects.push('body_cut');
  }
  return { text, newText: cutNewText(text), ...(html === '' ? {} : { html }) };
}

/** The parser refuses absurd nesting and huge headers: then the header fields alone are read. */
async function parseMime(bytes: Uint8Array, defects: string[]): Promise<Email> {
  try {
    return await PostalMime.parse(bytes, { maxNestingDepth: 50, maxRfc822NestingDepth: 3 });
  } catch {
    defects.push('mime_unreadable');
  }
  const head = Buffer.from(bytes.subarray(0, MAX_HEADER_FALLBACK)).toString('latin1');
  const blank = /\r?\n\r?\n/.exec(head);
  const fields = head.slice(0, blank?.index ?? head.length);
  const plain = fields.replace(/^content-[\w-]{1,80}:/gim, 'x-unread:');
  try {
    const email = await PostalMime.parse(Buffer.from(`${plain}\r\n\r\n`, 'latin1'));
    const body = Buffer.from(bytes)
      .toString('utf8')
      .slice(blank?.index ?? 0, MAX_BODY);
    return { ...email, text: body.trim() };
  } catch {
    return { headers: [], headerLines: [], attachments: [] };
  }
}
