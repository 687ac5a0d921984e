import type { ReportedRecipient } from '../inbound/delivery-status/delivery-status.ts';
import { toReportedRecipient } from '../inbound/delivery-status/to-reported-recipient.ts';
import { REPLY_REASONS, type ReplyReason } from '../transport/reply-reasons.ts';

/** What a provider says about a failure. */
export interface ProviderAccount {
  readonly recipient: string | undefined;
  /** What the recipient's server said, in its words. */
  readonly said?: string | undefined;
  /** Enhanced status code. */
  readonly status?: string | undefined;
  /** Whether the provider takes the address for dead. */
  readonly isHard: boolean;
  /** The provider's own word for it, as far as it has a meaning here. */
  readonly hint?: ReplyReason | undefined;
}

/**
 * Why mail was lost, by the tables that reports are read by. What the recipient's server said comes
 * first: providers call many refusals of content or reputation "permanent". Where it said nothing
 * that is understood, the provider's own word counts.
 */
export function toFailure(account: ProviderAccount): Omit<ReportedRecipient, 'address'> {
  const { recipient = '', said = '', status, isHard, hint } = account;
  const read = toReportedRecipient({
    address: recipient,
    fields: {
      action: 'failed',
      diagnostic: said.replace(/^smtp\s?;\s?/i, ''),
      ...(status !== undefined && STATUS.test(status) ? { status } : {}),
    },
    words: '',
    dialect: undefined,
    action: 'failed',
  });
  const { address: _, ...failure } = read;
  if (!SILENT.has(read.reason)) return failure;
  const reason = hint ?? (isHard ? 'user_unknown' : 'undefined');
  const { family } = REPLY_REASONS[reason];
  return { ...failure, reason, family, permanent: isHard && family === 'address' };
}

const STATUS = /^[45]\.\d{1,3}\.\d{1,3}$/;
const SILENT: ReadonlySet<string> = new Set(['undefined', 'on_hold', 'delivered']);
