import type { SmtpPhase } from './transport.ts';

/** Whether a dialogue that got this far gave the server no byte of the message. */
export function isBeforeContent(phase: SmtpPhase): boolean {
  switch (phase) {
    case 'connect':
    case 'mail':
    case 'rcpt':
      return true;
    case 'data':
    case 'done':
    case 'unknown':
      return false;
  }
}
