import type { Expression, ExpressionBuilder, SelectQueryBuilder, SqlBool } from 'kysely';
import type { Context } from '../context.ts';
import { contains } from '../messages/contains.ts';
import type { Database, Db } from '../storage/database.ts';
import type { SuppressionReason } from '../storage/tables/people.ts';

/** Which contacts are looked for. */
export interface ContactFilter {
  /** Part of an address or a name. */
  readonly text: string | undefined;
  readonly tags: readonly string[];
  readonly excludeTags: readonly string[];
  /** As whose tags derived ones are judged. */
  readonly senderId: string | undefined;
}

type Builder = ExpressionBuilder<Database, 'contact'>;

/** The contacts that fit, in no order yet. */
export function toContactQuery(
  db: Db,
  ctx: Pick<Context, 'tenant' | 'now'>,
  filter: ContactFilter,
): SelectQueryBuilder<Database, 'contact', object> {
  const { text, tags, excludeTags } = filter;
  return db
    .selectFrom('contact')
    .where('contact.tenant', '=', ctx.tenant)
    .where((eb) =>
      eb.and([
        ...tags.map((tag) => hasTag(eb, ctx, filter, tag)),
        ...excludeTags.map((tag) => eb.not(hasTag(eb, ctx, filter, tag))),
        ...(text === undefined
          ? []
          : [eb.or([contains('contact.address', text), contains('contact.name', text)])]),
      ]),
    );
}

/** Which suppressions show as which tag. */
const DERIVED: Readonly<Record<string, SuppressionReason>> = {
  unsubscribed: 'unsubscribe',
  bounced: 'hard_bounce',
  complained: 'complaint',
};

function hasTag(
  eb: Builder,
  ctx: Pick<Context, 'tenant' | 'now'>,
  filter: ContactFilter,
  tag: string,
): Expression<SqlBool> {
  const reason = Object.hasOwn(DERIVED, tag) ? DERIVED[tag] : undefined;
  if (reason !== undefined) return isSuppressed(eb, ctx, filter, reason);
  return eb.exists(
    eb
      .selectFrom('tag')
      .select('tag.tag')
      .where('tag.tenant', '=', ctx.tenant)
      .where('tag.subject_kind', '=', 'contact')
      .whereRef('tag.subject_id', '=', 'contact.id')
      .where('tag.tag', '=', tag)
      .where((inner) =>
        inner.or([inner('tag.expires_at', 'is', null), inner('tag.expires_at', '>', ctx.now())]),
      ),
  );
}

function isSuppressed(
  eb: Builder,
  { tenant }: Pick<Context, 'tenant'>,
  { senderId }: ContactFilter,
  reason: SuppressionReason,
): Expression<SqlBool> {
  return eb.exists(
    eb
      .selectFrom('suppression')
      .select('suppression.id')
      .where('suppression.tenant', '=', tenant)
      .where('suppression.lifted_at', 'is', null)
      .where('suppression.reason', '=', reason)
      .where('suppression.scope', 'in', ['all', 'marketing'])
      .where((inner) =>
        inner.or([
          inner.and([
            inner('suppression.match', '=', 'exact'),
            inner('suppression.hmac', '=', inner.ref('contact.exact')),
          ]),
          inner.and([
            inner('suppression.match', '=', 'canonical'),
            inner('suppression.hmac', '=', inner.ref('contact.canonical')),
          ]),
        ]),
      )
      .$if(senderId !== undefined, (query) =>
        query.where('suppression.sender_id', 'in', ['', senderId ?? '']),
      ),
  );
}
