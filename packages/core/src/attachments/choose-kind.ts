import { type AttachmentKind, claimsOf, isDocument, type Said } from './attachment-kind.ts';
import { type Sniffed, sniffContent } from './sniff-content.ts';
import { unreadable } from './unreadable.ts';

/**
 * How an attachment is read: as what its name, its media type and its bytes agree on. A document
 * has to be what all three say; texts that disagree are read as plain text. Throws
 * `ATTACHMENT_UNREADABLE`, which repeats neither name nor type: they are the sender's words, and an
 * error stands outside of the fence.
 */
export function chooseKind(
  given: { readonly name: string; readonly type: string },
  bytes: Uint8Array,
): AttachmentKind {
  const found = sniffContent(bytes);
  const claims = claimsOf(given);
  const [kind, ...others] = new Set(claims);
  switch (found) {
    case 'pdf':
      if (kind === undefined) return 'pdf';
      if (kind === 'pdf' && others.length === 0) return 'pdf';
      throw refuse(found, claims);
    case 'zip':
      if (kind === 'docx' && others.length === 0) return 'docx';
      throw refuse(found, claims);
    case 'ole':
      if (!claims.includes('docx')) throw refuse(found, claims);
      throw unreadable('encrypted', 'It has a password, or is an old .doc under a new name.');
    case 'binary':
      throw refuse(found, claims);
    case 'html':
    case 'ics':
    case 'text':
      if (claims.some(isDocument)) throw refuse(found, claims);
      if (claims.length > 0 && claims.every((claim) => claim === 'other')) {
        throw refuse(found, claims);
      }
      return others.length > 0 ? 'plain' : chooseText(kind, found);
  }
}

/** A form that its bytes do not contradict; a page or a table that is none would hide what is in it. */
function chooseText(kind: Said | undefined, found: 'html' | 'ics' | 'text'): AttachmentKind {
  if (kind === 'html') return 'html';
  if (kind === 'csv') return found === 'text' ? 'csv' : 'plain';
  return found === 'ics' && (kind === 'ics' || kind === undefined) ? 'ics' : 'plain';
}

function refuse(found: Sniffed, claims: readonly Said[]) {
  const said = claims.flatMap((claim) => (claim === 'other' ? [] : NAMES[claim]));
  if (said.length > 0) {
    const expected = [...new Set(said)].join(' and ');
    const more = claims.includes('other') ? ' and something else' : '';
    return unreadable(
      'mismatch',
      `Its bytes are ${FOUND[found]}, and its name and type say ${expected}${more}.`,
    );
  }
  const readable = 'text is read of text, HTML, CSV, ICS, PDF and DOCX files';
  return unreadable(
    'not_supported',
    `Its bytes are ${FOUND[found]}, its form another; ${readable}.`,
  );
}

const NAMES: Readonly<Record<AttachmentKind, string>> = {
  plain: 'text',
  html: 'HTML',
  csv: 'CSV',
  ics: 'ICS',
  pdf: 'PDF',
  docx: 'DOCX',
};
const FOUND: Readonly<Record<Sniffed, string>> = {
  pdf: 'a PDF',
  zip: 'a ZIP archive',
  ole: 'an old Office file',
  binary: 'no text',
  html: 'HTML',
  ics: 'a calendar',
  text: 'text',
};
