import type { Context } from '../context.ts';
import { EVERY_TENANT, type PauseScope } from './pause-scope.ts';

/** What sends nothing for now. */
export interface PauseView {
  readonly scope: PauseScope;
  /** The mailbox, campaign or agent; absent for what reaches further. */
  readonly subject?: string;
  readonly reason: string;
  readonly by: string;
  /** Epoch ms; 0 when it was not recorded. */
  readonly at: number;
}

/** Every pause in force, the latest first; of a restore too. */
export async function listPauses(ctx: Context): Promise<readonly PauseView[]> {
  const rows = await ctx.storage.db
    .selectFrom('pause')
    .selectAll()
    .where('tenant', 'in', [ctx.tenant, EVERY_TENANT])
    .where('resuming', '=', 0)
    .orderBy('paused_at', 'desc')
    .execute();
  return rows.map(({ scope, subject, reason, paused_by, paused_at }) => ({
    scope,
    ...(subject === '' ? {} : { subject }),
    ...{ reason, by: paused_by, at: paused_at },
  }));
}
