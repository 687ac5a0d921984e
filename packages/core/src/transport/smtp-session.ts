import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Address } from '../identity/address.ts';
import { parseReply, toPlainText } from './parse-reply.ts';
import { SmtpDialogue } from './smtp-dialogue.ts';
import type { SmtpFailure } from './smtp-failure.ts';
import type { SmtpSettings } from './smtp-options.ts';
import type { SmtpTransaction } from './smtp-transaction.ts';

/** What nodemailer hands to its callbacks, as far as it is used here. */
interface ConnectionError {
  readonly code?: string | undefined;
  readonly message: string;
  readonly response?: string | undefined;
}
type Done = (error?: ConnectionError | null) => void;

/** One connection to the server, used for one transaction after another. */
export class SmtpSession {
  /** Transactions so far. */
  transactions = 0;
  /** True when the last transaction ended with a yes, so that no RSET is due. */
  isClean = false;
  private readonly settings: SmtpSettings;
  private readonly secrets: readonly string[];
  private readonly dialogue: SmtpDialogue;
  private readonly connection: SMTPConnection;
  private abort: ((failure: SmtpFailure) => void) | undefined;
  private isCut = false;
  private onClosed: (() => void) | undefined;

  constructor(settings: SmtpSettings) {
    this.settings = settings;
    this.secrets = toSecrets(settings.auth);
    this.dialogue = new SmtpDialogue({
      secrets: this.secrets,
      bytesRead: () => this.socket?.bytesRead ?? 0,
      onNonsense: (message) => this.cut({ code: 'EPROTOCOL', message }),
    });
    this.connection = new SMTPConnection({
      host: settings.host,
      port: settings.port,
      secure: settings.secure,
      requireTLS: settings.requireTls && !settings.secure,
      ...(settings.name === undefined ? {} : { name: settings.name }),
      tls: settings.tls,
      connectionTimeout: settings.connectionTimeout,
      greetingTimeout: settings.greetingTimeout,
      socketTimeout: settings.socketTimeout,
      // What was cut is not to linger: the answer could only come too late.
      socketCloseTimeout: 0,
      maxResponseSize: 64 * 1024,
      logger: this.dialogue.logger,
      transactionLog: true,
    });
    this.connection.on('error', (error: ConnectionError) => this.cut(this.toFailure(error)));
    // After an error, nodemailer hands the better reason to its callback in the same turn.
    this.connection.on('end', () => queueMicrotask(() => this.cut(CLOSED)));
  }

  /** Keyword to parameters of what the server offers (RFC 5321 §4.1.1.1). */
  get extensions(): ReadonlyMap<string, string> {
    return this.dialogue.extensions;
  }

  get isUsable(): boolean {
    return !this.isCut && !this.connection.destroyed && this.dialogue.isInStep;
  }

  /** Connects, greets, upgrades and authenticates. Returns why not. */
  async open(signal: AbortSignal): Promise<SmtpFailure | undefined> {
    const { connection } = this;
    const { auth } = this.settings;
    const unconnected = await this.run(signal, (done) => connection.connect(done));
    if (unconnected !== undefined || auth === undefined) return unconnected;
    const failure = connection.allowsAuth
      ? await this.run(signal, (done) => connection.login({ ...auth }, done))
      : NO_AUTH;
    if (failure !== undefined) this.cut(failure);
    return failure;
  }

  /** Runs one transaction; its facts are noted in `transaction`. Returns why it ended early. */
  async transact(
    transaction: SmtpTransaction,
    envelope: { readonly mailFrom: Address; readonly rcptTo: readonly Address[] },
    raw: Uint8Array,
    signal: AbortSignal,
  ): Promise<SmtpFailure | undefined> {
    this.transactions += 1;
    this.dialogue.begin(transaction);
    const content = toLazyReadable(raw, () => {
      transaction.noteContent();
      // A server may filter for long before it answers; the deadline of the send still holds.
      this.socket?.setTimeout(this.settings.sendTimeout);
    });
    const smtp = {
      from: envelope.mailFrom,
      to: [...envelope.rcptTo],
      size: raw.byteLength,
      use8BitMime: hasEightBit(raw),
    };
    const failure = await this.run(signal, (done) => this.connection.send(smtp, content, done));
    this.isClean = failure === undefined;
    this.dialogue.end();
    content.destroy();
    // Refused in mid-message: the rest of it would be read as commands.
    if (transaction.isMidContent) this.cut(CLOSED);
    this.socket?.setTimeout(this.settings.socketTimeout);
    return failure;
  }

