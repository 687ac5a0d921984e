import type { Context } from '../../context.ts';
import { transition } from '../../deliveries/transition.ts';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import type { AgentPrincipal } from '../../principal/principal.ts';
import type { Tx } from '../../storage/database.ts';
import type { Draft } from './draft.ts';

/** How often a draft may be revised. */
export const MAX_ROUNDS = 5;

/** The place of a message in a chain of revisions. */
export interface Revised {
  readonly messageId: string;
  readonly round: number;
}

/** Locks what is revised as a decision on it does: before the people and the mailbox, not after. */
export async function lockRevised(tx: Tx, ctx: Context, { revises }: Draft): Promise<void> {
  if (revises === undefined || !ctx.storage.capabilities.supportsRowLocks) return;
  await tx
    .selectFrom('message')
    .select('id')
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', revises)
    .forUpdate()
    .execute();
  await tx
    .selectFrom('delivery')
    .select('id')
    .where('tenant', '=', ctx.tenant)
    .where('message_id', '=', revises)
    .orderBy('id')
    .forUpdate()
    .execute();
}

/**
 * Takes the place of a rejected or still held message of the same agent; a held one is cancelled.
 * Throws `MESSAGE_NOT_FOUND`, `NOT_PENDING` or `REVISION_ROUNDS`.
 */
export async function takeRevised(
  tx: Tx,
  ctx: Context,
  principal: AgentPrincipal,
  draft: Draft,
): Promise<Revised | undefined> {
  if (draft.revises === undefined) return undefined;
  const message = await tx
    .selectFrom('message')
    .select(['id', 'round', 'agent', 'mailbox'])
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', draft.revises)
    .where('direction', '=', 'outbound')
    .executeTakeFirst();
  if (message?.agent !== principal.id || message.mailbox !== draft.mailbox.address) {
    throw new MailwardenError('MESSAGE_NOT_FOUND', {
      detail: `revises has to be one of your own messages in ${draft.mailbox.address}.`,
    });
  }
  const round = message.round + (await countRevisions(tx, ctx, message.id)) + 1;
  if (round > MAX_ROUNDS) throw new MailwardenError('REVISION_ROUNDS');
  await cancelHeld(tx, ctx, principal, message.id);
  return { messageId: message.id, round };
}

/** Earlier revisions of the same message: going back to the first draft starts no new count. */
async function countRevisions(tx: Tx, ctx: Context, messageId: string): Promise<number> {
  const row = await tx
    .selectFrom('message')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('tenant', '=', ctx.tenant)
    .where('revises', '=', messageId)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

async function cancelHeld(
  tx: Tx,
  ctx: Context,
  principal: AgentPrincipal,
  messageId: string,
): Promise<void> {
  const deliveries = await tx
    .selectFrom('delivery')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('message_id', '=', messageId)
    .execute();
  const open = deliveries.filter((row) => row.state !== 'held' && row.state !== 'rejected');
  if (open.length > 0) {
    throw new MailwardenError('NOT_PENDING', {
      detail: `It is ${open[0]?.state}; only a held or rejected message can be revised.`,
    });
  }
  for (const from of deliveries.filter((row) => row.state === 'held')) {
    const moved = await transition(tx, {
      from,
      to: 'cancelled',
      code: 'REVISED',
      reason: 'The agent replaced it by a revised message.',
      actor: `agent:${principal.id}`,
      at: ctx.now(),
    });
    if (moved === undefined) throw new MailwardenError('NOT_PENDING');
  }
}
