import { type AttachmentKind, claimsOf, type Said } from './attachment-kind.ts';
import { type Sniffed, sniffContent } from './sniff-content.ts';
import { unreadable } from './unreadable.ts';

/**
 * How an attachment is read: as what its name, its media type and its bytes agree on. A document
 * has to be what all three say; texts that disagree are read as plain text. Throws
 * `ATTACHMENT_UNREADABLE`.
 */
export function chooseKind(
  given: { readonly name: string; readonly type: string },
  bytes: Uint8Array,
): AttachmentKind {
  const found = sniffContent(bytes);
  const claims = claimsOf(given);
  const [kind, ...others] = new Set(claims);
  const label = `${given.name} (${given.type})`;
  if (found === 'pdf' || found === 'zip') {
    const expected = found === 'pdf' ? 'pdf' : 'docx';
    if (kind === expected && others.length === 0) return kind;
    if (found === 'pdf' && kind === undefined) return 'pdf';
    throw claims.some((claim) => claim !== 'other')
      ? unreadable('mismatch', `Its bytes are a ${nameOf(found)}, but it is called ${label}.`)
      : unreadable('not_supported', `It is a ${nameOf(found)}; ${READABLE}`);
  }
  if (found === 'ole' || found === 'binary') throw refuseBytes(found, claims, label);
  if (claims.includes('pdf') || claims.includes('docx')) {
    throw unreadable('mismatch', `Its bytes are ${nameOf(found)}, but it is called ${label}.`);
  }
  return chooseText(claims, found);
}

const READABLE = 'text is read of text, HTML, CSV, ICS, PDF and DOCX files.';

/** Texts: the form that nothing contradicts, else plain. Of what is unknown nothing is guessed. */
function chooseText(claims: readonly Said[], found: Sniffed): AttachmentKind {
  const [kind, ...others] = new Set(claims);
  if (kind === undefined) {
    return found === 'ics' ? 'ics' : 'plain';
  }
  if (claims.every((claim) => claim === 'other')) {
    throw unreadable('not_supported', `It is of another form; ${READABLE}`);
  }
  if (others.length > 0) return 'plain';
  if (kind === 'ics') return found === 'ics' ? 'ics' : 'plain';
  // A table or a page of another form than it says would hide what is in it.
  if (kind === 'csv') return found === 'text' ? 'csv' : 'plain';
  return kind === 'other' ? 'plain' : kind;
}

function refuseBytes(found: 'ole' | 'binary', claims: readonly Said[], label: string) {
  if (found === 'ole' && claims.includes('docx')) {
    return unreadable('encrypted', 'It has a password, or is an old .doc under a new name.');
  }
  return claims.every((claim) => claim === 'other')
    ? unreadable('not_supported', `${label} holds no text; ${READABLE}`)
    : unreadable('mismatch', `Its bytes are ${nameOf(found)}, but it is called ${label}.`);
}

function nameOf(found: Sniffed): string {
  switch (found) {
    case 'pdf':
      return 'PDF';
    case 'zip':
      return 'ZIP archive';
    case 'ole':
      return 'an old Office file';
    case 'binary':
      return 'no text';
    case 'html':
      return 'HTML';
    case 'ics':
      return 'a calendar';
    case 'text':
      return 'text';
  }
}
