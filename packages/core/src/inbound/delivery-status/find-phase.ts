import type { SmtpPhase } from '../../transport/transport.ts';

/** How programs say which command was refused; the latest step of a dialogue first. */
const PHASES: readonly (readonly [SmtpPhase, RegExp])[] = [
  [
    'data',
    /\bend of data\b|\bDATA\b(?! ?base)|for TEXT command|failed (?:on DATA|after I sent)|\[BODY\]|\(state 1[578]\)|MESSAGE BODY/,
  ],
  [
    'rcpt',
    /\bRCPT\b|does not like recipient|\(state 14\)|rejected recipient|\brcpt to\b|recipient was rejected/,
  ],
  [
    'mail',
    /\bMAIL F(?:ROM)?\b|\bMAIL FROM\b|for MAIL command|after MAIL|sender was rejected|\[MAIL_FROM\]/,
  ],
  [
    'connect',
    /\b(?:EHLO|HELO)\b(?! command rejected: need)|greeting failed|my name was rejected|after initial connection|refused to talk to me|\(state 13\)|\bSTARTTLS command\b/,
  ],
];

/** The step that was refused, from a program's words; `unknown` in many reports. */
export function findPhase(text: string): SmtpPhase {
  const words = text.slice(0, 8_000);
  // A transcript: the command before the first refusal; what came after it failed in its wake.
  const refusal = /<<< ?[45]\d\d/.exec(words)?.index ?? words.length;
  const command = [...words.slice(0, refusal).matchAll(/(?:^|\s)>>> ?(\w{4})/g)]
    .at(-1)?.[1]
    ?.toUpperCase();
  if (command === 'MAIL') return 'mail';
  const own = PHASES.find(([, pattern]) => command !== undefined && pattern.test(` ${command} `));
  if (own !== undefined) return own[0];
  return PHASES.find(([, pattern]) => pattern.test(words))?.[0] ?? 'unknown';
}
