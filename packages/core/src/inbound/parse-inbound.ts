import { hash } from 'node:crypto';
import { domainOf } from '../identity/address.ts';
import { parseMessageIds } from '../identity/message-id.ts';
import {
  type HeaderField,
  listAuthenticationResults,
  readAuthentication,
} from './authentication.ts';
import { visibleHtmlToText } from './html-to-text.ts';
import type { InboundMessage } from './inbound-message.ts';
import { type LoopSigns, readLoopSigns } from './loop-signs.ts';
import { type MachineMail, type MachineMailInput, readMachineMail } from './machine-mail.ts';
import { readAnyMail } from './mime/read-any-mail.ts';
import { type ReadMail, readCommonMail } from './mime/read-common-mail.ts';
import { splitHtmlReply } from './new-text/html-to-reply.ts';
import { type SplitReply, splitReply } from './new-text/split-reply.ts';
import { toAttachments } from './parse-attachments.ts';
import { toCorrespondents } from './parse-correspondents.ts';
import { readDeliveredTo, readEnvelopeRecipients } from './recipient-fields.ts';
import { cleanLine, cleanText } from './untrusted-text.ts';

/** Longest text and HTML that are kept, in characters; the raw message stays whole. */
const MAX_BODY = 1_000_000;
/** Longest header that is read, in bytes: address fields without end cost more than they say. */
const MAX_HEADER = 262_144;
/** The library spends some 30 µs on a line of text; as many as 35 MiB of base64 have. */
const MAX_LINES = 500_000;

/** What {@link parseInbound} may be told. */
export interface ParseInboundOptions {
  /** The authserv-id of the operator's own server, whose word on the sender is believed. */
  readonly trustedAuthservId?: string | undefined;
}

/**
 * Parses any bytes as a message (RFC 5322, MIME) and says what it is: a person's mail, a report
 * about delivery, a complaint, an automatic answer. Never throws, and takes time and memory in
 * proportion to the size: what is damaged is named in `defects` and the rest is given.
 *
 * ```ts
 * import { readFile } from 'node:fs/promises';
 * import { parseInbound } from '@mailwarden/core/inbound';
 *
 * const message = await parseInbound(await readFile('bounce.eml'));
 * for (const one of message.deliveryStatus?.recipients ?? []) {
 *   if (one.permanent) await stopWritingTo(one.address, one.reason);
 * }
 *
 * declare function stopWritingTo(address: string, why: string): Promise<void>;
 * ```
 */
export async function parseInbound(
  raw: Uint8Array | string,
  options: ParseInboundOptions = {},
): Promise<InboundMessage> {
  const given = typeof raw === 'string' ? Buffer.from(raw) : raw;
  const defects: string[] = [];
  const bytes = toLines(given, defects);
  const email = await parseMime(bytes, defects);
  const rawSha256 = hash('sha256', given);
  const [from] = toCorrespondents([email.from]);
  const [replyTo] = toCorrespondents(email.replyTo);
  const [inReplyTo] = parseMessageIds(email.inReplyTo ?? '');
  const [messageId] = parseMessageIds(email.messageId ?? '');
  const date = email.date === undefined ? Number.NaN : Date.parse(email.date);
  if (from === undefined) defects.push('from_missing');
  if (messageId === undefined) defects.push('message_id_missing');
  if (Number.isNaN(date)) defects.push('date_missing');
  const fields: readonly HeaderField[] = email.headers;
  const subject = cleanLine(email.subject ?? '', 998);
  const bodies = toBodies(email, defects);
  const machine = readKind({ fields, bytes, subject, text: bodies.text, date }, defects);
  return {
    ...machine,
    internetMessageId: messageId ?? `${rawSha256}@missing-message-id.invalid`,
    references: toReferences(email.references ?? ''),
    fromText: cleanLine(fields.find(({ key }) => key === 'from')?.value ?? '', 320),
    to: toCorrespondents(email.to),
    cc: toCorrespondents(email.cc),
    deliveredTo: readDeliveredTo(fields),
    envelopeRecipients: readEnvelopeRecipients(fields),
    subject,
    ...bodies,
    attachments: toAttachments(email.attachments, defects),
    loop: withKind(readLoopSigns(fields), machine),
    authenticationResults: listAuthenticationResults(fields),
    authentication: readAuthentication(
      fields,
      options.trustedAuthservId,
      from === undefined ? undefined : domainOf(from.address),
    ),
    ...readMarks(fields),
    rawSha256,
    defects,
    ...(inReplyTo === undefined ? {} : { inReplyTo }),
    ...(from === undefined ? {} : { from }),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(Number.isNaN(date) ? {} : { date }),
  };
}

