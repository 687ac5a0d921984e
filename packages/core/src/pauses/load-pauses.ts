import type { Context } from '../context.ts';
import type { PauseFacts } from '../policy/facts.ts';
import type { Db } from '../storage/database.ts';
import { EVERY_TENANT, type PauseScope } from './pause-scope.ts';

/** What of a message a pause can mean. */
export interface Pausable {
  readonly mailbox: string;
  readonly campaign: string | undefined;
  readonly agent: string | undefined;
}

/** What is paused; asked after the rows of the mailboxes are locked. */
export async function loadPauses(
  db: Db,
  ctx: Context,
): Promise<(of: Pausable) => PauseFacts | undefined> {
  const rows = await db
    .selectFrom('pause')
    .select(['scope', 'subject', 'reason'])
    .where('tenant', 'in', [ctx.tenant, EVERY_TENANT])
    .where('resuming', '=', 0)
    .execute();
  const subjects = ({ mailbox, campaign, agent }: Pausable) =>
    new Map<PauseScope, string | undefined>([
      ['everything', ''],
      ['tenant', ''],
      ['restore', ''],
      ['mailbox', mailbox],
      ['campaign', campaign],
      ['agent', agent],
    ]);
  return (of) => {
    if (rows.length === 0) return undefined;
    // The widest first: it is what somebody has to end before anything else counts.
    for (const [scope, subject] of subjects(of)) {
      const row = rows.find((each) => each.scope === scope && each.subject === subject);
      if (row !== undefined) return { scope, reason: row.reason };
    }
    return undefined;
  };
}
