import { readVisible, scanHtml } from '../html-to-text.ts';
import { type MarkedLine, MarkedLines } from './marked-lines.ts';
import { isQuotedAlone, pickPart, runsOn, withoutMarks } from './pick-part.ts';
import { type SplitReply, splitReply } from './split-reply.ts';

/** A message in HTML, taken apart, and whether its structure showed where the history is. */
export interface HtmlReply extends SplitReply {
  readonly isMarked: boolean;
}

/**
 * Takes a message in HTML apart: elements by which programs mark the quoted message and the
 * signature, then the lines as in text. A quotation that holds `blockquote` elements is read by
 * those, since people answer between them.
 */
export function splitHtmlReply(html: string): HtmlReply {
  const lines = readVisible(html, (visibility) => {
    const read = new MarkedLines();
    scanHtml(html, read, { visibility });
    return read;
  });
  const marked = lines.finishLines();
  const own = toText(marked, 'own');
  const history = toText(marked, 'history');
  const signature = toText(marked, 'signature');
  // A mail that begins with the mark is a forward, or has its answer below the header.
  const isBelow = own === '' && history !== '';
  const reply = splitReply(isBelow ? history : own);
  const isInSignature = reply.newText === '' && runsOn(signature);
  const typed = isInSignature ? splitReply(signature) : reply;
  const quotedText = isBelow ? (reply.quotedText ?? '') : join(reply.quotedText, history);
  const signed =
    isBelow || isInSignature ? (typed.signature ?? '') : join(reply.signature, signature);
  return {
    newText: isQuotedAlone(typed.newText) ? withoutMarks(typed.newText) : typed.newText,
    isMarked: history !== '' || lines.hasQuote,
    ...(quotedText === '' ? {} : { quotedText }),
    ...(signed === '' ? {} : { signature: signed }),
  };
}

function toText(lines: readonly MarkedLine[], part: MarkedLine['part']): string {
  return pickPart(lines, part).text;
}

function join(first: string | undefined, second: string): string {
  return [first ?? '', second].filter((part) => part !== '').join('\n\n');
}
