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
    return this.data?.code === 354 && isYes(this.mail) && this.answers.some(isYes);
  }

  /** True while bytes of the message may still be going out. */
  get isMidContent(): boolean {
    return this.isContentRead && !this.isDotWritten;
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

  /** `isFresh`: it came after the dot went out; a yes from before is about something else. */
  noteFinal(reply: SmtpReply, isFresh: boolean): boolean {
    this.final = reply;
    return isNo(reply) || (isYes(reply) && this.isDotWritten && isFresh);
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

  /** The furthest point that both witnesses, the log and the message stream, agree on. */
  private phase(failure: SmtpFailure | undefined): SmtpPhase {
    // A last line without CRLF is in the log, but it is no reply: then there is a failure too.
    if (isYes(this.final) && failure === undefined) return 'done';
    if (this.isContentDue) return 'data';
    if (this.isContentRead) return 'unknown';
    if (!isYes(this.mail)) return 'mail';
    return isNo(this.data) && this.answers.some(isYes) ? 'data' : 'rcpt';
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
