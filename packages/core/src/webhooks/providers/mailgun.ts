import { createHmac } from 'node:crypto';
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

/** Mailgun: documentation.mailgun.com, "Webhooks" and "Events", read 2026-11. */
const KINDS: ReadonlyMap<string, ProviderEventKind> = new Map([
  ['accepted', 'accepted'],
  ['delivered', 'delivered'],
  ['failed', 'bounced'],
  ['rejected', 'rejected'],
  ['complained', 'complained'],
  ['unsubscribed', 'unsubscribed'],
]);

/** Why Mailgun did not even try: the address is on one of the account's lists. */
const LISTED: ReadonlyMap<string, ProviderEventKind> = new Map([
  ['suppress-complaint', 'complained'],
  ['suppress-unsubscribe', 'unsubscribed'],
  ['suppress-bounce', 'rejected'],
]);

const HINTS: ReadonlyMap<string, ReplyReason> = new Map([
  ['suppress-bounce', 'user_unknown'],
  ['espblock', 'blocked'],
  ['old', 'expired'],
]);

/** Reads what Mailgun posts, one event each time. It signs a time and a token, not the body. */
export function readMailgun({
  signingKeys,
}: NonNullable<WebhookOptions['mailgun']>): WebhookReader {
  return ({ body, at }) => {
    const json = parseJson(body.toString());
    const [timestamp, token, signature] = ['timestamp', 'token', 'signature'].map(
      (name) => textAt(json, 'signature', name) ?? '',
    );
    const isSigned = signingKeys.some((key) =>
      isSameSecret(
        createHmac('sha256', key).update(`${timestamp}${token}`).digest('hex'),
        signature ?? '',
      ),
    );
    if (!isSigned || token === undefined || token === '')
      throw new MailwardenError('WEBHOOK_FORGED');
    assertFresh(/^\d{1,12}$/.test(timestamp ?? '') ? Number(timestamp) * 1_000 : undefined, at);
    const event = toEvent(valueAt(json, 'event-data'), token);
    return { events: event === undefined ? [] : [event], token };
  };
}

function toEvent(data: unknown, token: string): ProviderEvent | undefined {
  const reason = textAt(data, 'reason') ?? '';
  const named = KINDS.get(textAt(data, 'event') ?? '');
  const isTemporary = named === 'bounced' && textAt(data, 'severity') === 'temporary';
  const kind = isTemporary ? 'deferred' : ((named && LISTED.get(reason)) ?? named);
  if (kind === undefined) return undefined;
  const at = timeAt(data, 'timestamp');
  const recipient = textAt(data, 'recipient');
  return {
    ...{ provider: 'mailgun', kind },
    // Its ids are unique within a day only.
    id: `${textAt(data, 'id') ?? token} ${at ?? ''}`,
    ...(at === undefined ? {} : { at }),
    ...(recipient === undefined ? {} : { recipient }),
    names: toNames(textAt(data, 'message', 'headers', 'message-id')),
    ...(kind === 'bounced' || kind === 'rejected'
      ? { failure: explain(data, recipient, kind === 'rejected' && reason === '') }
      : {}),
  };
}

function explain(data: unknown, recipient: string | undefined, isOwn: boolean) {
  const status = valueAt(data, 'delivery-status');
  const reason = textAt(data, 'reason') ?? '';
  const code = textAt(status, 'code') ?? '';
  const words = textAt(status, 'message') ?? textAt(status, 'description') ?? '';
  // Codes of its own, such as 605 for "bounced before", are no SMTP.
  const isReply = /^[45]\d\d$/.test(code) && !words.startsWith(code);
  return toFailure({
    recipient,
    said: isReply ? `${code} ${words}` : words,
    status: textAt(status, 'enhanced-code'),
    isHard: !isOwn && (reason === 'bounce' || reason === 'suppress-bounce'),
    hint: isOwn ? 'policy_violation' : HINTS.get(reason),
  });
}
