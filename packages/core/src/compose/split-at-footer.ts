import type { MarkedToken, Token, Tokens } from 'marked';

const FOOTER = /^\s*\{\{ *footer *\}\}\s*$/;

/** A body before and after its `{{footer}}` line; without one everything is before. */
export interface SplitBody {
  readonly before: readonly MarkedToken[];
  readonly after: readonly MarkedToken[];
  readonly found: boolean;
}

/**
 * Finds the first `{{footer}}` that stands alone on a line of a top-level paragraph. In code, in a
 * quote, in a list or within a line it is no footer line and stays as text.
 */
export function splitAtFooter(tokens: readonly MarkedToken[]): SplitBody {
  for (const [index, token] of tokens.entries()) {
    if (token.type !== 'paragraph') continue;
    const line = findFooterLine(token.tokens);
    if (line === undefined) continue;
    return {
      before: [...tokens.slice(0, index), ...paragraph(token, token.tokens.slice(0, line))],
      after: [...paragraph(token, token.tokens.slice(line + 1)), ...tokens.slice(index + 1)],
      found: true,
    };
  }
  return { before: tokens, after: [], found: false };
}

function findFooterLine(tokens: readonly Token[]): number | undefined {
  const isEdge = (token: Token | undefined): boolean => token === undefined || token.type === 'br';
  const index = tokens.findIndex((token, at) => {
    const alone = isEdge(tokens[at - 1]) && isEdge(tokens[at + 1]);
    return alone && token.type === 'text' && FOOTER.test(token.raw);
  });
  return index < 0 ? undefined : index;
}

/** The rest of a split paragraph, without the line breaks next to the footer. */
function paragraph(from: Tokens.Paragraph, tokens: readonly Token[]): MarkedToken[] {
  const start = tokens[0]?.type === 'br' ? 1 : 0;
  const end = tokens.at(-1)?.type === 'br' ? -1 : tokens.length;
  const rest = tokens.slice(start, end);
  return rest.length === 0 ? [] : [{ ...from, tokens: rest }];
}
