/**
 * Characters that a reader does not see but a model does: zero-width, bidi controls, tag characters
 * and variation selectors (both can carry hidden text), annotation marks.
 */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\uFFF9-\uFFFB]/gu;
/** Control characters other than tab and newline. */
const CONTROL = /(?![\t\n])\p{Cc}/gu;
const LONE_SURROGATE = /\p{Cs}/gu;
/** `<|im_start|>` and its relatives, also with the full-width bar; `[INST]`, `<<SYS>>`, turn marks. */
const PIPE_TOKEN = /<[|\uFF5C]|[|\uFF5C]>/g;
const BRACKET_TOKEN = /\[(\/?INST)\]/gi;
const ANGLE_TOKEN =
  /<<?(\/?(?:SYS|s|start_of_turn|end_of_turn|bos|eos|system|assistant|user|human))>>?/gi;

/**
 * Text from outside as a model may see it: without what only a model would see, and without the
 * marks of chat templates. Hygiene, not a defence: what holds is that reading it loosens nothing.
 * Joiners go too, so some emoji and a few Persian or Indic forms look plainer; `data` keeps them.
 */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(LONE_SURROGATE, '\uFFFD')
    .replace(INVISIBLE, '')
    .replace(CONTROL, '')
    .replace(PIPE_TOKEN, (token) => (token.startsWith('<') ? '< |' : '| >'))
    .replace(BRACKET_TOKEN, '($1)')
    .replace(ANGLE_TOKEN, '($1)');
}
