import { findPlaceholders } from '../../compose/find-placeholders.ts';
import type { Rule } from '../rule.ts';

/**
 * Nobody gets "Hi {{first_name}}," or "Hello undefined". The subject of an answer is that of the
 * message which it answers; its author did not write it.
 */
export const placeholders: Rule = {
  id: 'placeholders',
  version: '2',
  evaluate({ content, thread }) {
    const answers = thread !== undefined && /^re:/i.test(content.subject);
    const body = content.category === 'conversational' ? unquoted(content.body) : content.body;
    const found = findPlaceholders(answers ? '' : content.subject, body);
    if (found.length === 0) return [];
    const words = [...new Set(found.map((placeholder) => placeholder.text))].slice(0, 10);
    return [
      {
        effect: 'hold',
        needs: 'look',
        code: 'PLACEHOLDER_UNRESOLVED',
        message: `The text still has ${words.map((word) => JSON.stringify(word)).join(', ')}; fill it in and send it with revises.`,
        evidence: { words },
      },
    ];
  },
};

/** An answer that explains templates quotes them: then "Hello {{name}}" becomes "Hello Ana". */
function unquoted(body: string): string {
  return body.replace(/"[^"\n]{1,80}"|“[^“”\n]{1,80}”|„[^“”„\n]{1,80}[“”]|«[^«»\n]{1,80}»/g, '""');
}
