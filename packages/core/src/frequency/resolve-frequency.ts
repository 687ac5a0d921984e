import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { JoinedOptions } from '../options/join-policy.ts';
import type { MailboxOptions } from '../options.ts';
import { DEFAULT_CAPS, type FrequencyCap } from './frequency-cap.ts';
import type { QuietHours } from './quiet-hours.ts';

/** What the operator decided about how much mail people get, and when. */
export interface FrequencySettings {
  readonly caps: readonly FrequencyCap[];
  readonly quietHours: QuietHours | undefined;
  /** Topic id to the name that people are shown. */
  readonly topics: Readonly<Record<string, string>>;
}

/** Throws `OPTION_INVALID` for quiet hours of nobody knows which zone. */
export function resolveFrequency(options: JoinedOptions): FrequencySettings {
  const { frequencyCaps: caps = DEFAULT_CAPS, quietHours, topics = {}, mailboxes } = options;
  const stray = mailboxes.find((mailbox) => resolveTimeZone(options, mailbox) === undefined);
  if (quietHours !== undefined && stray !== undefined) {
    throw new MailwardenError('OPTION_INVALID', {
      detail: `quietHours needs a timeZone of ${stray.address} or of its sender.`,
    });
  }
  return { caps, quietHours, topics };
}

/** The zone of a mailbox: its own, else its sender's. */
export function resolveTimeZone(
  { senders = {} }: JoinedOptions,
  { timeZone, sender }: MailboxOptions,
): string | undefined {
  if (timeZone !== undefined || sender === undefined) return timeZone;
  return Object.hasOwn(senders, sender) ? senders[sender]?.timeZone : undefined;
}
