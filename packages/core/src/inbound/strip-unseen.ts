/**
 * Characters that a reader does not see but a model does: zero-width, bidi controls, tag characters
 * and variation selectors (both can carry hidden text), annotation marks.
 */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]/gu;
/** Control characters other than tab and newline. */
const CONTROL = /(?![\t\n])\p{Cc}/gu;
const LONE_SURROGATE = /\p{Cs}/gu;

/** Text without what nobody sees of it; every line ends with LF. */
export function stripUnseen(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(LONE_SURROGATE, '\uFFFD')
    .replace(INVISIBLE, '')
    .replace(CONTROL, '');
}
