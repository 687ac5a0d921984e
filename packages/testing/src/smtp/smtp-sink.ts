import type { AddressInfo } from 'node:net';
import {
  SMTPServer,
  type SMTPServerAddress,
  type SMTPServerOptions,
  type SMTPServerSession,
} from 'smtp-server';
import { createStateWatch } from '../state-watch.ts';
import { selfSignedCertificate } from '../tls/self-signed-certificate.ts';
import { type SinkMessage, toSinkMessage } from './sink-message.ts';

/** What an SMTP sink asks of its clients. */
export interface SmtpSinkOptions {
  /** When set, clients must authenticate as this user; with XOAUTH2, by `pass` as the token. */
  readonly auth?: { readonly user: string; readonly pass: string };
  /** `starttls` offers the upgrade, `implicit` speaks TLS at once. @default 'none' */
  readonly tls?: 'none' | 'starttls' | 'implicit';
  /** SMTP extensions that are not offered. @default [] */
  readonly hide?: readonly ('8BITMIME' | 'SMTPUTF8' | 'PIPELINING')[];
  /** Largest message in bytes, offered as SIZE. */
  readonly size?: number;
  /** Refuses a recipient when it returns a reply such as `550 5.1.1 No such user`. */
  readonly refuseRecipient?: (address: string) => string | undefined;
}

/** A running SMTP server that keeps what it accepts. */
export interface SmtpSink {
  readonly host: string;
  readonly port: number;
  /** For `smtp(url)`, with the credentials when `auth` is set. */
  readonly url: string;
  /** PEM of the server's own certificate, to trust as `ca`; only with TLS. */
  readonly certificate?: string;
  /** Everything accepted since the start or the last `clear()`, oldest first. */
  readonly messages: readonly SinkMessage[];
  /** Resolves with the messages once there are `count`; fails after ten seconds. */
  waitFor(count: number): Promise<readonly SinkMessage[]>;
  clear(): void;
  close(): Promise<void>;
}

/**
 * Starts a real SMTP server on a free loopback port that accepts mail and delivers it nowhere.
 *
 * @example
 * ```ts
 * import { startSmtpSink } from '@mailwarden/testing';
 *
 * const sink = await startSmtpSink();
 * // … send to sink.url …
 * const [message] = await sink.waitFor(1);
 * console.log(message?.header('Subject'));
 * await sink.close();
 * ```
 */
export async function startSmtpSink(options: SmtpSinkOptions = {}): Promise<SmtpSink> {
  const { auth, tls = 'none' } = options;
  const certificate = tls === 'none' ? undefined : selfSignedCertificate();
  const messages: SinkMessage[] = [];
  const watch = createStateWatch();
  const server = new SMTPServer({
    ...toServerOptions(options),
    ...certificate,
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => {
        if (stream.sizeExceeded) return callback(refusal('552 5.3.4 Message too big'));
        messages.push(toSinkMessage(Buffer.concat(chunks), toFacts(session)));
        callback(null, `2.0.0 Ok: queued as ${messages.length}`);
        watch.changed();
      });
    },
  });
  server.on('error', () => undefined); // A client that hangs up is not the server's failure.
  const { port } = await listen(server);
  const credentials = auth
    ? `${encodeURIComponent(auth.user)}:${encodeURIComponent(auth.pass)}@`
    : '';
  return {
    host: '127.0.0.1',
    port,
    url: `${tls === 'implicit' ? 'smtps' : 'smtp'}://${credentials}127.0.0.1:${port}`,
    ...(certificate === undefined ? {} : { certificate: certificate.cert }),
    messages,
    waitFor: async (count) => {
      await watch.until(
        () => messages.length >= count,
        () => `The sink has ${messages.length} of ${count} messages`,
      );
      return messages;
    },
    clear: () => {
      messages.length = 0;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

function toServerOptions(options: SmtpSinkOptions): SMTPServerOptions {
  const { auth, tls = 'none', hide = [], size, refuseRecipient } = options;
  return {
    secure: tls === 'implicit',
    authOptional: auth === undefined,
    allowInsecureAuth: true,
    authMethods: ['PLAIN', 'LOGIN', 'XOAUTH2'],
    disabledCommands: [
      ...(auth === undefined ? ['AUTH'] : []),
      ...(tls === 'starttls' ? [] : ['STARTTLS']),
    ],
    disableReverseLookup: true,
    hide8BITMIME: hide.includes('8BITMIME'),
    hideSMTPUTF8: hide.includes('SMTPUTF8'),
    hidePIPELINING: hide.includes('PIPELINING'),
    closeTimeout: 200,
    logger: false,
    ...(size === undefined ? {} : { size }),
    onAuth(given, _session, callback) {
      const isRight =
        given.username === auth?.user && (given.password ?? given.accessToken) === auth?.pass;
      if (isRight) callback(null, { user: auth?.user });
      else callback(refusal('535 5.7.8 Authentication credentials invalid'));
    },
    onRcptTo(address, _session, callback) {
      const reply = refuseRecipient?.(address.address);
      callback(reply === undefined ? null : refusal(reply));
    },
  };
}

/** smtp-server takes the code from `responseCode` and the rest from the message. */
function refusal(reply: string): Error {
  return Object.assign(new Error(reply.slice(4)), { responseCode: Number(reply.slice(0, 3)) });
}

function toFacts(session: SMTPServerSession): Pick<SinkMessage, 'envelope' | 'user' | 'secure'> {
  const { mailFrom, rcptTo } = session.envelope;
  return {
    envelope: {
      mailFrom: mailFrom === false ? '' : mailFrom.address,
      rcptTo: rcptTo.map((recipient: SMTPServerAddress) => recipient.address),
    },
    secure: session.secure,
    ...(typeof session.user === 'string' ? { user: session.user } : {}),
  };
}

function listen(server: SMTPServer): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    const listener = server.listen(0, '127.0.0.1', () => {
      server.off('error', reject);
      resolve(listener.address() as AddressInfo);
    });
  });
}
