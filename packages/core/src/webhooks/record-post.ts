import { createHash } from 'node:crypto';
import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { findNamedMessages } from '../inbound/consequences/find-named-messages.ts';
import type { Tx } from '../storage/database.ts';
import { actOnProviderEvent, findMeant } from './act-on-provider-event.ts';
import { countEvents, type EventCounts } from './count-events.ts';
import type { ProviderEvent } from './provider-event.ts';
import type { WebhookProvider } from './webhook-options.ts';
import type { VerifiedPost } from './webhook-post.ts';

/** Units at once: on SQLite they share a transaction, on PostgreSQL they use that many connections. */
const AT_ONCE = 4;
/** Names of one look-up. */
const NAMES = 1_000;

/**
 * Does what verified events ask for, each once and in a unit of its own, so that a batch that is cut
 * off goes on where it ended when the provider repeats it. Mail that is not ours is counted and
 * changes nothing. Throws `WEBHOOK_REPLAYED`, `STORAGE_UNAVAILABLE`.
 */
export async function recordPost(
  ctx: Context,
  provider: WebhookProvider,
  { events, token: signed }: VerifiedPost,
  body: Buffer,
): Promise<void> {
  const counts = { done: 0, repeated: 0, foreign: 0 };
  const messages = await findMessages(ctx, events);
  const ours: Ours[] = [];
  for (const event of events) {
    const token = ctx.keys.readToken('message', event.mailwardenId ?? '');
    const ids =
      token === undefined ? event.names.flatMap((name) => messages.get(name) ?? []) : [token];
    if (ids.length === 0) counts.foreign += 1;
    else ours.push({ event, messageIds: [...new Set(ids)] });
  }
  if (signed !== undefined && ours.length > 0) {
    const digest = createHash('sha256').update(body).digest('hex');
    await claimToken(ctx, provider, signed, digest);
  }
  const work = ours.values();
  const takeTurns = async (): Promise<void> => {
    for (const one of work) counts[await recordOne(ctx, one)] += 1;
  };
  await Promise.all(Array.from({ length: AT_ONCE }, takeTurns));
  if (events.length > 0) await ctx.storage.unit((tx) => countEvents(tx, ctx, provider, counts));
  // Also for what is repeated: the first answer may have been lost before the journal had it.
  if (ours.length > 0) await ctx.journal?.flush();
}

interface Ours {
  readonly event: ProviderEvent;
  readonly messageIds: readonly string[];
}

async function findMessages(
  ctx: Context,
  events: readonly ProviderEvent[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const names = [...new Set(events.flatMap((event) => event.names))];
  const found = new Map<string, readonly string[]>();
  for (let at = 0; at < names.length; at += NAMES) {
    const part = await findNamedMessages(ctx.storage.db, ctx, names.slice(at, at + NAMES));
    for (const [name, ids] of part) found.set(name, ids);
  }
  return found;
}

function recordOne(ctx: Context, { event, messageIds }: Ours): Promise<keyof EventCounts> {
  return ctx.storage.unit(async (tx) => {
    const meant = await findMeant(tx, ctx, event, messageIds);
    if (meant === undefined) return 'foreign';
    if (!(await claim(tx, ctx, event.provider, hashOf(event.id), ''))) return 'repeated';
    await actOnProviderEvent(tx, ctx, event, meant);
    return 'done';
  });
}

/**
 * A signature that does not cover the body would sign any other body as well: it counts for the
 * first one, which the provider may repeat.
 */
async function claimToken(
  ctx: Context,
  provider: WebhookProvider,
  token: string,
  digest: string,
): Promise<void> {
  const id = hashOf(`token ${token}`);
  const isOwn = await ctx.storage.unit(async (tx) => {
    if (await claim(tx, ctx, provider, id, digest)) return true;
    const row = await tx
      .selectFrom('webhook_event')
      .select('digest')
      .where('tenant', '=', ctx.tenant)
      .where('provider', '=', provider)
      .where('event_id', '=', id)
      .executeTakeFirst();
    return row?.digest === digest;
  });
  if (!isOwn) throw new MailwardenError('WEBHOOK_REPLAYED');
}

async function claim(
  tx: Tx,
  ctx: Context,
  provider: WebhookProvider,
  eventId: string,
  digest: string,
): Promise<boolean> {
  const claimed = await tx
    .insertInto('webhook_event')
    .values({
      ...{ tenant: ctx.tenant, provider, event_id: eventId, digest, received_at: ctx.now() },
    })
    .onConflict((conflict) => conflict.columns(['tenant', 'provider', 'event_id']).doNothing())
    .returning('event_id')
    .executeTakeFirst();
  return claimed !== undefined;
}

/** Ids may hold anything, an address too. */
function hashOf(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}
