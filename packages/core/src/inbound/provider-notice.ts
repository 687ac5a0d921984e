import { parseMessageIds } from '../identity/message-id.ts';
import type { HeaderField } from './authentication.ts';
import type { DeliveryStatus } from './delivery-status/delivery-status.ts';
import type { Dialect } from './delivery-status/dialect.ts';
import { fieldOf } from './delivery-status/split-mime-parts.ts';
import { toReportedRecipient } from './delivery-status/to-reported-recipient.ts';
import type { FeedbackReport } from './feedback-report.ts';

/** What an event of a provider says, sent by mail instead of a webhook. */
export interface ProviderNotice {
  readonly deliveryStatus?: DeliveryStatus;
  readonly feedbackReport?: FeedbackReport;
}

const MAX_JSON = 300_000;

/** docs.aws.amazon.com/ses: "Bounce types", what the subtypes mean. */
const AMAZON_SES: Dialect = {
  name: 'amazon_ses',
  source: 'Amazon SES notification contents',
  signs: {},
  recipients: [],
  hints: [
    ['mailbox_full', /Transient\/MailboxFull/],
    ['mesg_too_big', /Transient\/MessageTooLarge/],
    ['content_error', /Transient\/ContentRejected/],
    ['security_error', /Transient\/AttachmentRejected/],
  ],
};

/** Reads the JSON that Amazon SES sends through SNS to a mailbox; anything else is `undefined`. */
export function readProviderNotice(
  fields: readonly HeaderField[],
  text: string,
): ProviderNotice | undefined {
  if (!/amazonses|sns\.amazonaws\.com/i.test(fieldOf(fields, 'from').slice(0, 998)))
    return undefined;
  const event = findEvent(text.slice(0, MAX_JSON));
  if (event === undefined) return undefined;
  const mail = toRecord(event.mail);
  const [id] = parseMessageIds(toText(toRecord(mail.commonHeaders).messageId));
  const original = id === undefined ? {} : { originalInternetMessageId: id };
  switch (toText(event.notificationType ?? event.eventType)) {
    case 'Bounce':
      return { deliveryStatus: { ...original, recipients: toBounced(toRecord(event.bounce)) } };
    case 'Delivery':
      return {
        deliveryStatus: { ...original, recipients: toDelivered(toRecord(event.delivery)) },
      };
    case 'Complaint':
      return { feedbackReport: { ...toComplaint(toRecord(event.complaint)), ...original } };
    default:
      return undefined;
  }
}

function toBounced(bounce: Json): DeliveryStatus['recipients'] {
  const words = `${toText(bounce.bounceType)}/${toText(bounce.bounceSubType)}`;
  return toList(bounce.bouncedRecipients).map((one) => {
    const diagnostic = toText(one.diagnosticCode).replace(/^\s*smtp;\s*/i, '');
    const status = toText(one.status);
    return toReportedRecipient({
      address: toText(one.emailAddress),
      fields: {
        ...(diagnostic === '' ? {} : { diagnostic }),
        ...(/^[245]\.\d{1,3}\.\d{1,3}$/.test(status) ? { status } : {}),
        action: toText(one.action).toLowerCase(),
      },
      words: diagnostic === '' ? words : '',
      dialect: AMAZON_SES,
      action: 'failed',
    });
  });
}

function toDelivered(delivery: Json): DeliveryStatus['recipients'] {
  const given = delivery.recipients;
  return (Array.isArray(given) ? given.slice(0, 100) : []).map((address) => ({
    address: toText(address).slice(0, 320),
    action: 'delivered',
    reason: 'delivered',
    family: 'transport',
    permanent: false,
  }));
}

function toComplaint(complaint: Json): FeedbackReport {
  const [first] = toList(complaint.complainedRecipients);
  const address = toText(first?.emailAddress).slice(0, 320);
  const date = Date.parse(toText(complaint.arrivalDate));
  return {
    type: toText(complaint.complaintFeedbackType).toLowerCase() || 'abuse',
    userAgent: toText(complaint.userAgent).slice(0, 200),
    ...(address === '' ? {} : { originalRecipient: address }),
    ...(Number.isNaN(date) ? {} : { arrivalDate: date }),
  };
}

type Json = Readonly<Record<string, unknown>>;

/** The event itself, or the one that stands as text in an SNS envelope. */
function findEvent(text: string): Json | undefined {
  const end = text.indexOf('\n--\n');
  // Long lines are broken with "!" and a space on the way through some servers.
  const body = (end < 0 ? text : text.slice(0, end)).replace(/!\n /g, '');
  const outer = parseJson(body.slice(body.indexOf('{'), body.lastIndexOf('}') + 1));
  const inner = typeof outer?.Message === 'string' ? parseJson(outer.Message) : undefined;
  const event = inner ?? outer;
  return event?.notificationType === undefined && event?.eventType === undefined
    ? undefined
    : event;
}

function parseJson(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

function toRecord(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function toList(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.slice(0, 100).map(toRecord) : [];
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
