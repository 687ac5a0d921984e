/** What RFC 3464 §2.3 says of one recipient, as far as the report has it. */
export interface StatusFields {
  readonly address?: string;
  /** As it was given to the reporting server (RFC 3464 §2.3.1). */
  readonly originalAddress?: string;
  readonly action?: string;
  readonly status?: string;
  /** `smtp`, `x-unix` …, lower case. */
  readonly diagnosticType?: string;
  readonly diagnostic?: string;
  /** What stands in brackets behind the status, or in a field of its own. */
  readonly comment?: string;
  readonly remoteMta?: string;
  /** How PowerMTA sorts the failure, lower case. */
  readonly bounceCategory?: string;
}

/** A server's own words, and not a code alone. */
const SAYS_MORE = /[a-z]{2,} [a-z]{2,}/i;

type Draft = { -readonly [Key in keyof StatusFields]: StatusFields[Key] };

const MAX_RECIPIENTS = 100;
const FIELD =
  /^(Final-Recipient|Original-Recipient|X-Actual-Recipient|Action|Status|Remote-MTA|Diagnostic-Code|X-Supplementary-Info|X-PowerMTA-BounceCategory)\s?:\s*(.*)$/i;
const ADDRESS = /[^\s<>"(),;:|]{1,200}@[^\s<>"(),;:|]{1,200}/;

/**
 * Reads per-recipient fields from the lines of a report, whether they stand in a part of their own,
 * as the standard says, or in the text, as some servers leave them. Recipients are told apart by
 * blank lines and by Final-Recipient.
 */
export function readStatusFields(lines: readonly string[]): readonly StatusFields[] {
  const drafts: Draft[] = [];
  let current: Draft | undefined;
  let gap = true;
  for (const [key, value] of unfold(lines)) {
    if (key === '') {
      gap = true;
      continue;
    }
    if (current === undefined || isNext(current, key, value, gap)) {
      if (drafts.length === MAX_RECIPIENTS) break;
      current = {};
      drafts.push(current);
    }
    gap = false;
    setField(current, key, value);
  }
  return drafts.filter((draft) => Object.keys(draft).length > 0);
}

/** Whether a field begins the next recipient. */
function isNext(current: Draft, key: string, value: string, gap: boolean): boolean {
  if (key === 'final-recipient') {
    const address = ADDRESS.exec(value)?.[0];
    return current.address !== undefined && (gap || current.address !== address);
  }
  if (!gap) return false;
  return current.address !== undefined && (key !== 'action' || current.action !== undefined);
}

function setField(draft: Draft, key: string, value: string): void {
  const [, type = '', rest = value] = /^([\w-]{1,40})\s*;\s*(.*)$/s.exec(value) ?? [];
  const address = ADDRESS.exec(rest)?.[0].replace(/[>.]+$/, '');
  switch (key) {
    case 'final-recipient':
      if (address !== undefined && !isInternal(rest, address)) draft.address = address;
      break;
    case 'original-recipient':
    case 'x-actual-recipient':
      if (address !== undefined) draft.originalAddress ??= decodeXtext(address);
      break;
    case 'action':
      setOnce(draft, 'action', /^[a-z]+/.exec(value.trim().toLowerCase())?.[0]);
      break;
    case 'status':
      setOnce(draft, 'status', /[245]\.\d{1,3}\.\d{1,3}/.exec(value)?.[0]);
      setComment(draft, /\(([^)]{3,300})\)/.exec(value)?.[1]);
      break;
    // Exchange, Hotmail: `< host #5.5.0 smtp;550 the answer>`.
    case 'x-supplementary-info':
      setComment(draft, /\bsmtp;\s?([45]\d\d[^>]{3,300})/i.exec(value)?.[1]);
      break;
    case 'remote-mta':
      draft.remoteMta ??= rest.trim().slice(0, 255);
      break;
    case 'x-powermta-bouncecategory':
      setOnce(draft, 'bounceCategory', /^[a-z-]+/.exec(value.trim().toLowerCase())?.[0]);
      break;
    case 'diagnostic-code':
      draft.diagnosticType = type.toLowerCase();
      draft.diagnostic = joinDiagnostic(draft, rest.trim());
      break;
  }
}

/** A route within the reporting system: where it was handed to, and no mailbox. */
function isInternal(value: string, address: string): boolean {
  return /^<?@/.test(value) && !address.slice(address.lastIndexOf('@')).includes('.');
}

/** The comment of the Status field is the reporting program's, and general. */
function joinDiagnostic({ comment, diagnostic }: Draft, text: string): string {
  if (diagnostic === undefined) return text;
  if (diagnostic === comment && SAYS_MORE.test(text)) return text;
  return `${diagnostic} ${text}`;
}

/** What stands beside the fields of the standard, until one of those says it. */
function setComment(draft: Draft, comment: string | undefined): void {
  if (comment === undefined || draft.diagnostic !== undefined) return;
  draft.comment = comment;
  draft.diagnostic = comment;
}

/** An empty field says nothing. */
function setOnce(draft: Draft, key: keyof Draft, value: string | undefined): void {
  if (value !== undefined) draft[key] ??= value;
}

/** Fields with their continuation lines; an empty key is a blank line. */
function* unfold(lines: readonly string[]): Generator<readonly [string, string]> {
  let key = '';
  let value = '';
  for (const line of lines) {
    const match = FIELD.exec(line);
    if (match === null && key !== '' && /^[ \t]+\S/.test(line) && value.length < 8_000) {
      value += ` ${line.trim()}`;
      continue;
    }
    if (key !== '') yield [key, value];
    key = match?.[1]?.toLowerCase() ?? '';
    value = match?.[2] ?? '';
    if (line.trim() === '') yield ['', ''];
  }
  if (key !== '') yield [key, value];
}

/** RFC 3461 §4: `+2B` for a plus. Only when it changes nothing else. */
function decodeXtext(address: string): string {
  return address.replace(/\+(2B|3D)/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
