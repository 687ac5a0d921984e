import { findHeaderField } from '../find-header-field.ts';
import type { ProviderEvent, ProviderEventKind } from '../provider-event.ts';
import { listAt, parseJson, textAt, timeAt, valueAt } from '../read-json.ts';
import { toFailure } from '../to-failure.ts';
import { toNames } from '../to-names.ts';
import { verifyStandardWebhook } from '../verify-standard-webhook.ts';
import type { WebhookOptions } from '../webhook-options.ts';
import type { WebhookReader } from '../webhook-post.ts';
import { toSesHint } from './ses-reasons.ts';

/** Resend: resend.com/docs/webhooks, read 2026-11. */
const KINDS: ReadonlyMap<string, ProviderEventKind> = new Map([
  ['email.sent', 'accepted'],
  ['email.delivery_delayed', 'deferred'],
  ['email.delivered', 'delivered'],
  ['email.bounced', 'bounced'],
  ['email.failed', 'rejected'],
  ['email.suppressed', 'rejected'],
  ['email.complained', 'complained'],
]);

/** Reads what Resend posts, one event each time. */
export function readResend({ secrets }: NonNullable<WebhookOptions['resend']>): WebhookReader {
  return (post) => {
    const id = verifyStandardWebhook(post, secrets);
    const event = toEvent(id, parseJson(post.body.toString()));
    return { events: event === undefined ? [] : [event] };
  };
}

function toEvent(id: string, json: unknown): ProviderEvent | undefined {
  const type = textAt(json, 'type') ?? '';
  const kind = KINDS.get(type);
  if (kind === undefined) return undefined;
  const data = valueAt(json, 'data');
  const at = timeAt(json, 'created_at');
  const recipient = toRecipient(data);
  return {
    ...{ provider: 'resend', id, kind },
    ...(at === undefined ? {} : { at }),
    ...(recipient === undefined ? {} : { recipient }),
    mailwardenId: findHeaderField(data, 'headers', 'x-mailwarden-id'),
    names: toNames(
      textAt(data, 'message_id'),
      findHeaderField(data, 'headers', 'message-id'),
      textAt(data, 'email_id'),
    ),
    ...(kind === 'bounced' || kind === 'rejected'
      ? { failure: explain(type, data, recipient) }
      : {}),
  };
}

/** It names all recipients of the message and not the one that it means: with several it says nothing. */
function toRecipient(data: unknown): string | undefined {
  const [first, ...others] = ['to', 'cc', 'bcc'].flatMap((field) => listAt(data, field));
  if (typeof first !== 'string' || others.length > 0) return undefined;
  return /<([^<>]+)>\s*$/.exec(first)?.[1] ?? first;
}

function explain(type: string, data: unknown, recipient: string | undefined) {
  const isSuppressed = type === 'email.suppressed';
  const hint = isSuppressed ? 'user_unknown' : toSesHint(textAt(data, 'bounce', 'subType'));
  const isHard = isSuppressed || textAt(data, 'bounce', 'type') === 'Permanent';
  // "failed": Resend itself could not send it, for its own reasons.
  const own = type === 'email.failed' ? 'system_error' : hint;
  return toFailure({ recipient, said: textAt(data, 'bounce', 'message'), isHard, hint: own });
}
