import type { Socket } from 'node:net';
import type { Address } from '../identity/address.ts';
import { parseReply } from './parse-reply.ts';
import { ReplyReader } from './reply-reader.ts';
import { type SmtpContent, toSmtpContent } from './smtp-content.ts';
import type { SmtpTransaction } from './smtp-transaction.ts';
import { toXtext } from './to-xtext.ts';
import type { SmtpReply } from './transport.ts';

/** A command whose reply has not come yet, in the order in which they went out. */
type Command = 'mail' | 'rcpt' | 'data' | 'content' | 'other';

/** What one transaction sends. */
export interface Outgoing {
  readonly mailFrom: Address;
  readonly rcptTo: readonly Address[];
  /** Goes out where the server offers DSN. */
  readonly envid?: string;
  readonly raw: Uint8Array;
}

/** A transaction under way. */
interface Running {
  readonly transaction: SmtpTransaction;
  readonly content: SmtpContent;
  /** Commands that are still to go out. */
  readonly commands: { readonly command: Command; readonly line: string }[];
  readonly done: () => void;
}

/** What {@link SmtpDialogue} needs besides the connection. */
export interface DialogueOptions {
  /** Masked in replies. */
  readonly secrets: readonly string[];
  /** From the last EHLO: keyword in upper case to its parameters. */
  readonly extensions: ReadonlyMap<string, string>;
  /**
   * The answers no longer fit the commands; called once. The caller has to cut the connection at
   * once, before anything else is written to it.
   */
  readonly onNonsense: (message: string) => void;
}

/**
 * Commands and replies on a connection that is greeted, encrypted and authenticated. A server
 * answers commands in order (RFC 5321 §4.1.1, RFC 2920 §3.1), and a connection carries one
 * transaction at a time, so each reply belongs to the oldest command without one. With PIPELINING
 * the envelope and DATA go out together.
 */
export class SmtpDialogue {
  private readonly socket: Socket;
  private readonly options: DialogueOptions;
  private readonly expected: Command[] = [];
  private running: Running | undefined;
  private onOther: ((reply: SmtpReply) => void) | undefined;
  private isNonsense = false;

  /** Takes the connection over: from now on nobody else may read from it. */
  constructor(socket: Socket, options: DialogueOptions) {
    this.socket = socket;
    this.options = options;
    const endless = () => this.complain('The server sent a reply that does not end.');
    const reader = new ReplyReader((text) => this.readReply(text), endless);
    socket.removeAllListeners('data');
    socket.on('data', (chunk: Buffer) => reader.push(chunk));
    // Before those who learn that the connection is gone.
    socket.prependListener('end', () => reader.end());
    socket.prependListener('close', () => reader.end());
  }

  /** True when every command was answered and every answer had a command. */
  get isInStep(): boolean {
    return !this.isNonsense && this.expected.length === 0;
  }

  /** Sends a command of no transaction; `done` is called with the answer. */
  command(line: string, done: (reply: SmtpReply) => void): void {
    this.onOther = done;
    this.expected.push('other');
    this.socket.write(`${line}\r\n`);
  }

  /**
   * Runs one transaction and notes its facts; `done` is called when the server has said all it has
   * to say. A connection that breaks calls nobody.
   */
  transact(transaction: SmtpTransaction, outgoing: Outgoing, done: () => void): void {
    const content = toSmtpContent(outgoing.raw);
    const commands = toCommands(outgoing, content, this.options.extensions);
    this.running = { transaction, content, commands, done };
    this.advance(this.running);
  }

  /** Writes what may go out now: the next command, all of them, the message, or nothing more. */
  private advance(running: Running): void {
    const { transaction, commands } = running;
    if (transaction.isRefused) commands.length = 0;
    const isPipelined = this.options.extensions.has('PIPELINING');
    const next = commands.splice(0, isPipelined ? commands.length : 1);
    // Nobody takes the message: then it is not asked whether it may come.
    const isVain = next[0]?.command === 'data' && !transaction.isWanted;
    if (next.length > 0 && !isVain) {
      this.expected.push(...next.map(({ command }) => command));
      this.socket.write(next.map(({ line }) => `${line}\r\n`).join(''));
    } else if (transaction.isContentDue && !transaction.isContentOut) {
      this.writeContent(running);
    } else {
      this.running = undefined;
      running.done();
    }
  }

  private writeContent({ transaction, content }: Running): void {
    this.expected.push('content');
    transaction.noteContent();
    this.socket.cork();
    this.socket.write(content.bytes);
    this.socket.write('.\r\n', (error) => {
      if (!error) transaction.noteDot();
    });
    this.socket.uncork();
  }

  private readReply(text: string): void {
    if (this.isNonsense) return;
    const reply = parseReply(text, this.options.secrets);
    const command = this.expected.shift();
    if (!this.fits(command, reply)) {
      this.complain(`The server answered ${quote(reply)} to ${NAMES[command ?? 'none']}.`);
    } else if (command === 'other') {
      this.onOther?.(reply);
    } else if (command !== undefined && this.running !== undefined && this.expected.length === 0) {
      this.advance(this.running);
    }
  }

  private fits(command: Command | undefined, reply: SmtpReply): boolean {
    const transaction = this.running?.transaction;
    switch (command) {
      case 'mail':
        return transaction?.noteMail(reply) ?? false;
      case 'rcpt':
        return transaction?.noteRecipient(reply) ?? false;
      case 'data':
        return transaction?.noteData(reply) ?? false;
      case 'content':
        return transaction?.noteFinal(reply) ?? false;
      case 'other':
        return reply.code !== undefined;
      case undefined:
        // A server may say at any time that it is about to close (RFC 5321 §3.8).
        return reply.code !== undefined && reply.code >= 400;
    }
  }

  private complain(message: string): void {
    this.isNonsense = true;
    this.running?.transaction.distrust();
    this.options.onNonsense(message);
  }
}

function toCommands(
  { mailFrom, rcptTo, envid, raw }: Outgoing,
  { isEightBit }: SmtpContent,
  extensions: ReadonlyMap<string, string>,
): Running['commands'] {
  const isInternational = [mailFrom, ...rcptTo].some((address) => /[^\p{ASCII}]/u.test(address));
  const parameters = [
    ...(isInternational && extensions.has('SMTPUTF8') ? ['SMTPUTF8'] : []),
    ...(isEightBit && extensions.has('8BITMIME') ? ['BODY=8BITMIME'] : []),
    ...(extensions.has('SIZE') ? [`SIZE=${raw.byteLength}`] : []),
    // The header is enough to know the mail again by (RFC 3461 §4.3).
    ...(envid !== undefined && extensions.has('DSN')
      ? ['RET=HDRS', `ENVID=${toXtext(envid)}`]
      : []),
  ];
  return [
    { command: 'mail', line: [`MAIL FROM:<${mailFrom}>`, ...parameters].join(' ') },
    ...rcptTo.map((address) => ({ command: 'rcpt' as const, line: `RCPT TO:<${address}>` })),
    { command: 'data', line: 'DATA' },
  ];
}

const NAMES: Readonly<Record<Command | 'none', string>> = {
  mail: 'MAIL',
  rcpt: 'RCPT',
  data: 'DATA',
  content: 'the message',
  other: 'a command',
  none: 'nothing',
};

function quote(reply: SmtpReply): string {
  return JSON.stringify(`${reply.code ?? ''} ${reply.text}`.trim());
}
