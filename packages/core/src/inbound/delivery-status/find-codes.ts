/** An enhanced status code that no digit or dot touches; `v5.1.1` is a version. */
const ENHANCED = /(?<![\d.vV/]|(?<!\d{3})-)([245]\.[0-7]\.\d{1,3})(?![\d]|\.\d)/g;
const IPV4 = /\b\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}\b/g;
const REPLY =
  /(?<![\w.:/@#-]|\d )([245](?:[0-5]\d|7[017]))(?=[ \t\n#:;,.)\]'"/-]|$)(?![.:]\d|-\d{2})/g;

/** Which reply codes servers use (RFC 5321 §4.2.3 and its extensions). */
const KNOWN_REPLIES = new Set([
  ...[
    211, 214, 220, 221, 235, 250, 251, 252, 253, 421, 422, 430, 432, 450, 451, 452, 453, 454, 455,
  ],
  ...[
    458, 459, 460, 500, 501, 502, 503, 504, 505, 510, 511, 512, 513, 521, 523, 524, 525, 530, 531,
  ],
  ...[
    533, 534, 535, 538, 540, 541, 542, 543, 550, 551, 552, 553, 554, 555, 556, 557, 570, 571, 577,
  ],
]);

/** The enhanced status code in a server's words that says most. */
export function findEnhanced(text: string, digit = ''): string | undefined {
  const masked = text.slice(0, 8_000).replace(IPV4, '*');
  let best: string | undefined;
  for (const [, code = ''] of masked.matchAll(ENHANCED)) {
    if (digit !== '' && !code.startsWith(digit)) continue;
    // In a transcript what went well stands before what did not.
    if (best?.startsWith('2.') === true) best = undefined;
    // What a server passes on from another one stands behind what it says itself.
    if (best === '5.1.1') continue;
    if (best === undefined || !code.startsWith('2.')) best = preferStatus(best, code);
  }
  return best;
}

/** The first SMTP reply code in a server's words; with `digit`, one of that class if there is any. */
export function findReplyCode(text: string, digit = ''): number | undefined {
  const codes = [...text.slice(0, 8_000).replace(IPV4, '*').matchAll(REPLY)]
    .map(([, code]) => Number(code))
    .filter((code) => KNOWN_REPLIES.has(code) && code >= 400);
  return codes.find((code) => String(code).startsWith(digit)) ?? codes[0];
}

/**
 * Of the code in the Status field and the one in the words the more telling: programs write 5.0.0,
 * 5.3.0 or 4.4.7 into the field when the server's own code is better.
 */
export function preferStatus(
  field: string | undefined,
  words: string | undefined,
  replyCode?: number,
): string | undefined {
  if (field === undefined || words === undefined || field === words) return field ?? words;
  const digit = replyCode === undefined ? '' : String(replyCode).charAt(0);
  if (field[0] !== words[0] && digit !== '') {
    if (field[0] === digit) return field;
    if (words[0] === digit) return words;
  }
  if (/^\d\.0\.0$/.test(words)) return field;
  if (/^\d\.(?:0\.\d+|\d+\.0)$/.test(field) && !/^\d\.(?:0\.\d+|\d+\.0)$/.test(words)) return words;
  if (/^\d\.0\.0$/.test(field)) return words;
  if (/^(?:4\.4\.7|4\.7\.0|5\.3\.\d+|\d\.5\.[1245])$/.test(field)) return words;
  if (field === '5.1.1') return /\.0$|^5\.5\./.test(words) ? field : words;
  if (field === '5.1.3' && words.startsWith('5.7.')) return words;
  return field;
}
