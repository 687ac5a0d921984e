import type { Context } from '../../context.ts';
import type { SuppressionReason } from '../../storage/tables/people.ts';
import { findAddresses } from './find-addresses.ts';

/** A suppression in force, as it leaves the house. */
export interface ExportedSuppression {
  readonly id: string;
  /** What `hmac` is of: the address as written, the person, or a whole domain. */
  readonly match: 'exact' | 'canonical' | 'domain';
  /** Hex; means something to holders of the key only. */
  readonly hmac: string;
  readonly keyId: string;
  readonly canonicalisation: number;
  readonly scope: string;
  /** Absent: against every sender. */
  readonly senderId?: string;
  readonly reason: SuppressionReason;
  readonly source: string;
  /** Epoch ms. */
  readonly at: number;
  /** Of the contacts that it covers: nobody's address is kept for its own sake. */
  readonly addresses: readonly string[];
}

const PAGE = 1_000;

/** All suppressions in force, in the order of their ids, page by page. */
export async function* exportSuppressions(ctx: Context): AsyncGenerator<ExportedSuppression> {
  let last = '';
  for (;;) {
    const rows = await ctx.storage.db
      .selectFrom('suppression')
      .selectAll()
      .where('tenant', '=', ctx.tenant)
      .where('id', '>', last)
      .where('lifted_at', 'is', null)
      .orderBy('id')
      .limit(PAGE)
      .execute();
    const addresses = await findAddresses(ctx, rows);
    for (const row of rows) {
      yield {
        id: row.id,
        match: row.match,
        hmac: row.hmac,
        keyId: row.key_id,
        canonicalisation: row.canonicalisation,
        scope: row.scope,
        reason: row.reason,
        source: row.source,
        at: Number(row.created_at),
        addresses: addresses.get(row.id) ?? [],
        ...(row.sender_id === '' ? {} : { senderId: row.sender_id }),
      };
    }
    last = rows.at(-1)?.id ?? last;
    if (rows.length < PAGE) return;
  }
}
