import { unreadable } from '../unreadable.ts';
import { readZip } from './read-zip.ts';
import { scanXml } from './scan-xml.ts';
import { WordLines } from './word-lines.ts';

const BODY = 'word/document.xml';
/** Parts with text beside the body, in the order in which they are read. */
const BEFORE = /^word\/header\d{1,3}\.xml$/;
const AFTER = /^word\/(?:footnotes|endnotes|footer\d{1,3})\.xml$/;
/** Headers, footers and notes of one document. */
const MAX_PARTS = 20;

/**
 * The text of a Word document (ECMA-376): headers, body, notes, footers; a line per paragraph and
 * per row of a table. Nothing else of the archive is unpacked: no pictures, macros, embedded files or
 * links. Throws `ATTACHMENT_UNREADABLE`.
 */
export function docxToText(bytes: Buffer, limit: number): string {
  const zip = readZip(bytes);
  if (!zip.names.includes('[Content_Types].xml') || !zip.names.includes(BODY)) {
    throw unreadable('mismatch', 'It is a ZIP archive, but no Word document.');
  }
  const beside = (pattern: RegExp) =>
    zip.names
      .filter((name) => pattern.test(name))
      .sort()
      .slice(0, MAX_PARTS);
  const texts: string[] = [];
  let length = 0;
  for (const name of [...beside(BEFORE), BODY, ...beside(AFTER)]) {
    const part = zip.read(name);
    const text = part === undefined ? '' : partToText(part);
    if (text === '') continue;
    texts.push(text);
    length += text.length + 2;
    if (length > limit) break;
  }
  return texts.join('\n\n');
}

function partToText(part: Buffer): string {
  let xml: string;
  try {
    xml = new TextDecoder('utf-8', { fatal: true }).decode(part);
  } catch {
    throw unreadable('damaged', 'Its XML is not UTF-8.');
  }
  const lines = new WordLines();
  scanXml(xml, lines);
  return lines.finish();
}
