import type { Context } from '../context.ts';
import { appendEvents } from '../events/append-event.ts';
import type { Tx } from '../storage/database.ts';
import { listTenants } from './list-tenants.ts';
import type { PauseKey } from './parse-pause-target.ts';

/** Tells of a pause or its end; of everything in the audit of every tenant that it stops. */
export async function appendPauseEvents(
  tx: Tx,
  ctx: Context,
  { tenant, scope, subject }: PauseKey,
  told: { readonly what: 'paused' | 'resumed'; readonly actor: string; readonly reason?: string },
): Promise<void> {
  const { what, actor, reason } = told;
  const tenants = scope === 'everything' ? await listTenants(tx) : [tenant];
  const event = {
    ...{ at: ctx.now(), type: `${scope}.${what}`, actor },
    ...(scope === 'mailbox' ? { mailbox: subject } : {}),
    ...(scope === 'campaign' ? { data: { campaign: subject } } : {}),
    ...(scope === 'agent' ? { data: { agent: subject } } : {}),
    ...(reason === undefined ? {} : { details: { reason } }),
  };
  for (const each of tenants) await appendEvents(tx, each, [event]);
}
