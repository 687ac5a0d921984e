import type { ExternalLogger, LogEntry } from 'nodemailer/lib/shared';
import { parseReply } from './parse-reply.ts';
import type { SmtpTransaction } from './smtp-transaction.ts';
import type { SmtpReply } from './transport.ts';

/** A command whose reply has not come yet, in the order in which they went out. */
type Expected = 'greeting' | 'ehlo' | 'mail' | 'rcpt' | 'data' | 'content' | 'other';

/**
 * Reads along on one connection, from nodemailer's transaction log. A server answers commands in
 * order (RFC 5321 §4.1.1, RFC 2920 §3.1 with PIPELINING), and a connection carries one transaction
 * at a time, so each reply belongs to the oldest command without one.
 */
export class SmtpDialogue {
  /** What the server offers, from the last EHLO: keyword in upper case to its parameters. */
  readonly extensions = new Map<string, string>();
  private readonly expected: Expected[] = ['greeting'];
  private readonly secrets: readonly string[];
  private readonly bytesRead: () => number;
  private readonly onNonsense: (message: string) => void;
  private bytesReadAtDot = 0;
  private transaction: SmtpTransaction | undefined;
  private isNonsense = false;

  /**
   * `bytesRead` tells how much came from the server so far. `onNonsense` is called once, as soon as
   * the answers no longer fit the commands; the caller has to cut the connection at once, before
   * anything else is written to it.
   */
  constructor(options: {
    readonly secrets: readonly string[];
    readonly bytesRead: () => number;
    readonly onNonsense: (message: string) => void;
  }) {
    this.secrets = options.secrets;
    this.bytesRead = options.bytesRead;
    this.onNonsense = options.onNonsense;
  }

  /** Hand this to the connection, with `transactionLog: true`. */
  get logger(): ExternalLogger {
    const log = (entry: LogEntry, message?: string): void => this.read(entry, message ?? '');
    return { trace: log, debug: log, info: log, warn: log, error: log, fatal: log };
  }

  /** True when every command was answered and every answer had a command. */
  get isInStep(): boolean {
    return !this.isNonsense && this.expected.length === 0;
  }

  /** Attributes what follows to this transaction. */
  begin(transaction: SmtpTransaction): void {
    this.transaction = transaction;
  }

  end(): void {
    this.transaction = undefined;
  }

  private read(entry: LogEntry, text: string): void {
    if (this.isNonsense) return;
    if (entry.tnx === 'client') this.readCommand(text);
    else if (entry.tnx === 'server') this.readReply(text);
    // Logged when the last byte, which is the final dot's line, was given to the socket.
    else if (entry.tnx === 'message') this.readDot();
  }

  private readDot(): void {
    this.transaction?.noteDot();
    this.bytesReadAtDot = this.bytesRead();
  }

  private readCommand(line: string): void {
    const { transaction } = this;
    if (transaction === undefined) {
      this.expected.push(/^(EHLO|HELO) /.test(line) ? 'ehlo' : 'other');
    } else if (line.startsWith('MAIL FROM:')) {
      this.expected.push('mail');
    } else if (line.startsWith('RCPT TO:')) {
      this.expected.push('rcpt');
    } else {
      this.expected.push(line === 'DATA' ? 'data' : 'other');
    }
  }

  private readReply(text: string): void {
    const reply = parseReply(text, this.secrets);
    const command = this.expected.shift();
    const complaint = this.attribute(command, reply, text);
    if (complaint === undefined) return;
    this.isNonsense = true;
    this.transaction?.distrust();
    this.onNonsense(complaint);
  }

  /** Takes the reply to the books; returns what is wrong with it, if it does not fit. */
  private attribute(
    command: Expected | undefined,
    reply: SmtpReply,
    raw: string,
  ): string | undefined {
    const fits = this.fits(command, reply);
    if (fits && command === 'ehlo' && reply.code === 250) this.readExtensions(raw);
    if (fits && command === 'data' && this.transaction?.isContentDue) this.expected.push('content');
    return fits ? undefined : `The server answered ${quote(reply)} to ${NAMES[command ?? 'none']}.`;
  }

  private fits(command: Expected | undefined, reply: SmtpReply): boolean {
    const { transaction } = this;
    switch (command) {
      case 'ehlo':
        return reply.code === 250 || isRefusal(reply);
      case 'mail':
        return transaction?.noteMail(reply) ?? false;
      case 'rcpt':
        return transaction?.noteRecipient(reply) ?? false;
      case 'data':
        return transaction?.noteData(reply) ?? false;
      case 'content':
        // What had come before the dot went out was not said about this message.
        return transaction?.noteFinal(reply, this.bytesRead() > this.bytesReadAtDot) ?? false;
      case 'greeting':
      case 'other':
        return true;
      case undefined:
        // A server may say at any time that it is about to close (RFC 5321 §3.8).
        return isRefusal(reply);
    }
  }

  private readExtensions(raw: string): void {
    this.extensions.clear();
    for (const line of raw.split(/\r?\n/).slice(1)) {
      const [keyword = '', ...parameters] = line.slice(4).trim().split(/\s+/);
      this.extensions.set(keyword.toUpperCase(), parameters.join(' '));
    }
  }
}

const NAMES: Readonly<Record<Expected | 'none', string>> = {
  greeting: 'the connection',
  ehlo: 'EHLO',
  mail: 'MAIL',
  rcpt: 'RCPT',
  data: 'DATA',
  content: 'the message',
  other: 'a command',
  none: 'nothing',
};

/** A definite no: 4yz or 5yz. */
function isRefusal(reply: SmtpReply): boolean {
  return reply.code !== undefined && reply.code >= 400;
}

function quote(reply: SmtpReply): string {
  return JSON.stringify(`${reply.code ?? ''} ${reply.text}`.trim());
}
