import { findPlaceholders } from '../../compose/find-placeholders.ts';
import type { Rule } from '../rule.ts';

/** Nobody gets "Hi {{first_name}}," or "Hello undefined". */
export const placeholders: Rule = {
  id: 'placeholders',
  version: '1',
  evaluate({ content }) {
    const found = findPlaceholders(content.subject, content.body);
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
