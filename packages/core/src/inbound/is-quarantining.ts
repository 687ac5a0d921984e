import type { Context, Mailbox } from '../context.ts';
import { effectiveMode } from '../policy/effective-mode.ts';
import type { Db } from '../storage/database.ts';

/** Whether inbound mail waits for a person: the mailbox's mode is `gated_all` (architecture.md §5). */
export async function isQuarantining(
  db: Db,
  ctx: Pick<Context, 'tenant' | 'now'>,
  mailbox: Mailbox,
): Promise<boolean> {
  const row = await db
    .selectFrom('mailbox')
    .select(['mode', 'mode_until'])
    .where('tenant', '=', ctx.tenant)
    .where('address', '=', mailbox.address)
    .executeTakeFirst();
  // Categories are about what goes out; for what comes in the default counts.
  const oversight = { default: mailbox.oversight.default };
  return effectiveMode({ ...mailbox, oversight }, row, 'conversational', ctx.now()) === 'gated_all';
}
