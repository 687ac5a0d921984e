import { findHeaderField } from '../find-header-field.ts';
import type { ProviderEvent } from '../provider-event.ts';
import { listAt, textAt, timeAt, valueAt } from '../read-json.ts';
import { toFailure } from '../to-failure.ts';
import { toNames } from '../to-names.ts';
import { toSesHint } from './ses-reasons.ts';

/** What one kind of event says of one recipient. */
type Said = Omit<ProviderEvent, 'provider' | 'id' | 'names' | 'at'>;

/**
 * The events in a notification of SES: of event publishing (`eventType`) and of identities
 * (`notificationType`), which are alike. Amazon SES developer guide, read 2026-11. Other things that
 * are posted to the topic, such as its test message, are none.
 */
export function toSesEvents(sns: unknown): readonly ProviderEvent[] {
  const event = parseEvent(valueAt(sns, 'Message'));
  const mail = valueAt(event, 'mail');
  const type = textAt(event, 'eventType') ?? textAt(event, 'notificationType') ?? '';
  const body = valueAt(event, type === 'DeliveryDelay' ? 'deliveryDelay' : type.toLowerCase());
  const at = timeAt(body, 'timestamp') ?? timeAt(sns, 'Timestamp');
  const id = textAt(body, 'feedbackId') ?? textAt(sns, 'MessageId') ?? '';
  const names = namesOf(mail);
  const mailwardenId = findHeaderField(mail, 'headers', 'x-mailwarden-id');
  return listSaid(type, body, mail).map((said) => ({
    ...{ provider: 'ses', id: `${id} ${said.kind} ${said.recipient ?? ''}`, names, mailwardenId },
    ...(at === undefined ? {} : { at }),
    ...said,
  }));
}

/** A topic carries whatever is published to it. */
function parseEvent(message: unknown): unknown {
  try {
    return typeof message === 'string' ? JSON.parse(message) : undefined;
  } catch {
    return undefined;
  }
}

function namesOf(mail: unknown): readonly string[] {
  const id = textAt(mail, 'messageId');
  const own = findHeaderField(mail, 'headers', 'message-id');
  return toNames(own, textAt(mail, 'commonHeaders', 'messageId'), id);
}

function listSaid(type: string, body: unknown, mail: unknown): readonly Said[] {
  const all = listAt(mail, 'destination');
  switch (type) {
    case 'Send':
      return eachOf(all, 'accepted');
    case 'Delivery':
      return eachOf(listAt(body, 'recipients'), 'delivered');
    case 'DeliveryDelay':
      return eachOf(addressesIn(body, 'delayedRecipients'), 'deferred');
    case 'Bounce':
      return listAt(body, 'bouncedRecipients').flatMap((each) => toBounce(body, each));
    case 'Reject': {
      const failure = toFailure({ recipient: undefined, isHard: false, hint: 'virus_detected' });
      return eachOf(all, 'rejected').map((said) => ({ ...said, failure }));
    }
    case 'Complaint':
      return listComplaints(body);
    case 'Subscription':
      return isOptOut(valueAt(body, 'newTopicPreferences')) ? eachOf(all, 'unsubscribed') : [];
    default:
      return [];
  }
}

function eachOf(recipients: readonly unknown[], kind: ProviderEvent['kind']): readonly Said[] {
  return recipients.flatMap((recipient) =>
    typeof recipient === 'string' ? [{ kind, recipient }] : [],
  );
}

function addressesIn(body: unknown, list: string): readonly string[] {
  return listAt(body, list).flatMap((each) => textAt(each, 'emailAddress') ?? []);
}

function toBounce(body: unknown, each: unknown): readonly Said[] {
  const recipient = textAt(each, 'emailAddress');
  if (recipient === undefined) return [];
  const failure = toFailure({
    recipient,
    said: textAt(each, 'diagnosticCode'),
    status: textAt(each, 'status'),
    isHard: textAt(body, 'bounceType') === 'Permanent',
    hint: toSesHint(textAt(body, 'bounceSubType')),
  });
  return [{ kind: 'bounced', recipient, failure }];
}

/** Everybody at the provider who had the mail "may have been responsible". */
function listComplaints(body: unknown): readonly Said[] {
  const recipients = addressesIn(body, 'complainedRecipients');
  const feedback = textAt(body, 'complaintFeedbackType');
  return eachOf(recipients, 'complained').map((said) => ({
    ...said,
    ...(feedback === undefined ? {} : { feedback }),
    ...(recipients.length > 1 ? { isGuess: true } : {}),
  }));
}

/** From all topics of the list there, or from one of them: less than asked for is no mail. */
function isOptOut(preferences: unknown): boolean {
  if (valueAt(preferences, 'unsubscribeAll') === true) return true;
  return listAt(preferences, 'topicSubscriptionStatus').some(
    (each) => textAt(each, 'subscriptionStatus') === 'OptOut',
  );
}
