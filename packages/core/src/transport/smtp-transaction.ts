import type { Address } from '../identity/address.ts';
import type { SmtpFailure } from './smtp-failure.ts';
import type { RecipientReply, SmtpPhase, SmtpReply, TransportResult } from './transport.ts';

/**
 * The facts of one SMTP transaction as they come in. Each `note…` returns false when the reply is
 * not one that the command can have (RFC 5321 §4.3.2); nothing is concluded from such a reply.
 */
export class SmtpTransaction {
  private readonly recipients: readonly Address[];
  private readonly refusedHere: readonly RecipientReply[];
  private readonly answers: SmtpReply[] = [];
  private mail: SmtpReply | undefined;
  private data: SmtpReply | undefined;
  private final: SmtpReply | undefined;
  private isContentRead = false;
  private isDotWritten = false;
  private isDistrusted = false;

  /** `recipients` in the order of their RCPT commands; `refusedHere` are never offered. */
  constructor(recipients: readonly Address[], refusedHere: readonly RecipientReply[] = []) {
    this.recipients = recipients;
    this.refusedHere = refusedHere;
  }

  /** True once the server has said 354 and has somebody to take the message for. */
  get isContentDue(): boolean {
    return this.data?.code === 354 && isYes(this.mail) && this.isWanted;
  }

  /** True once bytes of the message may be on the wire. */
  get isContentOut(): boolean {
    return this.isContentRead;
  }

  /** The server has taken the message for somebody. */
  get isAccepted(): boolean {
    return !this.isDistrusted && isYes(this.final);
  }

  /** MAIL was refused. */
  get isRefused(): boolean {
    return isNo(this.mail);
  }

  /** Somebody may have the message. */
  get isWanted(): boolean {
    return this.answers.some(isYes);
  }

  /** True while the server waits for a message, or for the rest of one, that will not come. */
  get isStranded(): boolean {
    return this.data?.code === 354 && !this.isDotWritten;
  }

  noteMail(reply: SmtpReply): boolean {
    this.mail = reply;
    return isYes(reply) || isNo(reply);
  }

  noteRecipient(reply: SmtpReply): boolean {
    // After a refused MAIL, pipelined RCPTs draw a 503 each: the reason is MAIL's reply.
    if (!isNo(this.mail)) this.answers.push(reply);
    return isYes(reply) || isNo(reply);
  }

  noteData(reply: SmtpReply): boolean {
    this.data = reply;
    return reply.code === 354 || isNo(reply);
  }

  /** The message was asked for: from now on bytes of it may be on the wire. */
  noteContent(): void {
    this.isContentRead = true;
  }

  noteDot(): void {
    this.isDotWritten = true;
  }

  /** A yes that came before the dot went out is about something else. */
  noteFinal(reply: SmtpReply): boolean {
    this.final = reply;
    return isNo(reply) || (isYes(reply) && this.isDotWritten);
  }

  /** The replies no longer fit the commands, so none of them says whom it is about. */
  distrust(): void {
    this.isDistrusted = true;
  }

  /** What to tell of it; `failure` is why it ended, unless the server's last answer ended it. */
  toResult(host: string, failure?: SmtpFailure): TransportResult {
    const phase = this.phase(failure);
    const refused = this.refused();
    const isOpen = (address: Address) => !refused.some((one) => one.address === address);
    const rest = this.recipients.filter(isOpen);
    const all = (reply: SmtpReply): RecipientReply[] =>
      rest.map((address) => ({ address, reply, phase }));
    const no = this.refusal();
    const response = this.final === undefined || this.isDistrusted ? {} : { response: this.final };
    if (phase === 'done' && isYes(this.final)) {
      return { phase, accepted: all(this.final), rejected: refused, host, ...response };
    }
    if (no !== undefined || rest.length === 0) {
      const rejected = no === undefined ? refused : [...refused, ...all(no)];
      return { phase, accepted: [], rejected, host, ...response };
    }
    return { phase, accepted: [], rejected: refused, host, broken: failure ?? UNANSWERED };
  }

  /** How far it certainly got. */
  private phase(failure: SmtpFailure | undefined): SmtpPhase {
    // The connection can break in the moment in which the answer arrives.
    if (isYes(this.final) && failure === undefined) return 'done';
    if (this.isContentDue) return 'data';
    if (this.isContentRead) return 'unknown';
    if (!isYes(this.mail)) return 'mail';
    return isNo(this.data) && this.isWanted ? 'data' : 'rcpt';
  }

  /** The no that holds for everybody who has not got one of their own. */
  private refusal(): SmtpReply | undefined {
    if (this.isDistrusted) return undefined;
    return [this.mail, this.data, this.final].find(isNo);
  }

  private refused(): readonly RecipientReply[] {
    if (this.isDistrusted) return this.refusedHere;
    const offered = this.recipients.flatMap((address, at) => {
      const reply = this.answers[at];
      return isNo(reply) ? [{ address, reply, phase: 'rcpt' as const }] : [];
    });
    return [...this.refusedHere, ...offered];
  }
}

const UNANSWERED: SmtpFailure = {
  code: 'EPROTOCOL',
  message: 'The dialogue ended without an answer to the message.',
};

function isYes(reply: SmtpReply | undefined): reply is SmtpReply {
  return reply?.code !== undefined && reply.code >= 200 && reply.code < 300;
}

function isNo(reply: SmtpReply | undefined): reply is SmtpReply {
  return reply?.code !== undefined && reply.code >= 400;
}
