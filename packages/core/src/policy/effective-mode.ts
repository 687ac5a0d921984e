import type { Mailbox } from '../context.ts';
import type { MailboxRow } from '../storage/tables/operations.ts';
import { type Category, isOversightMode, type OversightMode, strictestMode } from './modes.ts';

/**
 * The mode in force for a category: what the code says, tightened or (up to the ceiling) changed by
 * what a reviewer set. A stored value that is not a mode counts as `read_only` (P2).
 */
export function effectiveMode(
  mailbox: Mailbox,
  row: Pick<MailboxRow, 'mode' | 'mode_until'> | undefined,
  category: Category,
  now: number,
): OversightMode {
  const coded = mailbox.oversight[category] ?? mailbox.oversight.default;
  const stored = row?.mode ?? null;
  if (stored === null) return coded;
  if (row?.mode_until != null && row.mode_until <= now) return coded;
  if (!isOversightMode(stored)) return 'read_only';
  return strictestMode(stored, mailbox.ceiling ?? coded);
}
