import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { Address } from '../identity/address.ts';
import type { SmtpFailure } from './smtp-failure.ts';
import { resolveSmtpOptions, type SmtpOptions, type SmtpSettings } from './smtp-options.ts';
import { type Acquired, SmtpPool } from './smtp-pool.ts';
import type { SmtpSession } from './smtp-session.ts';
import { SmtpTransaction } from './smtp-transaction.ts';
import type { Envelope, RecipientReply, Transport, TransportResult } from './transport.ts';

/**
 * Sends through an SMTP server (RFC 5321): `smtp://user:password@host:587`, upgraded by STARTTLS
 * when the server offers it, or `smtps://…` with TLS from the first byte. Connections are pooled.
 * It tries once and reports the truth: it never retries, and where it cannot know whether the
 * server has the message, it says so.
 *
 * Throws `OPTION_INVALID` or `OPTION_UNKNOWN`.
 *
 * @example
 * ```ts
 * import { smtp } from '@mailwarden/core/smtp';
 *
 * const transport = smtp('smtp://mail.acme.example:587', {
 *   auth: { user: 'lifecycle@acme.example', pass: process.env.SMTP_PASSWORD },
 * });
 * await transport.verify();
 * ```
 */
export function smtp(url: string, options: SmtpOptions = {}): Transport {
  const settings = resolveSmtpOptions(url, options);
  const pool = new SmtpPool(settings);
  const { relay } = settings;
  return {
    host: settings.host,
    ...(relay === undefined ? {} : { relay }),
    maxConnections: settings.maxConnections,
    sendTimeout: settings.sendTimeout,
    send: (envelope, raw) =>
      withDeadline(settings, (signal) => sendOnce({ settings, pool }, { envelope, raw }, signal)),
    verify: () => withDeadline(settings, (signal) => verify({ settings, pool }, signal)),
    close: () => pool.close(),
  };
}

interface Parts {
  readonly settings: SmtpSettings;
  readonly pool: SmtpPool;
}

async function withDeadline<T>(
  settings: SmtpSettings,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), settings.sendTimeout);
  try {
    return await work(deadline.signal);
  } finally {
    clearTimeout(timer);
  }
}

async function sendOnce(
  { settings, pool }: Parts,
  { envelope, raw }: { readonly envelope: Envelope; readonly raw: Uint8Array },
  signal: AbortSignal,
): Promise<TransportResult> {
  if (envelope.rcptTo.length === 0) {
    throw new MailwardenError('ARGUMENT_INVALID', { detail: 'An envelope needs a recipient.' });
  }
  const { session, failure } = await pool.acquire(signal);
  if (session === undefined) return toUnconnected(settings, failure);
  try {
    const whole = { ...envelope, rcptTo: [...new Set(envelope.rcptTo)] };
    const refused = refuseHere(session, whole, raw);
    const isRefused = (address: Address) => refused.some((one) => one.address === address);
    const rcptTo = whole.rcptTo.filter((address) => !isRefused(address));
    const transaction = new SmtpTransaction(rcptTo, refused);
    if (rcptTo.length === 0) return transaction.toResult(settings.host);
    const ended = await session.transact(transaction, { ...whole, rcptTo, raw }, signal);
    return transaction.toResult(settings.host, ended);
  } finally {
    pool.release(session);
  }
}

function toUnconnected(settings: SmtpSettings, broken: SmtpFailure): TransportResult {
  return { phase: 'connect', accepted: [], rejected: [], host: settings.host, broken };
}

/** What the server has said in EHLO that it will not take (RFC 6531 §3.2, RFC 1870 §5). */
function refuseHere(
  session: SmtpSession,
  { mailFrom, rcptTo }: Envelope,
  raw: Uint8Array,
): readonly RecipientReply[] {
  const { extensions } = session;
  const limit = Number(extensions.get('SIZE') ?? 0);
  if (limit > 0 && raw.byteLength > limit) {
    const text = `The message has ${raw.byteLength} bytes and the server takes ${limit}.`;
    const reply = { code: 552, enhanced: '5.3.4', text };
    return rcptTo.map((address) => ({ address, reply, phase: 'mail' }));
  }
  if (extensions.has('SMTPUTF8')) return [];
  const isForeign = (address: Address) => NON_ASCII.test(address);
  const foreign = isForeign(mailFrom) ? rcptTo : rcptTo.filter(isForeign);
  const text = 'The server does not offer SMTPUTF8, which this address needs.';
  const reply = { code: 553, enhanced: '5.6.7', text };
  return foreign.map((address) => ({ address, reply, phase: 'mail' }));
}

const NON_ASCII = /[^\p{ASCII}]/u;

async function verify({ settings, pool }: Parts, signal: AbortSignal): Promise<void> {
  const { session, failure } = await pool.acquire(signal);
  if (session !== undefined) return pool.release(session);
  throw toUnavailable(settings, failure);
}

/** A sentence that names the server and its answer, and neither user nor password. */
function toUnavailable(
  { host, port }: SmtpSettings,
  { code, message, reply }: NonNullable<Acquired['failure']>,
): MailwardenError {
  const answer = reply && [reply.code, reply.enhanced, reply.text].filter(Boolean).join(' ');
  const what = code === 'EAUTH' && answer ? `refused the credentials with ${answer}` : message;
  return new MailwardenError('SMTP_UNAVAILABLE', {
    detail: `${host}:${port}: ${/[.!?]$/.test(what) ? what : `${what}.`}`,
    fields: { host, port, reason: code, ...(reply?.code ? { replyCode: reply.code } : {}) },
  });
}
