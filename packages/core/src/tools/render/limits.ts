/** Longest text of one result, in UTF-16 units: about 4,000 tokens of English. */
export const MAX_TEXT = 16_000;
/** Kept free for the lead, the fence and the closing line. */
export const FRAME = 1_000;
/** Longest string inside a row. */
export const MAX_FIELD = 300;
/** Most entries of a list inside a row. */
export const MAX_ENTRIES = 20;
/** Longest reason. */
export const MAX_REASON = 2_000;
/** Longest row of a list, and longest head of a message. */
export const MAX_ROW = 4_000;
