import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import type { ReplyReason } from '../../transport/reply-reasons.ts';
import { assertFresh } from '../assert-fresh.ts';
import type { ProviderEvent, ProviderEventKind } from '../provider-event.ts';
import { parseJson, textAt, timeAt } from '../read-json.ts';
import { toFailure } from '../to-failure.ts';
import { toNames } from '../to-names.ts';
import type { WebhookOptions } from '../webhook-options.ts';
import type { WebhookPost, WebhookReader } from '../webhook-post.ts';

/** SendGrid: twilio.com/docs/sendgrid, "Event Webhook Reference", read 2026-11. */
const KINDS: ReadonlyMap<string, ProviderEventKind> = new Map([
  ['processed', 'accepted'],
  ['deferred', 'deferred'],
  ['delivered', 'delivered'],
  ['bounce', 'bounced'],
  ['dropped', 'rejected'],
  ['spamreport', 'complained'],
  ['unsubscribe', 'unsubscribed'],
  ['group_unsubscribe', 'unsubscribed'],
]);

/** Why SendGrid did not even try: the address is on one of the account's lists. */
const LISTED: ReadonlyMap<string, ProviderEventKind> = new Map([
  ['spam reporting address', 'complained'],
  ['unsubscribed address', 'unsubscribed'],
]);

const DROPPED: ReadonlyMap<string, ReplyReason> = new Map([
  ['bounced address', 'user_unknown'],
  ['invalid', 'user_unknown'],
  ['spam content', 'spam_detected'],
]);

const CLASSES: ReadonlyMap<string, ReplyReason> = new Map([
  ['invalid address', 'user_unknown'],
  ['mailbox unavailable', 'suspend'],
  ['content', 'spam_detected'],
  ['reputation', 'bad_reputation'],
  ['frequency or volume too high', 'speeding'],
  ['frequency/volume', 'speeding'],
  ['technical', 'system_error'],
  ['technical failure', 'system_error'],
  ['expired', 'expired'],
]);

/** Reads what SendGrid posts: a list of events, signed as a whole. */
export function readSendgrid({
  publicKeys,
}: NonNullable<WebhookOptions['sendgrid']>): WebhookReader {
  const keys = publicKeys.map((key) =>
    createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' }),
  );
  return (post) => {
    verifyPost(post, keys);
    const json = parseJson(post.body.toString());
    if (!Array.isArray(json)) {
      throw new MailwardenError('WEBHOOK_INVALID', { detail: 'SendGrid posts a list of events.' });
    }
    return { events: json.flatMap((each: unknown) => toEvent(each) ?? []) };
  };
}

function verifyPost({ headers, body, at }: WebhookPost, keys: readonly KeyObject[]): void {
  const signature = headers.get('x-twilio-email-event-webhook-signature') ?? '';
  const timestamp = headers.get('x-twilio-email-event-webhook-timestamp') ?? '';
  const signed = Buffer.concat([Buffer.from(timestamp), body]);
  const isSigned = keys.some((key) =>
    verify('sha256', signed, key, Buffer.from(signature, 'base64')),
  );
  if (!isSigned) throw new MailwardenError('WEBHOOK_FORGED');
  assertFresh(/^\d{1,12}$/.test(timestamp) ? Number(timestamp) * 1_000 : undefined, at);
}

function toEvent(json: unknown): ProviderEvent | undefined {
  const reason = textAt(json, 'reason') ?? '';
  const named = KINDS.get(textAt(json, 'event') ?? '');
  const kind = (named === 'rejected' ? LISTED.get(reason.toLowerCase()) : undefined) ?? named;
  const id = textAt(json, 'sg_event_id');
  if (kind === undefined || id === undefined) return undefined;
  const at = timeAt(json, 'timestamp');
  const recipient = textAt(json, 'email');
  return {
    ...{ provider: 'sendgrid', id, kind },
    ...(at === undefined ? {} : { at }),
    ...(recipient === undefined ? {} : { recipient }),
    names: toNames(textAt(json, 'smtp-id'), ...relayIds(textAt(json, 'sg_message_id'))),
    ...(kind === 'bounced' || kind === 'rejected' ? { failure: explain(json, recipient) } : {}),
  };
}

/** The id that its answer to the mail named stands in front: `<id>.recvd-…`, `<id>.filter…`. */
function relayIds(id: string | undefined): readonly (string | undefined)[] {
  if (id === undefined) return [];
  return [/^(.+?)\.(?:recvd|filter|ismtpd|geopod)/.exec(id)?.[1], id, id.split('.')[0]];
}

function explain(json: unknown, recipient: string | undefined) {
  const said = textAt(json, 'reason');
  if (textAt(json, 'event') === 'dropped') {
    const why = said?.toLowerCase() ?? '';
    const hint = DROPPED.get(why) ?? 'policy_violation';
    return toFailure({ recipient, isHard: hint === 'user_unknown', hint });
  }
  const type = textAt(json, 'type');
  const classified = textAt(json, 'bounce_classification') ?? '';
  return toFailure({
    recipient,
    said,
    status: textAt(json, 'status'),
    isHard: type === 'bounce',
    hint: CLASSES.get((type === 'expired' ? type : classified).toLowerCase()),
  });
}
