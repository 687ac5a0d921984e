import { MailwardenError } from '../errors/mailwarden-error.ts';
import { parseAddress } from '../identity/address.ts';
import { parseHeaderField } from '../identity/header-field.ts';
import { buildBody } from './mime/build-body.ts';
import { toEncodedWords } from './mime/encoded-words.ts';
import { foldField } from './mime/fold-field.ts';
import { quote } from './mime/parameter.ts';

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
  /** A token that names the message in reports which return its header. */
  readonly mailwardenId?: string;
  /** What a relay is asked for in the header. */
  readonly relayHeader?: { readonly name: string; readonly value: string };
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

const ID = /^[\x21-\x3b\x3d\x3f-\x7e]{1,900}$/;
/** RFC 5322 §3.2.3: what a display name may have outside quotes, spaces besides. */
const ATOMS = /^[A-Za-z0-9!#$%&'*+\-/=?^_`{|}~ ]+$/;

/**
 * The bytes of one message (RFC 5322, MIME), unsigned, with CRLF line ends and no line over 998
 * octets. Throws `ADDRESS_INVALID` or `HEADER_INVALID` for anything that could add a header field.
 *
 * Our own because composing was the dearest step of a delivery (decisions/0019-wire.md); a test holds
 * it against nodemailer's composer.
 */
export function buildWire(input: WireInput): Buffer {
  const header = [
    foldField('From', `${displayName(input.from.name)}<${parseAddress(input.from.address)}>`),
    ...addressField('To', input.to),
    ...addressField('Cc', input.cc),
    ...addressField('Reply-To', input.replyTo == null ? [] : [input.replyTo]),
    ...(input.subject.trim() === '' ? [] : [encodedField('Subject', input.subject)]),
    foldField('Date', new Date(input.date).toUTCString().replace('GMT', '+0000')),
    foldField('Message-ID', bracket('Message-ID', input.messageId)),
    ...threadFields(input),
    ...input.callerHeaders.map(([name, value]) => encodedField(name, value)),
    ...input.marketingHeaders.map(({ name, value }) => plainField(name, value)),
    ...(input.relayHeader === undefined
      ? []
      : [plainField(input.relayHeader.name, input.relayHeader.value)]),
    ...(input.mailwardenId === undefined
      ? []
      : [plainField('X-Mailwarden-Id', input.mailwardenId)]),
    ...(input.autoSubmitted === undefined
      ? []
      : [plainField('Auto-Submitted', input.autoSubmitted)]),
    'MIME-Version: 1.0\r\n',
  ];
  return Buffer.from(header.join('') + buildBody(input));
}

function addressField(name: string, addresses: readonly string[]): string[] {
  if (addresses.length === 0) return [];
  return [foldField(name, addresses.map(parseAddress).join(', '))];
}

/** With a space behind it, ready to stand before an angle bracket; empty when there is none. */
function displayName(name: string | null | undefined): string {
  const text = [...(name ?? '')].slice(0, 100).join('').trim();
  if (text === '') return '';
  const { value } = parseHeaderField('From', text);
  if (isLiteral(value)) return `${ATOMS.test(value) ? value : quote(value)} `;
  return `${toEncodedWords(value)} `;
}

function threadFields({ inReplyTo, references }: WireInput): string[] {
  const isId = (id: string | null | undefined): id is string => id != null && ID.test(id);
  // Ids that other systems made and that no header can carry are left out; the thread survives.
  const known = references.filter(isId).map((id) => `<${id}>`);
  return [
    ...(isId(inReplyTo) ? [foldField('In-Reply-To', `<${inReplyTo}>`)] : []),
    ...(known.length === 0 ? [] : [foldField('References', known.join(' '))]),
  ];
}

/** Not folded: some relays break the signature of a folded List-Unsubscribe. */
function plainField(name: string, value: string): string {
  const field = parseHeaderField(name, value);
  if (/[^\x20-\x7e]/.test(field.value)) {
    throw new MailwardenError('HEADER_INVALID', { detail: `${name} has to be ASCII.` });
  }
  return `${field.name}: ${field.value}\r\n`;
}

/** Free text; encoded (RFC 2047) when the reader could otherwise see something else. */
function encodedField(name: string, value: string): string {
  parseHeaderField(name, 'x');
  if (/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u.test(value)) {
    throw new MailwardenError('HEADER_INVALID', { detail: `${name} has control characters.` });
  }
  const text = value.trim();
  return foldField(name, isLiteral(text) ? text : toEncodedWords(text));
}

/** "=?" in the text would be decoded by the reader's client and hide what was approved. */
function isLiteral(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text) && !text.includes('=?') && !/\S{70}/.test(text);
}

function bracket(name: string, id: string): string {
  if (ID.test(id) && id.includes('@')) return `<${id}>`;
  throw new MailwardenError('HEADER_INVALID', { detail: `${name} is no message id.` });
}
