import { MailwardenError } from '../errors/mailwarden-error.ts';
import { listOf } from '../shapes/collection-shapes.ts';
import { needed, objectOf } from '../shapes/object-of.ts';
import { requireShape } from '../shapes/require-shape.ts';
import { flag, fromCode, number, scalar, text } from '../shapes/scalar-shapes.ts';
import type { AccessTokenSource } from '../transport/access-token.ts';

/** How to reach a mailbox over IMAP (RFC 9051, RFC 3501). */
export interface ImapOptions {
  readonly host: string;
  /** @default 993 with `secure`, else 143 */
  readonly port?: number;
  /** TLS from the first byte. Without it the connection is upgraded by STARTTLS. @default true */
  readonly secure?: boolean;
  /**
   * Refuse to log in over a connection that is not encrypted to a server with a valid certificate.
   * Without it STARTTLS is used when it is offered, and the certificate is not checked.
   * @default true, except for loopback hosts
   */
  readonly requireTls?: boolean;
  /** What to trust, as for `node:tls`. */
  readonly tls?: {
    /** PEM of the authorities to trust instead of the built-in ones. */
    readonly ca?: string | readonly string[];
    /** The name that the certificate has to carry. @default host */
    readonly servername?: string;
    /** @default true with `secure` or `requireTls` */
    readonly rejectUnauthorized?: boolean;
  };
  /**
   * A password, or a callback that gives an OAuth 2.0 access token (OAUTHBEARER, RFC 7628, or
   * XOAUTH2). Never stored, logged or returned.
   */
  readonly auth:
    | { readonly user: string; readonly pass: string | undefined }
    | { readonly user: string; readonly accessToken: AccessTokenSource };
  /** Which folders hold inbound mail. @default ['INBOX'] */
  readonly folders?: readonly string[];
  /**
   * The folder of sent mail, which is read, too: what a person answered with another program is part
   * of the conversation. Copies of our own mail come there. `false`: neither. @default the one that the server calls so (RFC 6154)
   */
  readonly sent?: string | false;
  /**
   * Milliseconds between two polls. Where the server pushes (IDLE, RFC 2177), mail of the first
   * folder comes at once.
   * @default 30_000
   */
  readonly pollInterval?: number;
  /**
   * Bytes; of a longer message only this much is read and it is marked as cut.
   * @default 52_428_800 (50 MiB)
   */
  readonly maxMessageBytes?: number;
  /** Milliseconds to wait for a connection, or for an answer. @default 30_000 */
  readonly timeout?: number;
}

/** {@link ImapOptions} with their defaults. */
export interface ResolvedImapOptions {
  readonly host: string;
  readonly port: number;
  readonly secure: boolean;
  readonly requireTls: boolean;
  readonly tls: NonNullable<ImapOptions['tls']>;
  readonly user: string;
  readonly credential: string | AccessTokenSource;
  readonly folders: readonly string[];
  /** `undefined`: to be found. */
  readonly sent: string | false | undefined;
  readonly pollInterval: number;
  readonly maxMessageBytes: number;
  readonly timeout: number;
}

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1|\[::1\])$/i;

/**
 * Checks options, or a URL `imaps://user:password@host:port` (`imap://` for STARTTLS), and fills in
 * the defaults. Throws `OPTION_INVALID` or `OPTION_UNKNOWN`; no message repeats the password.
 */
export function resolveImapOptions(given: ImapOptions | string): ResolvedImapOptions {
  const options = typeof given === 'string' ? fromUrl(given) : given;
  requireShape(OPTIONS, options, 'imap()');
  const { host, secure = true, auth } = options;
  const { folders = ['INBOX'], tls = {} } = options;
  const credential = toCredential(auth);
  const numbers = {
    port: options.port ?? (secure ? 993 : 143),
    pollInterval: options.pollInterval ?? 30_000,
    maxMessageBytes: options.maxMessageBytes ?? 50 * 1024 * 1024,
    timeout: options.timeout ?? 30_000,
  };
  return {
    ...numbers,
    host,
    secure,
    requireTls: options.requireTls ?? !LOOPBACK.test(host),
    tls,
    user: auth.user,
    credential,
    folders: [...new Set(folders)],
    sent: options.sent,
  };
}

const whole = (description: string) => number(description, { least: 1, whole: true });
const notEmpty = { expected: 'text that is not empty', matches: /./s };

const OPTIONS = objectOf<ImapOptions>('Options of imap().', {
  host: needed(text('Where the server is.', { expected: 'a host name', matches: /./ })),
  port: whole('The port.'),
  secure: flag('TLS from the first byte.'),
  requireTls: flag('Refuse to log in over a connection that is not encrypted.'),
  tls: fromCode('object', '{ ca, servername, rejectUnauthorized }'),
  // Looked at below; never repeated.
  auth: needed(fromCode('object', '{ user, pass } or { user, accessToken }')),
  folders: listOf(text('A folder.', notEmpty), 'Which folders hold inbound mail.', { least: 1 }),
  sent: scalar<string | false>({
    expected: 'the name of a folder, or false',
    accepts: (value) => value === false || isText(value),
  }),
  pollInterval: whole('Milliseconds between two polls.'),
  maxMessageBytes: whole('Bytes; of a longer message only this much is read.'),
  timeout: whole('Milliseconds to wait for a connection, or for an answer.'),
});

function toCredential(auth: ImapOptions['auth'] | undefined): string | AccessTokenSource {
  const { user, pass, accessToken }: Partial<Record<string, unknown>> = { ...auth };
  const expected = '{ user, pass } or { user, accessToken }, both not empty';
  need(isText(user) && (pass === undefined || accessToken === undefined), 'auth', expected);
  need(isText(pass) || typeof accessToken === 'function', 'auth', expected);
  return isText(pass) ? pass : (accessToken as AccessTokenSource);
}

function fromUrl(text: string): ImapOptions {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const known = url?.protocol === 'imap:' || url?.protocol === 'imaps:';
  need(known && url.hostname !== '', 'url', 'imaps://user:password@host:port');
  const path = url?.pathname ?? '';
  need((path === '' || path === '/') && url?.search === '', 'url', 'a URL without path or query');
  return {
    host: url?.hostname.replace(/^\[|\]$/g, '') ?? '',
    secure: url?.protocol === 'imaps:',
    ...(url?.port ? { port: Number(url.port) } : {}),
    auth: { user: decode(url?.username), pass: decode(url?.password) },
  };
}

function decode(text = ''): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function need(good: boolean | undefined, name: string, expected: string): asserts good {
  if (good === true) return;
  throw new MailwardenError('OPTION_INVALID', {
    detail: `imap() expects ${name} to be ${expected}.`,
    fields: { option: name },
  });
}
