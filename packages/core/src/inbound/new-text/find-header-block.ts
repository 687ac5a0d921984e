import { findNotesHeader } from './find-notes-header.ts';
import {
  type HeaderLine,
  type HeaderRole,
  listGluedRoles,
  readHeaderLine,
} from './header-labels.ts';

/** The block is looked for in so many lines. */
const MAX_LINES = 14;
const ADDRESS = /[^\s<>@]@[^\s<>@]/u;
/** A name and an address, and nothing else. */
const MAILBOX =
  /^(?:[^<>@[\]]{0,100}\s?)[<[(]?(?:mailto:)?[^\s<>@]{1,80}@[^\s<>@,]{1,120}?[>\])]?(?:[<[]mailto:[^\s<>]{1,200}[>\]])?[>\]]?$/iu;

const MOMENT = /\b(?:19|20)\d{2}\b.{0,30}\b\d{1,2}[:.]\d{2}\b/u;
/** The subject of an answer or a forward. */
const ANSWER = /^(?:re|aw|wg|sv|vs|tr|rv|rif|r|odp|fwd?|fw|antw|回复|答复)\s?[:：]/iu;

/** Two fields of a block that a program wrote into one line. */
const DATED_MAILBOX =
  /^[^<>@[\]:]{0,100}<?[^\s<>@]{1,80}@[^\s<>@,]{1,120}?>?[*\s]{0,4}(?:date|sent|datum|gesendet|envoyé|fecha|enviado|data|inviato|verzonden|wysłano|skickat|дата|отправлено)[*\s]{0,4}:/iu;

/** Tells where the block of a quoted message begins. */
export interface HeaderBlocks {
  /** Whether "From: … Sent: … To: … Subject: …" of a quoted message begins at this line. */
  readonly beginsAt: (at: number) => boolean;
  /** Index of the line below the block that begins at this line. */
  readonly endOf: (at: number) => number;
}

/** Reads every line once, though the lines of each block are looked at again and again. */
export function findHeaderBlocks(lines: readonly string[]): HeaderBlocks {
  const read: (HeaderLine | undefined | null)[] = [];
  const fieldAt = (at: number): HeaderLine | undefined => {
    read[at] ??= readHeaderLine(lines[at] ?? '') ?? null;
    return read[at] ?? undefined;
  };
  return {
    beginsAt: (at) => isHeaderBlock(lines, at, fieldAt) || findNotesHeader(lines, at) !== undefined,
    endOf: (at) => findNotesHeader(lines, at) ?? readBlock(lines, at, fieldAt).end,
  };
}

type FieldAt = (at: number) => HeaderLine | undefined;

function isHeaderBlock(lines: readonly string[], at: number, fieldAt: FieldAt): boolean {
  const first = fieldAt(at);
  if (first === undefined || first.role === 'cc' || first.role === 'other') return false;
  const { hasAddress, isAnswer, roles } = readBlock(lines, at, fieldAt);
  const isKnown = roles.has('from') || roles.has('date') || roles.has('sent');
  // It may be a journey: "From: Berlin, To: Rome, Date: Monday".
  const isMail = hasAddress || roles.has('subject') || roles.has('sent');
  if (isKnown && roles.size >= 3 && isMail) return true;
  if (isKnown && roles.size >= 2 && hasAddress) return true;
  if (roles.has('from') && (roles.has('sent') || isAnswer)) return true;
  // A day with its year and the time, which nobody writes for a journey.
  if (first.role === 'sent' && roles.size > 1 && MOMENT.test(first.value)) return true;
  if (isInOneLine(lines[at] ?? '')) return true;
  const isAlone = at === 0 || /^[\s_-]*$/.test((lines[at - 1] ?? '').slice(0, 200));
  const value = first.value.slice(0, 300);
  return isAlone && first.role === 'from' && (MAILBOX.test(value) || DATED_MAILBOX.test(value));
}

/** "From: … Sent: … To: … Subject: …" where a program lost the breaks. */
function isInOneLine(line: string): boolean {
  const roles = listGluedRoles(line);
  if (!roles.has('from')) return false;
  return (
    roles.has('sent') ||
    (roles.size > 2 && (ADDRESS.test(line.slice(0, 600)) || roles.has('subject')))
  );
}

function readBlock(lines: readonly string[], at: number, fieldAt: FieldAt) {
  const roles = new Set<HeaderRole>();
  let hasAddress = false;
  let isAnswer = false;
  let others = 0;
  let index = at;
  for (; index < lines.length && index < at + MAX_LINES; index++) {
    const line = lines[index] ?? '';
    const field = fieldAt(index);
    if (field === undefined) {
      // Long addresses and subjects go on in the next line; Notes puts an empty one between.
      others += 1;
      if (others > 2 || (line.trim() === '' && fieldAt(index + 1) === undefined)) break;
    } else {
      others = 0;
      roles.add(field.role);
      isAnswer ||= field.role === 'subject' && ANSWER.test(field.value);
    }
    hasAddress ||= ADDRESS.test(line.slice(0, 400));
  }
  return { hasAddress, isAnswer, roles, end: Math.max(index - others + 1, at + 1) };
}
