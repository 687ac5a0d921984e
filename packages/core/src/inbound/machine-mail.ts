import type { HeaderField } from './authentication.ts';
import { type AutoReply, readAutoReply } from './auto-reply.ts';
import type { DeliveryStatus } from './delivery-status/delivery-status.ts';
import { readDeliveryStatus } from './delivery-status/read-delivery-status.ts';
import {
  MAX_REPORT_BYTES,
  type MimePart,
  splitMimeParts,
} from './delivery-status/split-mime-parts.ts';
import { type FeedbackReport, readFeedbackReport } from './feedback-report.ts';
import { readProviderNotice } from './provider-notice.ts';

/** Which kind of mail it is, with what that kind says. */
export interface MachineMail {
  readonly kind: 'message' | 'delivery_status' | 'feedback_report' | 'auto_reply';
  readonly deliveryStatus?: DeliveryStatus;
  readonly feedbackReport?: FeedbackReport;
  readonly autoReply?: AutoReply;
}

/** What `readMachineMail` looks at besides the bytes. */
export interface MachineMailInput {
  readonly fields: readonly HeaderField[];
  readonly bytes: Uint8Array;
  readonly subject: string;
  readonly text: string;
  /** Epoch ms; NaN when the message has no date. */
  readonly date: number;
}

/** Tells mail of machines from mail of people; a complaint before a report before an answer. */
export function readMachineMail(input: MachineMailInput): MachineMail {
  const { bytes, fields, text } = input;
  let split: readonly MimePart[] | undefined;
  const listParts = (): readonly MimePart[] => {
    split ??= splitMimeParts(bytes);
    return split;
  };
  const feedbackReport = mayComplain(fields, bytes)
    ? readFeedbackReport(fields, listParts())
    : undefined;
  if (feedbackReport !== undefined) return { kind: 'feedback_report', feedbackReport };
  const notice = readProviderNotice(fields, text);
  if (notice?.feedbackReport !== undefined) return { kind: 'feedback_report', ...notice };
  if (notice?.deliveryStatus !== undefined) return { kind: 'delivery_status', ...notice };
  // As it reads: many are encoded, and the form of a subject counts.
  const readable = fields.map((field) =>
    field.key === 'subject' ? { ...field, value: input.subject } : field,
  );
  const deliveryStatus = readDeliveryStatus(readable, listParts);
  if (deliveryStatus !== undefined) return { kind: 'delivery_status', deliveryStatus };
  const autoReply = readAutoReply(fields, input);
  if (autoReply !== undefined) return { kind: 'auto_reply', autoReply };
  return { kind: 'message' };
}

/** Few messages do; the others need not be taken apart for it. */
function mayComplain(fields: readonly HeaderField[], bytes: Uint8Array): boolean {
  return fields.some(({ key, value }) => {
    if (key === 'x-apple-unsubscribe' || key === 'x-spamcop-sourceip') return true;
    if (key === 'subject') return /complaint about message from/i.test(value.slice(0, 998));
    if (key !== 'content-type') return false;
    const [, form] = /multipart\/(report|mixed)/i.exec(value.slice(0, 998)) ?? [];
    return form !== undefined && (form.toLowerCase() === 'report' || namesReport(bytes));
  });
}

/** Whether a part can have the type of a report. */
function namesReport(bytes: Uint8Array): boolean {
  const { buffer, byteOffset, byteLength } = bytes.subarray(0, MAX_REPORT_BYTES);
  return /feedback-report/i.test(Buffer.from(buffer, byteOffset, byteLength).toString('latin1'));
}
