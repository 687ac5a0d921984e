import type { QuietHours } from '../../frequency/quiet-hours.ts';
import { quietUntil } from '../../frequency/quiet-until.ts';
import type { Rule } from '../rule.ts';

/**
 * Marketing does not arrive at night: it waits until the quiet hours end by the recipient's clock,
 * or by the mailbox's when nobody knows where the recipient is. Without the operator's hours the
 * rule says nothing.
 */
export const quietHours = (quiet: QuietHours | undefined): Rule => ({
  id: 'quiet-hours',
  version: '1',
  evaluate({ now, mailbox, content, recipients }) {
    const { categories = ['marketing'] } = quiet ?? {};
    if (quiet === undefined || !categories.includes(content.category)) return [];
    const at = Math.max(now, content.sendAt ?? 0);
    return recipients.flatMap(({ address, audience }) => {
      const timeZone = audience.timeZone ?? mailbox.timeZone ?? 'UTC';
      const until = quietUntil(quiet, timeZone, at);
      if (until === undefined) return [];
      return [
        {
          effect: 'defer',
          until,
          code: 'QUIET_HOURS',
          message: `It is night where ${address} is; it goes out by itself at ${new Date(until).toISOString()}.`,
          evidence: { recipient: address, from: quiet.from, to: quiet.to, timeZone },
        },
      ];
    });
  },
});
