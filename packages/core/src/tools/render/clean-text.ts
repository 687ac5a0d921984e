import { stripUnseen } from '../../inbound/strip-unseen.ts';

/**
 * `<|im_start|>` and its relatives, also with the full-width bar; `[INST]`, `<<SYS>>`, turn marks; each
 * also as Markdown escapes it.
 */
const PIPE_TOKEN = /\\?<\\?[|\uFF5C]|\\?[|\uFF5C]\\?>/g;
const BRACKET_TOKEN = /\\?\[(\/?INST)\\?\]/gi;
const ANGLE_TOKEN =
  /\\?<(?:\\?<)?(\/?(?:SYS|s|start_of_turn|end_of_turn|bos|eos|system|assistant|user|human))>>?/gi;

/**
 * Text from outside as a model may see it: without what only a model would see, and without the
 * marks of chat templates. Hygiene, not a defence: what holds is that reading it loosens nothing.
 * Joiners go too, so some emoji and a few Persian or Indic forms look plainer; `data` keeps them.
 */
export function cleanText(text: string): string {
  return stripUnseen(text)
    .replace(PIPE_TOKEN, (token) => (token.includes('<') ? '< |' : '| >'))
    .replace(BRACKET_TOKEN, '($1)')
    .replace(ANGLE_TOKEN, '($1)');
}
