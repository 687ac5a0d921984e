import type { ConnectionOptions } from 'node:tls';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { objectOf } from '../shapes/object-of.ts';
import { requireShape } from '../shapes/require-shape.ts';
import { choice, flag, fromCode, number, text } from '../shapes/scalar-shapes.ts';
import type { AccessTokenSource } from './access-token.ts';
import { findRelay, findRelayByHost } from './relays/find-relay.ts';
import type { Relay, RelayName } from './relays/relay.ts';
import { RELAYS } from './relays/relays.ts';

/** How to reach the next hop; all of it may be left out. */
export interface SmtpOptions {
  /**
   * Credentials, when they are not in the URL: a password, or a callback that gives an OAuth 2.0
   * access token (XOAUTH2). Never stored, logged or returned.
   */
  readonly auth?:
    | { readonly user: string; readonly pass: string | undefined }
    | { readonly user: string; readonly accessToken: AccessTokenSource };
  /** What to trust, as for `node:tls`. */
  readonly tls?: SmtpTlsOptions;
  /**
   * Refuse a connection that is not encrypted. Without it `smtp://` uses STARTTLS when it is offered.
   * @default true when there are credentials and the host is not loopback
   */
  readonly requireTls?: boolean;
  /** Messages in flight at once. @default 5 */
  readonly maxConnections?: number;
  /** Milliseconds to connect, from the name lookup to the end of STARTTLS. @default 10_000 */
  readonly connectionTimeout?: number;
  /** Milliseconds to wait for the greeting. @default 10_000 */
  readonly greetingTimeout?: number;
  /** Milliseconds without a byte until the dialogue counts as broken. @default 30_000 */
  readonly socketTimeout?: number;
  /**
   * Milliseconds for all of one send, waiting for a free connection included. After the final dot
   * only this one counts: a server may filter for long before it answers. At most 90_000, so that a
   * worker's lease of 120 s cannot run out under a send.
   * @default 60_000
   */
  readonly sendTimeout?: number;
  /** Milliseconds after which an unused connection is closed. @default 10_000 */
  readonly idleTimeout?: number;
  /**
   * The sending service behind the host, when its name does not tell: what it does to mail is known
   * then. @default by the host
   */
  readonly relay?: RelayName;
  /** What EHLO says. @default the machine's name when it is a full one, else its address literal */
  readonly name?: string;
}

/** The part of `node:tls` options that a connection to a mail server needs. */
export type SmtpTlsOptions = Pick<
  ConnectionOptions,
  | 'ca'
  | 'cert'
  | 'ciphers'
  | 'key'
  | 'maxVersion'
  | 'minVersion'
  | 'passphrase'
  | 'rejectUnauthorized'
  | 'servername'
>;

/** URL and {@link SmtpOptions} with their defaults. */
export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte. */
  readonly secure: boolean;
  readonly requireTls: boolean;
  readonly auth:
    | { readonly user: string; readonly pass: string }
    | { readonly user: string; readonly accessToken: AccessTokenSource }
    | undefined;
  readonly tls: SmtpTlsOptions;
  readonly name: string | undefined;
  readonly maxConnections: number;
  readonly connectionTimeout: number;
  readonly greetingTimeout: number;
  readonly socketTimeout: number;
  readonly sendTimeout: number;
  readonly idleTimeout: number;
  readonly relay: Relay | undefined;
}

/**
 * Checks a URL `smtp://user:password@host:port` (587 by default) or `smtps://…` (465) and the
 * options, and fills in the defaults. Throws `OPTION_INVALID` or `OPTION_UNKNOWN`; no message
 * repeats the URL, since it may hold the password.
 */
export function resolveSmtpOptions(given: string, options: SmtpOptions): SmtpSettings {
  requireShape(OPTIONS, options, 'smtp()');
  const url = parseUrl(given);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const secure = url.protocol === 'smtps:';
  const auth = resolveAuth(url, options.auth);
  const { name, tls = {}, requireTls = auth !== undefined && !LOOPBACK.test(host) } = options;
  const port = url.port === '' ? (secure ? 465 : 587) : Number(url.port);
  return {
    maxConnections: options.maxConnections ?? 5,
    connectionTimeout: options.connectionTimeout ?? 10_000,
    greetingTimeout: options.greetingTimeout ?? 10_000,
    socketTimeout: options.socketTimeout ?? 30_000,
    sendTimeout: options.sendTimeout ?? 60_000,
    idleTimeout: options.idleTimeout ?? 10_000,
    relay: options.relay === undefined ? findRelayByHost(host) : findRelay(options.relay),
    host,
    port,
    secure,
    requireTls,
    auth,
    tls,
    name,
  };
}

/** Well below the 120 s for which a worker holds a delivery. */
const MAX_SEND_TIMEOUT = 90_000;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/i;
const millis = number('Milliseconds.', { least: 1, whole: true });

const OPTIONS = objectOf<SmtpOptions>('Options of smtp().', {
  // Looked at together with the URL; never repeated.
  auth: fromCode('object', '{ user, pass } or { user, accessToken }'),
  tls: fromCode('object', 'options of node:tls'),
  requireTls: flag('Refuse a connection that is not encrypted.'),
  maxConnections: number('Messages in flight at once.', { least: 1, whole: true }),
  connectionTimeout: millis,
  greetingTimeout: millis,
  socketTimeout: millis,
  sendTimeout: number('Milliseconds.', { least: 1, most: MAX_SEND_TIMEOUT, whole: true }),
  idleTimeout: millis,
  relay: choice(
    RELAYS.map(({ name }) => name),
    'The sending service behind the host.',
  ),
  name: text('What EHLO says.', {
    expected: 'a host name or an address literal',
    matches: /^[a-z0-9.:[\]-]{1,255}$/i,
  }),
});

function parseUrl(given: string): URL {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const isSmtp = url?.protocol === 'smtp:' || url?.protocol === 'smtps:';
  need(isSmtp && url?.hostname !== '', 'url', 'smtp://user:password@host:port, or smtps://');
  const extra = `${url?.pathname === '/' ? '' : url?.pathname}${url?.search}${url?.hash}`;
  need(extra === '', 'url', 'a URL without path or query; what else there is goes into options');
  return url as URL;
}

function resolveAuth(url: URL, auth: SmtpOptions['auth']): SmtpSettings['auth'] {
  if (url.username === '' && url.password === '' && auth === undefined) return undefined;
  const given = auth ?? { user: decode(url.username), pass: decode(url.password) };
  const { user } = given;
  const isNamed = typeof user === 'string' && user !== '';
  if ('accessToken' in given) {
    const { accessToken } = given;
    const isWhole = isNamed && typeof accessToken === 'function' && !('pass' in given);
    need(isWhole, 'auth', '{ user, accessToken }, a name and a function');
    return { user, accessToken };
  }
  const { pass } = given;
  const isWhole = isNamed && typeof pass === 'string' && pass !== '';
  need(isWhole, 'auth', '{ user, pass }, both not empty, or { user, accessToken }');
  return { user, pass };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function need(good: boolean, option: string, expected: string): asserts good {
  if (good) return;
  throw new MailwardenError('OPTION_INVALID', {
    detail: `smtp() expects ${option} to be ${expected}.`,
    fields: { option },
  });
}
