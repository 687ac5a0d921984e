import type { Selectable } from 'kysely';
import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { ErasureTable } from '../storage/tables/people.ts';
import { carryOutErasure } from './carry-out-erasure.ts';
import { findPutOff, putOff } from './erasure-retry.ts';
import { toPersonOf } from './person.ts';

/** How long whoever began an erasure is left to finish it, ms. */
const RESUME_AFTER = 600_000;

/** Erasures that are looked at together. */
const PAGE = 100;

/**
 * Finishes erasures that a process did not live to finish, those that only the suppression journal
 * remembered, and those that met damaged rows. Each stands alone: one that fails is reported, put
 * off for an hour, and keeps no other waiting. Running twice does no harm. Returns how many it tried.
 */
export async function resumeErasures(ctx: Context, isCut: () => boolean): Promise<number> {
  let tried = 0;
  let last: Unfinished | undefined;
  while (!isCut()) {
    const page = await selectUnfinished(ctx, last);
    const later = await findPutOff(
      ctx,
      page.map(({ id }) => id),
    );
    for (const row of page.filter(({ id }) => !later.has(id))) {
      if (isCut()) break;
      await resume(ctx, row, isCut);
      tried += 1;
    }
    last = page.at(-1);
    if (page.length < PAGE) break;
  }
  if (tried > 0) await ctx.storage.flushLog();
  return tried;
}

type Unfinished = Pick<Selectable<ErasureTable>, 'id' | 'canonical' | 'requested_at'>;

async function resume(ctx: Context, row: Unfinished, isCut: () => boolean): Promise<void> {
  const erasure = { id: row.id, requestedAt: Number(row.requested_at) };
  try {
    await carryOutErasure(ctx, erasure, toPersonOf(ctx, row.canonical), isCut);
  } catch (error) {
    // Where the database does not answer the next one would fare no better.
    if (error instanceof MailwardenError) throw error;
    ctx.report(error);
    await putOff(ctx, row.id, 0);
  }
}

/** In the order of the index that holds only these. */
async function selectUnfinished(
  { tenant, storage, now }: Context,
  last: Unfinished | undefined,
): Promise<Unfinished[]> {
  return await storage.db
    .selectFrom('erasure')
    .select(['id', 'canonical', 'requested_at'])
    .where('tenant', '=', tenant)
    .where('finished_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('requested_at', '<=', now() - RESUME_AFTER),
        // Nobody else is at these.
        eb('reason', '=', 'journal'),
      ]),
    )
    .$if(last !== undefined, (query) =>
      query.where((eb) =>
        eb(
          eb.refTuple('requested_at', 'canonical'),
          '>',
          eb.tuple(last?.requested_at ?? 0, last?.canonical ?? ''),
        ),
      ),
    )
    .orderBy('requested_at')
    .orderBy('canonical')
    .limit(PAGE)
    .execute();
}
