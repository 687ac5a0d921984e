import type { SelectQueryBuilder } from 'kysely';
import type { Context, Mailbox } from '../context.ts';
import { loadMessageDetails } from '../messages/load-message-details.ts';
import { toMessageSummary } from '../messages/to-message-summary.ts';
import type { Principal } from '../principal/principal.ts';
import type { Database, Db } from '../storage/database.ts';
import { parseInboxFilter } from './inbox-filter.ts';
import { toInboxQuery } from './inbox-query.ts';
import type { CheckInboxInput } from './inputs.ts';
import type { Outcome } from './outcome.ts';
import { readCursor, staleCursor, toLimit } from './page.ts';
import { refuseUnknown, toText } from './parse-arguments.ts';
import { resolveMailbox } from './resolve-mailbox.ts';
import type { InboxPage } from './results.ts';
import { toRefusal } from './to-refusal.ts';

const ARGUMENTS: readonly (keyof CheckInboxInput)[] = ['mailbox', 'filter', 'limit', 'cursor'];

/** Lists what is in a mailbox, newest first, without bodies. It marks nothing as read. */
export async function checkInbox(
  ctx: Context,
  principal: Principal,
  input: CheckInboxInput,
): Promise<Outcome<InboxPage>> {
  try {
    refuseUnknown(input, ARGUMENTS, 'check_inbox');
    const mailbox = resolveMailbox(ctx, principal, toText(input.mailbox, 'mailbox'));
    const filter = parseInboxFilter(input.filter);
    const limit = toLimit(input.limit);
    const after = readCursor(ctx, input.cursor);
    const { db } = ctx.storage;
    const matching = toInboxQuery(db, { ctx, principal, mailbox, filter });
    const total = await count(matching);
    const page =
      after === undefined ? matching : await startAfter(db, ctx, mailbox, matching, after);
    const rows = await page
      .selectAll('message')
      .orderBy('message.created_at', 'desc')
      .orderBy('message.id', 'desc')
      .limit(limit + 1)
      .execute();
    const shown = rows.slice(0, limit);
    const detailsOf = await loadMessageDetails(db, ctx, principal, shown);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      status: 'ok',
      total,
      emails: shown.map((row) => toMessageSummary(row, detailsOf(row))),
      ...(last === undefined ? {} : { cursor: ctx.keys.createToken('cursor', last.id) }),
    };
  } catch (error) {
    return toRefusal(error);
  }
}

type Matching = SelectQueryBuilder<Database, 'message', object>;

async function count(matching: Matching): Promise<number> {
  const row = await matching.select((eb) => eb.fn.countAll().as('count')).executeTakeFirstOrThrow();
  return Number(row.count);
}

/** By the place of the last row that was shown, so that new mail moves no page. */
async function startAfter(
  db: Db,
  ctx: Context,
  mailbox: Mailbox,
  matching: Matching,
  after: string,
): Promise<Matching> {
  const last = await db
    .selectFrom('message')
    .select('created_at')
    .where('tenant', '=', ctx.tenant)
    .where('mailbox', '=', mailbox.address)
    .where('id', '=', after)
    .executeTakeFirst();
  if (last === undefined) throw staleCursor();
  return matching.where((eb) =>
    eb.or([
      eb('message.created_at', '<', last.created_at),
      eb.and([eb('message.created_at', '=', last.created_at), eb('message.id', '<', after)]),
    ]),
  );
}
