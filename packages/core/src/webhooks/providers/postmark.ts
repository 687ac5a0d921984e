import { MailwardenError } from '../../errors/mailwarden-error.ts';
import type { ReplyReason } from '../../transport/reply-reasons.ts';
import { assertFresh } from '../assert-fresh.ts';
import { isSameSecret } from '../is-same-secret.ts';
import type { ProviderEvent, ProviderEventKind } from '../provider-event.ts';
import { parseJson, textAt, timeAt, valueAt } from '../read-json.ts';
import { toFailure } from '../to-failure.ts';
import { toNames } from '../to-names.ts';
import type { WebhookOptions } from '../webhook-options.ts';
import type { WebhookReader } from '../webhook-post.ts';

interface Meaning {
  readonly kind: ProviderEventKind;
  readonly isHard?: true;
  readonly hint?: ReplyReason;
}

const HARD: Meaning = { kind: 'bounced', isHard: true };
const COMPLAINT: Meaning = { kind: 'complained' };
const UNSUBSCRIBE: Meaning = { kind: 'unsubscribed' };
const WAITS: Meaning = { kind: 'deferred' };

/**
 * Postmark: postmarkapp.com/developer, "Bounce types" and "Subscription change webhook", read
 * 2026-11. Types that say nothing about delivery (AutoResponder, Subscribe …) are left out.
 */
const TYPES: ReadonlyMap<string, Meaning> = new Map([
  ['HardBounce', HARD],
  ['BadEmailAddress', { ...HARD, kind: 'rejected' }],
  ['SoftBounce', { kind: 'bounced' }],
  ['Blocked', { kind: 'bounced', hint: 'blocked' }],
  ['DMARCPolicy', { kind: 'bounced', hint: 'auth_failure' }],
  ['SpamNotification', { kind: 'bounced', hint: 'spam_detected' }],
  ['VirusNotification', { kind: 'bounced', hint: 'virus_detected' }],
  ['Unknown', { kind: 'bounced' }],
  ['ManuallyDeactivated', { kind: 'rejected', hint: 'policy_violation' }],
  ['SMTPApiError', { kind: 'rejected', hint: 'system_error' }],
  ['Transient', WAITS],
  ['DnsError', WAITS],
  ['SpamComplaint', COMPLAINT],
  ['Unsubscribe', UNSUBSCRIBE],
  ['ManualSuppression', UNSUBSCRIBE],
]);

/** Reads what Postmark posts, one event each time. It signs nothing: the URL has a password. */
export function readPostmark({
  credentials,
}: NonNullable<WebhookOptions['postmark']>): WebhookReader {
  return ({ headers, body, at }) => {
    const given = /^Basic ([A-Za-z0-9+/]+=*)$/i.exec(headers.get('authorization') ?? '')?.[1] ?? '';
    const login = Buffer.from(given, 'base64');
    if (!credentials.some((each) => isSameSecret(login, `${each.username}:${each.password}`))) {
      throw new MailwardenError('WEBHOOK_FORGED');
    }
    const event = toEvent(parseJson(body.toString()), at);
    return { events: event === undefined ? [] : [event] };
  };
}

function toEvent(json: unknown, now: number): ProviderEvent | undefined {
  const meaning = toMeaning(json);
  const mail = textAt(json, 'MessageID');
  if (meaning === undefined || mail === undefined) return undefined;
  const at = timeAt(json, 'DeliveredAt') ?? timeAt(json, 'BouncedAt') ?? timeAt(json, 'ChangedAt');
  assertFresh(at, now);
  const recipient = textAt(json, 'Email') ?? textAt(json, 'Recipient');
  const { kind, isHard = false, hint } = meaning;
  return {
    ...{ provider: 'postmark', kind },
    id: textAt(json, 'ID') ?? `${textAt(json, 'RecordType')} ${mail} ${recipient} ${at}`,
    ...(at === undefined ? {} : { at }),
    ...(recipient === undefined ? {} : { recipient }),
    names: toNames(mail),
    ...(kind === 'bounced' || kind === 'rejected'
      ? { failure: toFailure({ recipient, said: textAt(json, 'Details'), isHard, hint }) }
      : {}),
  };
}

function toMeaning(json: unknown): Meaning | undefined {
  switch (textAt(json, 'RecordType')) {
    case 'Delivery':
      return { kind: 'delivered' };
    case 'Bounce':
      return TYPES.get(textAt(json, 'Type') ?? '');
    case 'SpamComplaint':
      return COMPLAINT;
    case 'SubscriptionChange':
      // Who is taken off a list there is not taken off one here.
      return valueAt(json, 'SuppressSending') === true
        ? TYPES.get(textAt(json, 'SuppressionReason') ?? '')
        : undefined;
    default:
      return undefined;
  }
}
