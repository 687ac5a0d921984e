import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { JoinedOptions } from '../options/join-policy.ts';
import type { MailboxOptions } from '../options.ts';
import { resolveRetention } from '../retention/resolve-retention.ts';
import { DEFAULT_CAPS, type FrequencyCap } from './frequency-cap.ts';
import type { QuietHours } from './quiet-hours.ts';

/** What the operator decided about how much mail people get, and when. */
export interface FrequencySettings {
  readonly caps: readonly FrequencyCap[];
  readonly quietHours: QuietHours | undefined;
  /** Topic id to the name that people are shown. */
  readonly topics: Readonly<Record<string, string>>;
}

const DAY = 86_400_000;
/** The longest window that people can choose for themselves on their page. */
const PAGE_WINDOW = 30 * DAY;

/** Throws `OPTION_INVALID` for quiet hours in no zone, and for caps longer than the ledger is kept. */
export function resolveFrequency(options: JoinedOptions): FrequencySettings {
  const { frequencyCaps: caps = DEFAULT_CAPS, quietHours, topics = {}, mailboxes } = options;
  const stray = mailboxes.find((mailbox) => resolveTimeZone(options, mailbox) === undefined);
  if (quietHours !== undefined && stray !== undefined) {
    throw new MailwardenError('OPTION_INVALID', {
      detail: `quietHours needs a timeZone of ${stray.address} or of its sender.`,
    });
  }
  const { reservations } = resolveRetention(options.retention);
  const longest = Math.max(PAGE_WINDOW, ...caps.map(({ per }) => per));
  if (reservations !== undefined && reservations < longest) {
    throw new MailwardenError('OPTION_INVALID', {
      detail: `retention.reservations has to be at least ${longest / DAY} days: caps count in it.`,
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
