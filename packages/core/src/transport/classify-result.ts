import type { Address } from '../identity/address.ts';
import { classifyReply } from './classify-reply.ts';
import { isBeforeContent } from './is-before-content.ts';
import { REPLY_REASONS, type ReplyReason } from './reply-reasons.ts';
import type { RecipientReply, SmtpPhase, SmtpReply, TransportResult } from './transport.ts';

/** What became of one recipient in one attempt. */
export interface RecipientOutcome {
  readonly outcome: 'sent' | 'transient' | 'permanent' | 'unknown';
  readonly phase: SmtpPhase;
  /** For machines: `SENT`, a reason such as `USER_UNKNOWN`, or what broke. */
  readonly code: string;
  /** One sentence for people and models; holds no words of the server's. */
  readonly reason: string;
  /** What the server answered, if it did. Untrusted text. */
  readonly reply?: SmtpReply;
  /** True when the reply is evidence enough to stop writing to this address. */
  readonly addressIsDead: boolean;
  /** Why it was refused, when the server said something that is understood. */
  readonly refusal?: ReplyReason;
}

/**
 * Gives every recipient exactly one outcome. Only what is known to be undelivered is `transient` or
 * `permanent`; everything else, contradictions included, is `unknown` and must not be queued again
 * (P6).
 */
export function classifyResult(
  result: TransportResult,
  recipients: readonly Address[],
): ReadonlyMap<Address, RecipientOutcome> {
  return new Map(
    recipients.map((address) => [address, classifyRecipient(result, address, recipients)]),
  );
}

function classifyRecipient(
  result: TransportResult,
  address: Address,
  recipients: readonly Address[],
): RecipientOutcome {
  const accepted = result.accepted.filter((one) => one.address === address);
  const rejected = result.rejected.filter((one) => one.address === address);
  const [answer] = [...accepted, ...rejected];
  if (answer === undefined) return toBroken(result);
  if (accepted.length > 0 && rejected.length > 0) return toUnknown(result, answer.reply);
  if (accepted.length > 0) return toSent(result, answer);
  return toRejected(result, answer, new Set(recipients).size);
}

function toSent(result: TransportResult, { reply, phase }: RecipientReply): RecipientOutcome {
  // A transport that is no SMTP may have no code to give.
  if (reply.code !== undefined && digitOf(reply) !== 2) return toUnknown(result, reply);
  return {
    outcome: 'sent',
    phase: phase ?? result.phase,
    code: 'SENT',
    reason: `The server accepted the message${codesOf(reply)}.`,
    reply,
    addressIsDead: false,
  };
}

function toRejected(
  result: TransportResult,
  { reply, phase = result.phase }: RecipientReply,
  recipientCount: number,
): RecipientOutcome {
  const verdict = classifyReply(reply, phase);
  const isRefusal = digitOf(reply) === 4 || digitOf(reply) === 5;
  if (!isRefusal || verdict.class === 'accepted' || verdict.reason === 'accepted') {
    return toUnknown(result, reply);
  }
  const { phrase } = REPLY_REASONS[verdict.reason];
  const span = verdict.class === 'transient' ? 'for now' : 'for good';
  // After RCPT one answer stands for all; with several recipients it does not say who is meant.
  const isOwnAnswer = phase === 'rcpt' || recipientCount === 1;
  return {
    outcome: verdict.class,
    phase,
    code: verdict.reason.toUpperCase(),
    reason: `The server refused it ${span}: ${phrase}${codesOf(reply)}.`,
    reply,
    addressIsDead: verdict.permanentAddress && isOwnAnswer,
    ...(isOwnAnswer ? { refusal: verdict.reason } : {}),
  };
}

function toBroken(result: TransportResult): RecipientOutcome {
  const { broken, phase } = result;
  if (broken === undefined || !isBeforeContent(phase)) return toUnknown(result, broken?.reply);
  const { code, phrase } = BROKEN.get(broken.code) ?? CONNECTION_FAILED;
  return {
    outcome: 'transient',
    phase,
    code,
    reason: `Nothing was sent: ${phrase}${broken.reply === undefined ? '' : codesOf(broken.reply)}.`,
    ...(broken.reply === undefined ? {} : { reply: broken.reply }),
    addressIsDead: false,
  };
}

/** The one place where what is not understood ends. */
function toUnknown(result: TransportResult, reply: SmtpReply | undefined): RecipientOutcome {
  return {
    outcome: 'unknown',
    phase: result.phase,
    code: 'UNKNOWN',
    reason: 'The server may have the message; it gave no answer that can be relied on.',
    ...(reply === undefined ? {} : { reply }),
    addressIsDead: false,
  };
}

const CONNECTION_FAILED = { code: 'CONNECTION_FAILED', phrase: 'the connection failed' };
const BROKEN: ReadonlyMap<string, { readonly code: string; readonly phrase: string }> = new Map([
  ['EAUTH', { code: 'AUTHENTICATION_FAILED', phrase: 'the server refused the credentials' }],
  ['ECLOSED', { code: 'TRANSPORT_CLOSED', phrase: 'the transport was closed' }],
  ['EDNS', { code: 'HOST_NOT_RESOLVED', phrase: "the server's name has no address" }],
  [
    'EPROTOCOL',
    { code: 'PROTOCOL_ERROR', phrase: 'the server gave an answer that makes no sense' },
  ],
  ['ETIMEDOUT', { code: 'TIMED_OUT', phrase: 'the server did not answer in time' }],
  ['ETLS', { code: 'TLS_FAILED', phrase: 'the connection could not be encrypted' }],
]);

function digitOf(reply: SmtpReply): number {
  return Math.floor((reply.code ?? 0) / 100);
}

function codesOf({ code, enhanced }: SmtpReply): string {
  const codes = [code, enhanced].filter((part) => part !== undefined).join(' ');
  return codes === '' ? '' : ` (${codes})`;
}
