import type { Rule } from '../rule.ts';

/** Gmail cuts HTML near 102 kB, and the unsubscribe link at the end with it. Bytes of UTF-8. */
const MAX_HTML_BYTES = 100_000;

/** Marketing that mail programs would cut short keeps its footer out of sight. */
export const htmlSize: Rule = {
  id: 'html-size',
  version: '1',
  evaluate({ content }) {
    if (content.category !== 'marketing') return [];
    const bytes = Buffer.byteLength(content.html, 'utf8');
    if (bytes <= MAX_HTML_BYTES) return [];
    return [
      {
        effect: 'hold',
        needs: 'look',
        code: 'HTML_TOO_LARGE',
        message: `The HTML has ${bytes} bytes; over ${MAX_HTML_BYTES} mail programs cut off the footer. Shorten the text.`,
        evidence: { bytes, limit: MAX_HTML_BYTES },
      },
    ];
  },
};