  /** Ends a transaction that the server refused, or finds out whether it is still there. */
  async reset(signal: AbortSignal): Promise<boolean> {
    const failure = await this.run(signal, (done) => this.connection.reset(done));
    return failure === undefined && this.isUsable;
  }

  /** An unused connection does not keep the process alive; `onClosed` tells that it is gone. */
  rest(onClosed: () => void): void {
    this.onClosed = onClosed;
    this.socket?.unref();
  }

  wake(): void {
    this.onClosed = undefined;
    this.socket?.ref();
  }

  /** Says QUIT and waits for the end, but not for long. */
  async quit(): Promise<void> {
    this.onClosed = undefined;
    if (!this.isUsable) return this.cut(CLOSED);
    this.socket?.ref();
    const patience = AbortSignal.timeout(QUIT_PATIENCE);
    await this.run(patience, () => this.connection.quit());
    this.cut(CLOSED);
  }

  /** Drops the connection at once, whatever it was doing. */
  cut(failure: SmtpFailure): void {
    const { abort, onClosed } = this;
    this.abort = undefined;
    this.onClosed = undefined;
    this.isCut = true;
    this.connection.close();
    abort?.(failure);
    onClosed?.();
  }

  /** Exactly one of nodemailer's callback, its `error`, its end and the signal settles it. */
  private run(signal: AbortSignal, start: (done: Done) => void): Promise<SmtpFailure | undefined> {
    if (this.isCut) return Promise.resolve(CLOSED);
    return new Promise((resolve) => {
      const onAbort = (): void => this.cut(TIMED_OUT);
      const settle = (failure: SmtpFailure | undefined): void => {
        signal.removeEventListener('abort', onAbort);
        this.abort = undefined;
        resolve(failure);
      };
      this.abort = settle;
      if (signal.aborted) return onAbort();
      signal.addEventListener('abort', onAbort, { once: true });
      start((error) => {
        if (this.abort === settle) settle(error ? this.toFailure(error) : undefined);
      });
    });
  }

  private toFailure(error: ConnectionError): SmtpFailure {
    return {
      code: error.code ?? 'ECONNECTION',
      message: toPlainText(error.message, this.secrets),
      ...(error.response ? { reply: parseReply(error.response, this.secrets) } : {}),
    };
  }

  private get socket(): Socket | undefined {
    return this.connection._socket || undefined;
  }
}

/** Milliseconds that a server gets to answer QUIT. */
const QUIT_PATIENCE = 1_000;
const CHUNK = 64 * 1024;
const CLOSED: SmtpFailure = { code: 'ECONNECTION', message: 'The connection was closed.' };
const TIMED_OUT: SmtpFailure = {
  code: 'ETIMEDOUT',
  message: 'The server did not answer within the time for one send.',
};
const NO_AUTH: SmtpFailure = {
  code: 'EAUTH',
  message: 'Credentials were given, and the server offers no authentication.',
};

/** Says when the first byte is asked for, which nodemailer does once it has its 354. */
function toLazyReadable(raw: Uint8Array, onRead: () => void): Readable {
  let at = 0;
  return new Readable({
    read() {
      if (at === 0) onRead();
      const chunk = raw.subarray(at, at + CHUNK);
      at += chunk.byteLength;
      this.push(chunk.byteLength === 0 ? null : chunk);
    },
  });
}

function hasEightBit(raw: Uint8Array): boolean {
  for (const byte of raw) if (byte > 0x7f) return true;
  return false;
}

/** What a server may echo of what it was sent, the longest first, for one holds another. */
function toSecrets(auth: SmtpSettings['auth']): readonly string[] {
  if (auth === undefined) return [];
  const { user, pass } = auth;
  const [token, encoded] = [`\0${user}\0${pass}`, pass].map((text) =>
    Buffer.from(text).toString('base64'),
  );
  const secrets = [token, encoded, pass].filter((secret) => secret !== undefined);
  return secrets.filter((secret) => secret.length >= MIN_SECRET);
}

/** Masking anything shorter would spoil every reply. */
const MIN_SECRET = 4;
