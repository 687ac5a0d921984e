import type { Socket } from 'node:net';
import {
  defaultAnswer,
  type SmtpAnswer,
  type SmtpMoment,
  type SmtpScript,
  type SmtpStage,
} from './smtp-script.ts';

/** A message whose final dot the server received. */
export interface ReceivedMessage {
  readonly transaction: number;
  readonly mailFrom: string;
  readonly rcptTo: readonly string[];
  /** After dot-unstuffing. */
  readonly raw: Buffer;
}

/** What one connection tells the server that owns it. */
export interface DialogueHooks {
  readonly connection: number;
  readonly script: SmtpScript;
  /** Gives the next transaction its number. */
  nextTransaction(): number;
  onCommand(line: string): void;
  onReceived(message: ReceivedMessage): void;
  onAccepted(message: ReceivedMessage): void;
}

const DOT = Buffer.from('\r\n.\r\n');
const CRLF = Buffer.from('\r\n');

/** One connection of a scripted server: cuts the bytes into commands and answers by the script. */
export class ScriptedDialogue {
  private readonly socket: Socket;
  private readonly hooks: DialogueHooks;
  private buffer: Buffer = Buffer.alloc(0);
  private mode: 'commands' | 'content' | 'deaf' = 'commands';
  private hasContentBegun = false;
  private transaction = 0;
  private mailFrom = '';
  private rcptTo: string[] = [];

  constructor(socket: Socket, hooks: DialogueHooks) {
    this.socket = socket;
    this.hooks = hooks;
    socket.setNoDelay(true);
    socket.on('error', () => undefined); // The client may hang up at any time.
    socket.on('data', (chunk: Buffer) => {
      this.buffer = Buffer.concat([this.buffer, chunk]);
      this.consume();
    });
    this.answer('connect');
  }

  private consume(): void {
    for (let goesOn = true; goesOn; ) {
      if (this.mode === 'deaf') return;
      goesOn = this.mode === 'content' ? this.consumeContent() : this.consumeCommand();
    }
  }

  private consumeCommand(): boolean {
    const end = this.buffer.indexOf(CRLF);
    if (end < 0) return false;
    const line = this.buffer.subarray(0, end).toString('utf8');
    this.buffer = this.buffer.subarray(end + CRLF.length);
    this.hooks.onCommand(line);
    this.command(line);
    return true;
  }

  private command(line: string): void {
    const stage = toStage(line);
    if (stage === 'mail') {
      this.transaction = this.hooks.nextTransaction();
      this.mailFrom = pathOf(line);
      this.rcptTo = [];
    }
    const recipient = stage === 'rcpt' ? pathOf(line) : '';
    const reply = this.answer(stage, line, recipient);
    if (stage === 'rcpt' && reply.startsWith('2')) this.rcptTo.push(recipient);
    if (stage === 'data' && reply.startsWith('354') && this.mode === 'commands') {
      this.mode = 'content';
      this.hasContentBegun = false;
    }
    // A real handshake would follow; here the client's hello falls on deaf ears.
    if (stage === 'starttls' && reply.startsWith('220')) this.mode = 'deaf';
  }

  private consumeContent(): boolean {
    if (this.buffer.length === 0) return false;
    if (!this.hasContentBegun) {
      this.hasContentBegun = true;
      this.answer('content');
      if (this.mode !== 'content') return false;
    }
    const isEmpty = this.buffer.subarray(0, 3).equals(DOT.subarray(2));
    const end = isEmpty ? 0 : this.buffer.indexOf(DOT);
    if (end < 0) return false;
    const raw = isEmpty ? Buffer.alloc(0) : this.buffer.subarray(0, end + CRLF.length);
    this.buffer = this.buffer.subarray(isEmpty ? 3 : end + DOT.length);
    this.mode = 'commands';
    this.finish(raw);
    return true;
  }

  private finish(raw: Buffer): void {
    const unstuffed = raw.toString('latin1').replace(/^\./gm, '');
    const message = {
      transaction: this.transaction,
      mailFrom: this.mailFrom,
      rcptTo: this.rcptTo,
      raw: Buffer.from(unstuffed, 'latin1'),
    };
    this.hooks.onReceived(message);
    if (this.answer('dot').startsWith('2')) this.hooks.onAccepted(message);
    this.rcptTo = [];
  }

  /** Does what the script says and returns what was written. */
  private answer(stage: SmtpStage, line = '', recipient = ''): string {
    const step = this.hooks.script[stage];
    const moment: SmtpMoment = {
      connection: this.hooks.connection,
      transaction: this.transaction,
      line,
      mailFrom: this.mailFrom,
      recipient,
      rcptTo: [...this.rcptTo],
    };
    const scripted = typeof step === 'function' ? step(moment) : step;
    return this.perform(scripted ?? defaultAnswer(stage, this.hooks.script, moment));
  }

  private perform(answer: SmtpAnswer): string {
    const { reply, raw, act } = typeof answer === 'string' ? { reply: answer } : answer;
    const bytes = raw ?? (reply === undefined ? '' : `${reply.replace(/\n/g, '\r\n')}\r\n`);
    const written = Buffer.from(bytes);
    if (act === undefined) this.write(written);
    else {
      this.mode = 'deaf';
      if (act === 'stall') this.write(written);
      // Waiting for the write keeps a reset from overtaking the reply before it.
      else if (act === 'end') this.socket.end(written);
      else if (written.length === 0) this.socket.resetAndDestroy();
      else this.socket.write(written, () => this.socket.destroy());
    }
    return written.toString('latin1');
  }

  private write(bytes: Buffer): void {
    if (bytes.length > 0 && this.socket.writable) this.socket.write(bytes);
  }
}

function toStage(line: string): SmtpStage {
  const verb = /^[a-z]+/i.exec(line)?.[0].toUpperCase() ?? '';
  switch (verb) {
    case 'EHLO':
    case 'HELO':
      return 'ehlo';
    case 'STARTTLS':
    case 'AUTH':
    case 'MAIL':
    case 'RCPT':
    case 'DATA':
    case 'RSET':
    case 'QUIT':
      return verb.toLowerCase() as SmtpStage;
    default:
      return 'other';
  }
}

function pathOf(line: string): string {
  return /<([^>]*)>/.exec(line)?.[1] ?? '';
}
