import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { encodeWord } from 'nodemailer/lib/mime-funcs';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { parseAddress } from '../identity/address.ts';
import { parseHeaderField } from '../identity/header-field.ts';

/** What {@link buildWire} takes: decided content, slots filled, and the closed list beside it. */
export interface WireInput {
  readonly from: { readonly address: string; readonly name?: string | null | undefined };
  readonly to: readonly string[];
  /** There is no bcc here: Bcc is never serialised. */
  readonly cc: readonly string[];
  readonly replyTo?: string | null | undefined;
  readonly subject: string;
  /** Epoch ms of the first attempt. */
  readonly date: number;
  /** Without brackets, like every id here. */
  readonly messageId: string;
  readonly inReplyTo?: string | null | undefined;
  readonly references: readonly string[];
  readonly callerHeaders: readonly (readonly [name: string, value: string])[];
  readonly marketingHeaders: readonly { readonly name: string; readonly value: string }[];
  /** RFC 3834; only mail that no person and no agent wrote. */
  readonly autoSubmitted?: 'auto-generated' | 'auto-replied';
  readonly text: string;
  readonly html?: string | null | undefined;
  readonly attachments: readonly WireAttachment[];
}

export interface WireAttachment {
  readonly name: string;
  readonly type: string;
  readonly content: Uint8Array;
}

/** A header field as nodemailer takes it; `prepared` means: write it as it is. */
interface RawField {
  readonly key: string;
  readonly value: {
    readonly prepared: true;
    readonly foldLines: boolean;
    readonly value: string;
  };
}

const ID = /^[\x21-\x3b\x3d\x3f-\x7e]{1,900}$/;
const TYPE =
  /^(?!multipart\/|message\/)[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/i;

/**
 * The bytes of one message (RFC 5322, MIME), unsigned, with CRLF line ends and no line over 998
 * octets. Throws `ADDRESS_INVALID` or `HEADER_INVALID` for anything that could add a header field.
 */
export async function buildWire(input: WireInput): Promise<{ raw: Buffer; sha256: string }> {
  const raw = await new MailComposer({
    from: { name: displayName(input.from.name), address: parseAddress(input.from.address) },
    to: input.to.map(toAddress),
    cc: input.cc.map(toAddress),
    ...(input.replyTo == null ? {} : { replyTo: toAddress(input.replyTo) }),
    date: new Date(input.date),
    messageId: bracket('Message-ID', input.messageId),
    ...threadFields(input),
    headers: headerFields(input),
    text: input.text,
    ...(input.html == null ? {} : { html: input.html }),
    attachments: input.attachments.map(toAttachment),
    newline: 'win',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
    .compile()
    .build();
  return { raw, sha256: createHash('sha256').update(raw).digest('hex') };
}

/** Never a string: nodemailer reads a string as a list of addresses. */
function toAddress(address: string): { name: string; address: string } {
  return { name: '', address: parseAddress(address) };
}

function displayName(name: string | null | undefined): string {
  const value = [...(name ?? '')].slice(0, 100).join('').trim();
  return value === '' ? '' : parseHeaderField('From', value).value;
}

function threadFields(input: WireInput): { inReplyTo?: string; references?: string[] } {
  const { inReplyTo } = input;
  const isId = (id: string | null | undefined): id is string => id != null && ID.test(id);
  // Ids that other systems made and that no header can carry are left out; the thread survives.
  const references = input.references.filter(isId);
  return {
    ...(isId(inReplyTo) ? { inReplyTo: `<${inReplyTo}>` } : {}),
    ...(references.length === 0 ? {} : { references: references.map((id) => `<${id}>`) }),
  };
}

function headerFields(input: WireInput): RawField[] {
  const subject = input.subject.trim() === '' ? [] : [encodedField('Subject', input.subject)];
  const caller = input.callerHeaders.map(([name, value]) => encodedField(name, value));
  const marketing = input.marketingHeaders.map(({ name, value }) => plainField(name, value));
  const auto = input.autoSubmitted === undefined ? [] : [input.autoSubmitted];
  const submitted = auto.map((value) => plainField('Auto-Submitted', value));
  return [...subject, ...caller, ...marketing, ...submitted];
}

/** Not folded: some relays break the signature of a folded List-Unsubscribe. */
function plainField(name: string, value: string): RawField {
  const field = parseHeaderField(name, value);
  if (/[^\x20-\x7e]/.test(field.value)) {
    throw new MailwardenError('HEADER_INVALID', { detail: `${name} has to be ASCII.` });
  }
  return { key: field.name, value: { prepared: true, foldLines: false, value: field.value } };
}

/** Free text; encoded (RFC 2047) when the reader could otherwise see something else. */
function encodedField(name: string, value: string): RawField {
  parseHeaderField(name, 'x');
  if (/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u.test(value)) {
    throw new MailwardenError('HEADER_INVALID', { detail: `${name} has control characters.` });
  }
  const text = value.trim();
  // "=?" in the text would be decoded by the reader's client and hide what was approved.
  const literal = /^[\x20-\x7e]*$/.test(text) && !text.includes('=?') && !/\S{70}/.test(text);
  const encoded = literal ? text : encodeWord(text, 'Q', 52);
  return { key: name, value: { prepared: true, foldLines: true, value: encoded } };
}

function bracket(name: string, id: string): string {
  if (ID.test(id) && id.includes('@')) return `<${id}>`;
  throw new MailwardenError('HEADER_INVALID', { detail: `${name} is no message id.` });
}

function toAttachment({ name, type, content }: WireAttachment) {
  const filename = name.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}/\\]+/gu, '_').slice(0, 150);
  return {
    filename: filename.trim() === '' ? 'attachment' : filename,
    contentType: TYPE.test(type) ? type.toLowerCase() : 'application/octet-stream',
    contentTransferEncoding: 'base64',
    contentDisposition: 'attachment',
    content: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
  };
}
