import type { SelectQueryBuilder } from 'kysely';
import type { Context } from '../context.ts';
import type { ListPendingInput } from '../operations/inputs.ts';
import { readCursor, toLimit } from '../operations/page.ts';
import { refuseUnknown, toText } from '../operations/parse-arguments.ts';
import { listMailboxes, resolveMailbox } from '../operations/resolve-mailbox.ts';
import type { PendingPage } from '../operations/results.ts';
import type { Principal } from '../principal/principal.ts';
import type { Database, Db } from '../storage/database.ts';
import { loadPendingViews, PENDING_COLUMNS, type PendingRow } from './load-pending-views.ts';

const ARGUMENTS: readonly (keyof ListPendingInput)[] = [
  'mailbox',
  'tag',
  'campaign',
  'limit',
  'cursor',
];

/**
 * What waits for a person, oldest first. A reviewer sees everything, released inbound mail of
 * `gated_all` mailboxes included; an agent its own held messages, and the rejected ones of the
 * last seven days with the reason.
 */
export async function listPending(
  ctx: Context,
  principal: Principal,
  input: ListPendingInput = {},
): Promise<PendingPage> {
  refuseUnknown(input, ARGUMENTS, 'list_pending');
  const { db } = ctx.storage;
  const limit = toLimit(input.limit);
  const after = readCursor(ctx, input.cursor);
  const query = pendingQuery(db, ctx, principal, input);
  const counted = await query
    .clearSelect()
    .select((eb) => eb.fn.count<number>('message.id').distinct().as('count'))
    .executeTakeFirstOrThrow();
  const rows = await query
    .$if(after !== undefined, (builder) => builder.where('message.id', '>', after ?? ''))
    .orderBy('message.id')
    .limit(limit + 1)
    .execute();
  const page = rows.slice(0, limit);
  const messages = await loadPendingViews(db, ctx, page);
  const last = page.at(-1);
  return {
    total: Number(counted.count),
    messages,
    ...(rows.length > limit && last !== undefined
      ? { cursor: ctx.keys.createToken('cursor', last.id) }
      : {}),
  };
}

type PendingQuery = SelectQueryBuilder<Database, 'message', PendingRow>;

/** From the few that wait to their messages: a mailbox may hold a million others. */
function pendingQuery(
  db: Db,
  ctx: Context,
  principal: Principal,
  input: ListPendingInput,
): PendingQuery {
  const named = toText(input.mailbox, 'mailbox');
  const mailboxes =
    named === undefined ? listMailboxes(ctx, principal) : [resolveMailbox(ctx, principal, named)];
  const addresses = mailboxes.map((mailbox) => mailbox.address);
  const tag = toText(input.tag, 'tag')?.trim().toLowerCase();
  const campaign = toText(input.campaign, 'campaign')?.trim();
  const agent = principal.kind === 'agent' ? principal.id : undefined;
  const states = agent === undefined ? (['held'] as const) : (['held', 'rejected'] as const);
  const since = ctx.now() - 7 * 86_400_000;
  return db
    .selectFrom('message')
    .select(PENDING_COLUMNS)
    .where('message.tenant', '=', ctx.tenant)
    .where('message.id', 'in', (eb) => {
      const waiting = eb
        .selectFrom('delivery')
        .select('delivery.message_id as id')
        .where('delivery.tenant', '=', ctx.tenant)
        .where('delivery.mailbox', 'in', addresses)
        .where('delivery.state', 'in', states)
        .where((inner) =>
          inner.or([
            inner('delivery.state', '=', 'held'),
            inner('delivery.updated_at', '>', since),
          ]),
        );
      if (agent !== undefined) return waiting;
      const inbound = eb
        .selectFrom('message as arrived')
        .select('arrived.id as id')
        .where('arrived.tenant', '=', ctx.tenant)
        .where('arrived.mailbox', 'in', addresses)
        .where('arrived.quarantined', '=', 1)
        .where('arrived.review_expires_at', 'is not', null);
      return waiting.unionAll(inbound);
    })
    .$if(agent !== undefined, (builder) => builder.where('message.agent', '=', agent ?? ''))
    .$if(campaign !== undefined, (builder) =>
      builder.where('message.campaign', '=', campaign ?? ''),
    )
    .$if(tag !== undefined, (builder) =>
      builder.where((eb) =>
        eb.exists(
          eb
            .selectFrom('tag')
            .select('tag.tag')
            .whereRef('tag.tenant', '=', 'message.tenant')
            .whereRef('tag.subject_id', '=', 'message.id')
            .where('tag.subject_kind', '=', 'message')
            .where('tag.tag', '=', tag ?? ''),
        ),
      ),
    );
}
