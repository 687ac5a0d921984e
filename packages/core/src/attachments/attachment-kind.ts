import { ATTACHMENT_LIMITS } from './attachment-limits.ts';

/** The forms of which text can be read. */
export type AttachmentKind = 'plain' | 'html' | 'csv' | 'ics' | 'pdf' | 'docx';

/** What a name or a media type says; `other` is a form that is not read. */
type Claim = AttachmentKind | 'other' | undefined;

const BY_TYPE: ReadonlyMap<string, AttachmentKind> = new Map([
  ['application/json', 'plain'],
  ['application/xml', 'plain'],
  ['text/html', 'html'],
  ['application/xhtml+xml', 'html'],
  ['text/csv', 'csv'],
  ['text/tab-separated-values', 'csv'],
  ['application/csv', 'csv'],
  ['text/calendar', 'ics'],
  ['application/ics', 'ics'],
  ['application/pdf', 'pdf'],
  ['application/x-pdf', 'pdf'],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx'],
]);

const BY_EXTENSION: ReadonlyMap<string, AttachmentKind> = new Map([
  ['txt', 'plain'],
  ['text', 'plain'],
  ['log', 'plain'],
  ['md', 'plain'],
  ['json', 'plain'],
  ['xml', 'plain'],
  ['yaml', 'plain'],
  ['yml', 'plain'],
  ['htm', 'html'],
  ['html', 'html'],
  ['xhtml', 'html'],
  ['csv', 'csv'],
  ['tsv', 'csv'],
  ['ics', 'ics'],
  ['pdf', 'pdf'],
  ['docx', 'docx'],
]);

/** Types that programs give to whatever they do not know. */
const SAYS_NOTHING: ReadonlySet<string> = new Set([
  'application/octet-stream',
  'application/x-download',
  'application/force-download',
  'binary/octet-stream',
  // What Windows calls a .csv that Excel opens, and an .xls, too.
  'application/vnd.ms-excel',
]);

/** What the media type says. */
function claimOfType(type: string): Claim {
  if (SAYS_NOTHING.has(type)) return undefined;
  // Text of any other kind is text. RTF is not, whatever it calls itself; headers are for programs.
  const text = /^text\/(?!rtf|richtext|rfc822-headers)/.test(type) ? 'plain' : 'other';
  return BY_TYPE.get(type) ?? text;
}

/** What the end of the name says; a name without one says nothing. */
function claimOfName(name: string): Claim {
  const [, extension] = /\.([a-z0-9]{1,10})$/i.exec(name) ?? [];
  if (extension === undefined) return undefined;
  return BY_EXTENSION.get(extension.toLowerCase()) ?? 'other';
}

/** Files that are read whole or not at all. */
export function isDocument(kind: Claim): kind is 'pdf' | 'docx' {
  return kind === 'pdf' || kind === 'docx';
}

/** What a message says of an attachment. */
export interface Described {
  readonly name: string;
  /** `type/subtype`, lower case. */
  readonly type: string;
  readonly size: number;
}

/** What name and media type say, without those that say nothing. */
export function claimsOf({ name, type }: Pick<Described, 'name' | 'type'>): readonly Said[] {
  return [claimOfName(name), claimOfType(type)].filter((claim) => claim !== undefined);
}

/** A claim that says something. */
export type Said = AttachmentKind | 'other';

/** Whether it is worth asking for the text. The bytes decide later. */
export function isReadable(described: Described): boolean {
  const claims = claimsOf(described);
  if (described.size === 0 || claims.every((claim) => claim === 'other')) return false;
  if (!claims.some(isDocument)) return true;
  return new Set(claims).size === 1 && described.size <= ATTACHMENT_LIMITS.documentBytes;
}

/** Bytes that show what a file is. */
const HEAD_BYTES = 4_096;

/** How many of its bytes are worth loading. */
export function bytesToRead(described: Described): number {
  const claims = claimsOf(described);
  const isText = claims.some((claim) => claim !== 'other' && !isDocument(claim));
  if (isText) return ATTACHMENT_LIMITS.textBytes;
  const isOther = claims.length > 0 && claims.every((claim) => claim === 'other');
  if (isOther || described.size > ATTACHMENT_LIMITS.documentBytes) return HEAD_BYTES;
  return ATTACHMENT_LIMITS.documentBytes;
}