/** Mail as stores keep it: a bare CR at the end of every line, a line of mbox before the header. */
function toLines(given: Uint8Array, defects: string[]): Uint8Array {
  const head = given.subarray(0, MAX_HEADER);
  const isBare = head.includes(13) && !head.includes(10);
  if (isBare) defects.push('bare_cr');
  const bytes = isBare ? given.map((byte) => (byte === 13 ? 10 : byte)) : given;
  const isMbox = Buffer.from(bytes.subarray(0, 5)).toString('latin1') === 'From ';
  return isMbox ? bytes.subarray(bytes.indexOf(10) + 1) : bytes;
}

/** The one place where a fault of our own in reading a report ends: it is a message then. */
function readKind(input: MachineMailInput, defects: string[]): MachineMail {
  try {
    return readMachineMail(input);
  } catch {
    defects.push('kind_unreadable');
    return { kind: 'message' };
  }
}

/** Reports and answers of programs that no field gives away are not to be answered, either. */
function withKind(loop: LoopSigns, { kind }: MachineMail): LoopSigns {
  if (kind === 'message') return loop;
  return {
    signs: loop.autoSubmitted ? loop.signs : [...loop.signs, kind],
    autoSubmitted: true,
    isBounce: loop.isBounce || kind === 'delivery_status',
  };
}

function readMarks(
  fields: readonly HeaderField[],
): Pick<InboundMessage, 'autoSubmitted' | 'listId'> {
  const find = (name: string): string => fields.find(({ key }) => key === name)?.value ?? '';
  const keyword =
    cleanLine(find('auto-submitted'), 100)
      .toLowerCase()
      .split(/[\s;(]/, 1)[0] ?? '';
  const list = cleanLine(find('list-id'), 500);
  const listId = (/<([^<>]{1,255})>/.exec(list)?.[1] ?? list).trim();
  return {
    ...(keyword === '' || keyword === 'no' ? {} : { autoSubmitted: keyword }),
    ...(listId === '' ? {} : { listId }),
  };
}

/** Of an endless field the root of the thread and the nearest ancestors matter. */
function toReferences(field: string): readonly string[] {
  const text = field.length <= 60_000 ? field : `${field.slice(0, 2_000)} ${field.slice(-58_000)}`;
  return parseMessageIds(text);
}

function toBodies(
  email: ReadMail,
  defects: string[],
): Pick<InboundMessage, 'text' | 'html'> & SplitReply {
  const html = cleanText(email.html ?? '', MAX_BODY);
  const given = cleanText(email.text ?? '', MAX_BODY);
  const text = given.trim() === '' && html !== '' ? visibleHtmlToText(html) : given;
  if ((email.text?.length ?? 0) > MAX_BODY || (email.html?.length ?? 0) > MAX_BODY) {
    defects.push('body_cut');
  }
  return { text, ...splitBody(given, html), ...(html === '' ? {} : { html }) };
}

/** The text part as people wrote it; where it shows no quotation and the HTML does, the HTML. */
function splitBody(text: string, html: string): SplitReply {
  const reply = splitReply(text);
  if (html === '' || (text.trim() !== '' && reply.quotedText !== undefined)) return reply;
  const { isMarked, ...marked } = splitHtmlReply(html);
  return text.trim() === '' || (isMarked && marked.newText !== '') ? marked : reply;
}

/**
 * The parser refuses absurd nesting and huge headers, and is not given lines without end: then the
 * header fields alone are read.
 */
async function parseMime(bytes: Uint8Array, defects: string[]): Promise<ReadMail> {
  try {
    const common = readCommonMail(bytes);
    if (common !== undefined) return common;
    const limits = { maxNestingDepth: 50, maxRfc822NestingDepth: 3, maxHeadersSize: MAX_HEADER };
    if (!hasMoreLines(bytes, MAX_LINES)) return await readAnyMail(bytes, limits);
    defects.push('mime_unreadable');
  } catch {
    defects.push('mime_unreadable');
  }
  const head = Buffer.from(bytes.subarray(0, MAX_HEADER)).toString('latin1');
  const blank = /\r?\n\r?\n/.exec(head);
  const fields = head.slice(0, blank?.index ?? head.length);
  const plain = fields.replace(/^content-[\w-]{1,80}:/gim, 'x-unread:');
  try {
    const email = await readAnyMail(Buffer.from(`${plain}\r\n\r\n`, 'latin1'));
    const body = Buffer.from(bytes)
      .toString('utf8')
      .slice(blank?.index ?? 0, MAX_BODY);
    return { ...email, text: body.trim() };
  } catch {
    return { headers: [], attachments: [] };
  }
}

/** What may be the boundary of a part counts as ten: the library makes an object for each. */
function hasMoreLines(bytes: Uint8Array, most: number): boolean {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0 && lines <= most; at = bytes.indexOf(10, at + 1)) {
    const isMark = bytes[at + 1] === DASH && bytes[at + 2] === DASH;
    // A comment of SQL, a signature.
    lines += isMark && (bytes[at + 3] ?? 0) > SPACE ? 10 : 1;
  }
  return lines > most;
}

const DASH = 45;
const SPACE = 32;
