import { splitHtmlReply } from '../new-text/html-to-reply.ts';
import {
  isQuotedAlone,
  type PickedPart,
  pickPart,
  runsOn,
  withoutMarks,
} from '../new-text/pick-part.ts';
import { listNewLines } from '../new-text/split-reply.ts';
import { composeMarkdown } from './compose-markdown.ts';
import { escapeMarkdown } from './escape-markdown.ts';
import type { MarkdownLine, ShownLine } from './markdown-line.ts';
import { type ReadLines, readMarkdownLines } from './read-markdown-lines.ts';

/** Longest new text that is shown as Markdown, in characters. */
const MAX_NEW_TEXT = 1_000_000;

/**
 * The new text of a message as Markdown, where it was read from the HTML; `undefined` where it was
 * not, or where more comes of it than anybody reads: then the text is what there is.
 *
 * @param isNewText - Whether this is the new text as it was found at first.
 */
export function newTextToMarkdown(
  html: string,
  isNewText: (text: string) => boolean,
): string | undefined {
  const read = readMarkdownLines(html);
  if (read.isTooLong) return undefined;
  const picked = pickNew(read);
  if (picked === undefined) return undefined;
  const { shown, newText } = picked;
  // By the same words it is known; a value with a `>` in it was taken for words then.
  const found = read.hasQuotedAngle ? splitHtmlReply(html).newText : newText;
  if (!isNewText(found)) return undefined;
  const text = composeMarkdown([...shown, ...picturesBelow(read)]);
  return text.length > MAX_NEW_TEXT ? undefined : text;
}

/** As `splitHtmlReply` does, with the Markdown of each line. */
function pickNew(read: ReadLines) {
  const own = pickPart(read.texts, 'own');
  const history = pickPart(read.texts, 'history');
  const signature = pickPart(read.texts, 'signature');
  const picked = showNew(own.text === '' && history.text !== '' ? history : own, read);
  return picked?.newText === '' && runsOn(signature.text) ? showNew(signature, read) : picked;
}

function showNew(part: PickedPart, { texts, markdown }: ReadLines) {
  const given = part.text.split('\n');
  const lines = listNewLines(part.text);
  if (lines === undefined) return undefined;
  const shown = lines.flatMap(({ text, from }): readonly ShownLine[] => {
    const at = part.from[from] ?? -1;
    const line = markdown[at];
    if (line === undefined) return [];
    const depth = texts[at]?.depth ?? 0;
    // A part of a line has no Markdown of its own.
    return [{ ...line, depth, ...(text === given[from] ? {} : toPlain(text)) }];
  });
  const newText = lines
    .map(({ text }) => text.trimEnd())
    .join('\n')
    .trim();
  if (!isQuotedAlone(newText)) return { shown, newText };
  return {
    shown: shown.map((line) => ({ ...line, depth: Math.max(0, line.depth - 1) })),
    newText: withoutMarks(newText),
  };
}

function toPlain(text: string): Pick<MarkdownLine, 'above' | 'inline'> {
  return { above: [], inline: escapeMarkdown(text.replace(/^(?:> ?)+/, '')) };
}

/** Of a mail that has no history and no signature below its text, or no text at all. */
function picturesBelow({ texts, markdown }: ReadLines): readonly ShownLine[] {
  const last = markdown[texts.length];
  const isOwn = texts.every(({ part }) => part === 'own');
  return last === undefined || !isOwn ? [] : [{ ...last, depth: 0 }];
}
