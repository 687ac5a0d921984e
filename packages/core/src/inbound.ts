export type { AuthenticationResult } from './inbound/authentication.ts';
export type { AutoReply } from './inbound/auto-reply.ts';
export type {
  DeliveryAction,
  DeliveryStatus,
  ReportedRecipient,
} from './inbound/delivery-status/delivery-status.ts';
export type { FeedbackReport } from './inbound/feedback-report.ts';
export type { InboundMessage } from './inbound/inbound-message.ts';
export { type ParseInboundOptions, parseInbound } from './inbound/parse-inbound.ts';
export type { EnvelopeRecipient } from './inbound/recipient-fields.ts';
export { classifyReply, type ReplyClass } from './transport/classify-reply.ts';
export type { ReplyFamily, ReplyReason } from './transport/reply-reasons.ts';
