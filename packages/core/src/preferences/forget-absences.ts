import type { Context } from '../context.ts';
import { readKeyCursor, writeKeyCursor } from '../retention/key-cursor.ts';
import { endAbsences } from './end-absences.ts';

/** People of one pass: of a million the last are looked at within three hours. */
const PEOPLE = 500;
const CURSOR = 'absences';

/** Forgets who was away until when once they are back, some people in each pass, round and round. */
export async function forgetAbsences(
  ctx: Pick<Context, 'tenant' | 'storage' | 'now'>,
): Promise<void> {
  const now = ctx.now();
  const from = await readKeyCursor(ctx, CURSOR);
  const people = await ctx.storage.db
    .selectFrom('preference')
    .select(({ fn }) => ['canonical', fn.min('away_until').as('until')])
    .where('tenant', '=', ctx.tenant)
    .where('canonical', '>', from)
    .groupBy('canonical')
    .orderBy('canonical')
    .limit(PEOPLE)
    .execute();
  const back = people.flatMap(({ canonical, until }) =>
    until !== null && until <= now ? canonical : [],
  );
  const next = people.length < PEOPLE ? '' : (people.at(-1)?.canonical ?? '');
  // Looking first keeps an idle process from taking the lock.
  if (back.length === 0 && next === from) return;
  await ctx.storage.unit(async (tx) => {
    await endAbsences(tx, ctx, back, now);
    await writeKeyCursor(tx, ctx, CURSOR, next);
  });
}
