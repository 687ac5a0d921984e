import type { Socket } from 'node:net';
import type { ExternalLogger, LogEntry } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { getAccessToken } from './access-token.ts';
import { parseReply, toPlainText } from './parse-reply.ts';
import { readExtensions } from './read-extensions.ts';
import { type Outgoing, SmtpDialogue } from './smtp-dialogue.ts';
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

/**
 * One connection to the server, used for one transaction after another. nodemailer connects, greets,
 * encrypts and authenticates; then {@link SmtpDialogue} takes over.
 */
export class SmtpSession {
  /** Transactions so far. */
  transactions = 0;
  /** True when the last transaction ended with a yes, so that no RSET is due. */
  isClean = false;
  private readonly settings: SmtpSettings;
  private readonly secrets: string[];
  private dialogue: SmtpDialogue | undefined;
  private ehlo = '';
  private readonly connection: SMTPConnection;
  private abort: ((failure: SmtpFailure) => void) | undefined;
  private isCut = false;
  private onClosed: (() => void) | undefined;

  constructor(settings: SmtpSettings) {
    this.settings = settings;
    this.secrets = toSecrets(settings.auth, '');
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
      logger: this.ehloReader(),
      transactionLog: true,
    });
    this.connection.on('error', (error: ConnectionError) => this.cut(this.toFailure(error)));
    // After an error, nodemailer hands the better reason to its callback in the same turn.
    this.connection.on('end', () => queueMicrotask(() => this.cut(CLOSED)));
  }

  /** What the server offers, from the last EHLO: keyword in upper case to its parameters. */
  extensions: ReadonlyMap<string, string> = new Map();

  get isUsable(): boolean {
    return !this.isCut && !this.connection.destroyed && (this.dialogue?.isInStep ?? false);
  }

  /** Connects, greets, upgrades and authenticates. Returns why not. */
  async open(signal: AbortSignal): Promise<SmtpFailure | undefined> {
    const { connection } = this;
    const { auth } = this.settings;
    const unconnected = await this.run(signal, (done) => connection.connect(done));
    const failure =
      unconnected ?? (auth === undefined ? undefined : await this.login(auth, signal));
    if (failure !== undefined) {
      this.cut(failure);
      return failure;
    }
    this.takeOver();
    return undefined;
  }

  /** Runs one transaction; its facts are noted in `transaction`. Returns why it broke off. */
  async transact(
    transaction: SmtpTransaction,
    outgoing: Outgoing,
    signal: AbortSignal,
  ): Promise<SmtpFailure | undefined> {
    this.transactions += 1;
    // A server may filter for long before it answers; the deadline of the send still holds.
    this.socket?.setTimeout(this.settings.sendTimeout);
    const failure = await this.run(signal, (done) =>
      this.dialogue?.transact(transaction, outgoing, done),
    );
    this.isClean = transaction.isAccepted && failure === undefined;
    // Refused in mid-message: the rest of it would be read as commands.
    if (transaction.isStranded) this.cut(CLOSED);
    this.socket?.setTimeout(this.settings.socketTimeout);
    return failure;
  }

  /** Ends a transaction that the server refused, or finds out whether it is still there. */
  async reset(signal: AbortSignal): Promise<boolean> {
    let isReset = false;
    const failure = await this.run(signal, (done) =>
      this.dialogue?.command('RSET', ({ code = 0 }) => {
        isReset = code >= 200 && code < 300;
        done();
      }),
    );
    return failure === undefined && isReset && this.isUsable;
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
    await this.run(patience, (done) => this.dialogue?.command('QUIT', () => done()));
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

  private login(
    auth: NonNullable<SmtpSettings['auth']>,
    signal: AbortSignal,
  ): Promise<SmtpFailure | undefined> | SmtpFailure {
    if (!this.connection.allowsAuth) return NO_AUTH;
    const credentials = 'pass' in auth ? { ...auth } : this.toOAuth2(auth);
    return this.run(signal, (done) => this.connection.login(credentials, done));
  }

  /** XOAUTH2; nodemailer asks a second time when the server refuses the first token. */
  private toOAuth2({ user, accessToken }: TokenAuth): SMTPConnection.Credentials {
    const toLine = (token: string): string => `user=${user}\x01auth=Bearer ${token}\x01\x01`;
    const getToken = (_renew: boolean, done: (error: unknown, token?: string) => void): void => {
      getAccessToken(accessToken, this.settings.connectionTimeout).then(
        (token) => {
          this.secrets.push(...toSecrets({ user, pass: token }, toLine(token)));
          done(null, token);
        },
        (error: unknown) => done(error),
      );
    };
    const buildXOAuth2Token = (token: string): string =>
      Buffer.from(toLine(token)).toString('base64');
    return { oauth2: { getToken, buildXOAuth2Token } } as never;
  }

  private takeOver(): void {
    const { socket, secrets } = this;
    if (socket === undefined) {
      this.cut(CLOSED);
      return;
    }
    this.extensions = readExtensions(this.ehlo);
    this.dialogue = new SmtpDialogue(socket, {
      secrets,
      extensions: this.extensions,
      onNonsense: (message) => this.cut({ code: 'EPROTOCOL', message }),
    });
  }

  /** nodemailer tells what the server offers in its log only. */
  private ehloReader(): ExternalLogger {
    let isEhlo = false;
    const log = ({ tnx }: LogEntry, text = ''): void => {
      if (tnx === 'server' && isEhlo) this.ehlo = text;
      if (tnx === 'server') isEhlo = false;
      if (tnx === 'client') isEhlo = /^(?:EHLO|HELO) /.test(text);
    };
    return { trace: log, debug: log, info: log, warn: log, error: log, fatal: log };
  }

  /** Exactly one of the callback, nodemailer's `error`, its end and the signal settles it. */
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
const CLOSED: SmtpFailure = { code: 'ECONNECTION', message: 'The connection was closed.' };
const TIMED_OUT: SmtpFailure = {
  code: 'ETIMEDOUT',
  message: 'The server did not answer within the time for one send.',
};
const NO_AUTH: SmtpFailure = {
  code: 'EAUTH',
  message: 'Credentials were given, and the server offers no authentication.',
};

type TokenAuth = Extract<SmtpSettings['auth'], { accessToken: unknown }>;

/** What a server may echo of what it was sent, the longest first, for one holds another. */
function toSecrets(auth: SmtpSettings['auth'], line: string): string[] {
  if (auth === undefined || !('pass' in auth)) return [];
  const { user, pass } = auth;
  const encoded = [line, `\0${user}\0${pass}`, pass].map((text) =>
    Buffer.from(text).toString('base64'),
  );
  return [...encoded, pass].filter((secret) => secret.length >= MIN_SECRET);
}

/** Masking anything shorter would spoil every reply. */
const MIN_SECRET = 4;
