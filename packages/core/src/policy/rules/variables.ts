import type { Rule, RuleFinding } from '../rule.ts';

/** What declares itself as something else than words: a URL, a path on a host, HTML, a Markdown link. */
const NOT_TEXT =
  /[a-z][a-z0-9+.-]*:\/\/|\bwww\.|(?:[a-z0-9-]+\.)+[a-z]{2,}\/\S|\bmailto:|<\/?[a-z][^<>]*>|\]\(/i;

/**
 * Into the text variables of an approved template goes text. Links, HTML and Markdown stay without
 * effect in the parts we render, but mail programs make links of what looks like one; a URL is
 * declared as `url`, so that its host is judged.
 */
export const variables: Rule = {
  id: 'variables',
  version: '1',
  evaluate: ({ content }) =>
    (content.variables ?? []).flatMap((value): readonly RuleFinding[] => {
      const words = NOT_TEXT.exec(value)?.[0];
      if (words === undefined) return [];
      return [
        {
          effect: 'hold',
          needs: 'look',
          code: 'VARIABLE_NOT_TEXT',
          message: `A text variable has ${JSON.stringify(words)}; give text, or have the variable declared as url.`,
          evidence: { words, value: value.slice(0, 200) },
        },
      ];
    }),
};
