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
  // A transcript: what came after the first refusal failed in its wake.
  const [, command] = /(?:^|\s)>>> ?(\w{4})/.exec(words) ?? [];
  if (command !== undefined) {
    const own = PHASES.find(([, pattern]) => pattern.test(` ${command.toUpperCase()} `));
    if (own !== undefined) return own[0];
    if (command.toUpperCase() === 'MAIL') return 'mail';
  }
  return PHASES.find(([, pattern]) => pattern.test(words))?.[0] ?? 'unknown';
}
