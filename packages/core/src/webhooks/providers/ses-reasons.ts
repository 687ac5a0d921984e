import type { ReplyReason } from '../../transport/reply-reasons.ts';

/**
 * What `bounceSubType` of Amazon SES says where the recipient's server said nothing: SES developer
 * guide, "Bounce types", read 2026-11. `General` says nothing.
 */
const SUB_TYPES: ReadonlyMap<string, ReplyReason> = new Map([
  ['NoEmail', 'user_unknown'],
  // On the list of an account, or of all of SES: it bounced before.
  ['Suppressed', 'user_unknown'],
  ['OnAccountSuppressionList', 'user_unknown'],
  ['MailboxFull', 'mailbox_full'],
  ['MessageTooLarge', 'mesg_too_big'],
  ['ContentRejected', 'policy_violation'],
  ['AttachmentRejected', 'policy_violation'],
  ['CustomTimeoutExceeded', 'expired'],
]);

/** The reason that a sub-type names, if any. */
export function toSesHint(subType: string | undefined): ReplyReason | undefined {
  return SUB_TYPES.get(subType ?? '');
}
