import { randomBytes } from 'node:crypto';
import type { WireAttachment } from '../build-wire.ts';
import { encodeText, toBase64Lines } from './encode-text.ts';
import { toLegacyParameter, toParameter } from './parameter.ts';

/** What a message says: text, the same as HTML, and files. */
interface BodyInput {
  readonly text: string;
  readonly html?: string | null | undefined;
  readonly attachments: readonly WireAttachment[];
}

const TYPE =
  /^(?!multipart\/|message\/)[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/i;

/**
 * The Content fields, an empty line and the body (RFC 2046): text alone, text and HTML as
 * alternatives, and either of them mixed with attachments.
 */
export function buildBody({ text, html, attachments }: BodyInput): string {
  const plain = textPart('plain', text);
  const shown = html == null ? plain : multipart('alternative', [plain, textPart('html', html)]);
  const whole =
    attachments.length === 0
      ? shown
      : multipart('mixed', [shown, ...attachments.map(attachmentPart)]);
  return whole.endsWith('\r\n') ? whole : `${whole}\r\n`;
}

function textPart(subtype: 'plain' | 'html', text: string): string {
  const { encoding, body } = encodeText(text);
  const fields = [
    `Content-Type: text/${subtype}; charset=utf-8\r\n`,
    `Content-Transfer-Encoding: ${encoding}\r\n`,
  ];
  return `${fields.join('')}\r\n${body}`;
}

function multipart(subtype: 'alternative' | 'mixed', parts: readonly string[]): string {
  // Unknown to whoever wrote the parts, so that no text can end one.
  const boundary = `=_${randomBytes(18).toString('base64url')}`;
  const body = parts.map((part) => `--${boundary}\r\n${part}`).join('\r\n');
  return `Content-Type: multipart/${subtype}; boundary="${boundary}"\r\n\r\n${body}\r\n--${boundary}--`;
}

function attachmentPart({ name, type, content }: WireAttachment): string {
  const cleaned = name.replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}/\\]+/gu, '_').slice(0, 150);
  const filename = cleaned.trim() === '' ? 'attachment' : cleaned.toWellFormed();
  const known = TYPE.test(type) ? type.toLowerCase() : 'application/octet-stream';
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const fields = [
    `Content-Type: ${known}${toLegacyParameter('name', filename)}\r\n`,
    'Content-Transfer-Encoding: base64\r\n',
    `Content-Disposition: attachment${toParameter('filename', filename)}\r\n`,
  ];
  return `${fields.join('')}\r\n${toBase64Lines(bytes)}`;
}
