import { MailwardenError } from '../../errors/mailwarden-error.ts';
import { assertFresh } from '../assert-fresh.ts';
import { parseJson, textAt, timeAt } from '../read-json.ts';
import { fetchText } from '../sns/fetch-text.ts';
import { parseTopicArn, type SnsTopic } from '../sns/parse-topic-arn.ts';
import { createSnsCertificates } from '../sns/sns-certificates.ts';
import { verifySnsMessage } from '../sns/verify-sns-message.ts';
import type { WebhookOptions } from '../webhook-options.ts';
import type { WebhookReader } from '../webhook-post.ts';
import { toSesEvents } from './ses-events.ts';

const MAX_CONFIRMATION = 100_000;

/**
 * Reads what Amazon SES posts through SNS. Topics that were not named are refused before anything is
 * fetched; a subscription to one that was is confirmed once its signature is checked.
 */
export function readSes(
  { topics, fetch: fetcher = fetch }: NonNullable<WebhookOptions['ses']>,
  now: () => number,
): WebhookReader {
  const certificates = createSnsCertificates(fetcher, now);
  return async ({ body, at }) => {
    const json = parseJson(body.toString());
    const arn = textAt(json, 'TopicArn') ?? '';
    const topic = topics.includes(arn) ? parseTopicArn(arn) : undefined;
    if (topic === undefined) throw new MailwardenError('WEBHOOK_TOPIC_UNKNOWN');
    await verifySnsMessage(json, certificates);
    assertFresh(timeAt(json, 'Timestamp'), at);
    switch (textAt(json, 'Type')) {
      case 'SubscriptionConfirmation':
        await confirm(fetcher, topic, arn, textAt(json, 'Token') ?? '');
        return { events: [] };
      case 'Notification':
        return { events: toSesEvents(json) };
      default:
        return { events: [] };
    }
  };
}

/** The address is made from the topic: the one in the message is Amazon's word, but not needed. */
async function confirm(
  fetcher: typeof fetch,
  { endpoint }: SnsTopic,
  arn: string,
  token: string,
): Promise<void> {
  const query = new URLSearchParams({
    Action: 'ConfirmSubscription',
    TopicArn: arn,
    Token: token,
  });
  await fetchText(fetcher, `${endpoint}/?${query}`, MAX_CONFIRMATION);
}
