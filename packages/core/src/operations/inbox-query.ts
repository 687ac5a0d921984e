import type { Expression, ExpressionBuilder, SelectQueryBuilder, SqlBool } from 'kysely';
import type { Context, Mailbox } from '../context.ts';
import { contains } from '../messages/contains.ts';
import type { Principal } from '../principal/principal.ts';
import type { Database, Db } from '../storage/database.ts';
import type { ParsedInboxFilter } from './inbox-filter.ts';

type Builder = ExpressionBuilder<Database, 'message'>;

/** What the conditions are about. */
interface Scope {
  readonly ctx: Context;
  readonly principal: Principal;
  readonly mailbox: Mailbox;
  readonly filter: ParsedInboxFilter;
}

/** The messages of a mailbox that a principal may see and that fit a filter, in no order yet. */
export function toInboxQuery(
  db: Db,
  scope: Scope,
): SelectQueryBuilder<Database, 'message', object> {
  const { ctx, principal, mailbox, filter } = scope;
  const base = db
    .selectFrom('message')
    .where('message.tenant', '=', ctx.tenant)
    .where('message.mailbox', '=', mailbox.address)
    .where((eb) => eb.and(toConditions(eb, scope)));
  const visible = principal.kind === 'agent' ? base.where('message.quarantined', '=', 0) : base;
  if (filter.direction === 'any') return visible;
  const oneWay = visible.where('message.direction', '=', filter.direction);
  // What a colleague sent did not come in.
  return filter.direction === 'inbound' ? oneWay.where('message.in_sent_folder', '=', 0) : oneWay;
}

function toConditions(eb: Builder, scope: Scope): Expression<SqlBool>[] {
  const { principal, filter } = scope;
  const { unread, hasReplies, from, subject, words, since, before, campaign } = filter;
  const conditions: Expression<SqlBool>[] = [
    ...filter.tags.map((tag) => hasTag(eb, scope, tag)),
    ...filter.excludeTags.map((tag) => eb.not(hasTag(eb, scope, tag))),
    ...words.map((word) =>
      eb.or([
        contains('message.subject', word),
        contains('message.new_text', word),
        // Quoted history is not what the person said.
        eb.and([eb('message.new_text', 'is', null), contains('message.text', word)]),
      ]),
    ),
  ];
  if (unread !== undefined && principal.kind === 'agent') {
    const read = isRead(eb, scope, principal.id);
    conditions.push(unread ? eb.not(read) : read);
    conditions.push(eb('message.direction', '=', 'inbound'));
    conditions.push(eb('message.in_sent_folder', '=', 0));
  }
  if (hasReplies !== undefined) {
    const replied = hasReply(eb, scope);
    conditions.push(hasReplies ? replied : eb.not(replied));
  }
  if (from !== undefined) conditions.push(contains('message.from_address', from));
  if (subject !== undefined) conditions.push(contains('message.subject', subject));
  if (since !== undefined) conditions.push(eb('message.created_at', '>=', since));
  if (before !== undefined) conditions.push(eb('message.created_at', '<', before));
  if (campaign !== undefined) conditions.push(eb('message.campaign', '=', campaign));
  return conditions;
}

/** Facts of the deliveries that show as tags. */
const DERIVED = {
  unsubscribed: 'delivery.unsubscribed_at',
  bounced: 'delivery.bounced_at',
  complained: 'delivery.complained_at',
} as const;

function hasTag(eb: Builder, { ctx }: Scope, tag: string): Expression<SqlBool> {
  if (Object.hasOwn(DERIVED, tag)) {
    return eb.exists(
      eb
        .selectFrom('delivery')
        .select('delivery.id')
        .whereRef('delivery.tenant', '=', 'message.tenant')
        .whereRef('delivery.message_id', '=', 'message.id')
        .where(DERIVED[tag as keyof typeof DERIVED], 'is not', null),
    );
  }
  return eb.exists(
    eb
      .selectFrom('tag')
      .select('tag.tag')
      .where('tag.tenant', '=', ctx.tenant)
      .where('tag.subject_kind', '=', 'message')
      .whereRef('tag.subject_id', '=', 'message.id')
      .where('tag.tag', '=', tag)
      .where((inner) =>
        inner.or([inner('tag.expires_at', 'is', null), inner('tag.expires_at', '>', ctx.now())]),
      ),
  );
}

function isRead(eb: Builder, { ctx }: Scope, agent: string): Expression<SqlBool> {
  return eb.exists(
    eb
      .selectFrom('read_mark')
      .select('read_mark.agent')
      .where('read_mark.tenant', '=', ctx.tenant)
      .whereRef('read_mark.message_id', '=', 'message.id')
      .where('read_mark.agent', '=', agent),
  );
}

function hasReply(eb: Builder, { ctx, principal }: Scope): Expression<SqlBool> {
  return eb.exists(
    eb
      .selectFrom('message as reply')
      .select('reply.id')
      .where('reply.tenant', '=', ctx.tenant)
      .whereRef('reply.parent_id', '=', 'message.id')
      .where('reply.direction', '=', 'inbound')
      .where('reply.auto_submitted', '=', 0)
      .where('reply.in_sent_folder', '=', 0)
      .$if(principal.kind === 'agent', (query) => query.where('reply.quarantined', '=', 0)),
  );
}
