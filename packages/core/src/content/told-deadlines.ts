import { findClaims } from '../compose/find-claims.ts';
import type { Context } from '../context.ts';
import type { SendFacts, ToldDeadline } from '../policy/facts.ts';
import { fitsDeadline } from '../policy/fits-deadline.ts';
import { namedOffers, possibleCodes } from '../policy/support.ts';
import type { Db, Tx } from '../storage/database.ts';
import { toDeal } from './to-deal.ts';

/** How long it is known what people were told, ms: 400 days. */
const KEPT = 400 * 86_400_000;

/** The ends of offers that mail of this tenant has named. */
export async function loadToldDeadlines(db: Db, ctx: Context): Promise<readonly ToldDeadline[]> {
  if (ctx.settings.content.offers.length === 0) return [];
  const rows = await db
    .selectFrom('told_deadline')
    .select(['deal', 'ends_at'])
    .where('tenant', '=', ctx.tenant)
    .where('ends_at', '>', ctx.now() - KEPT)
    .execute();
  return rows.map(({ deal, ends_at }) => ({ deal, endsAt: Number(ends_at) }));
}

/** Keeps what a message that is about to leave says about the ends of offers. */
export async function recordToldDeadlines(tx: Tx, ctx: Context, facts: SendFacts): Promise<void> {
  const known = facts.support?.deadlines ?? [];
  const told = findToldDeadlines(facts).filter(
    ({ deal, endsAt }) => !known.some((one) => one.deal === deal && one.endsAt === endsAt),
  );
  if (told.length === 0) return;
  const at = ctx.now();
  await tx
    .insertInto('told_deadline')
    .values(
      told.map(({ deal, endsAt }) => ({ tenant: ctx.tenant, deal, ends_at: endsAt, told_at: at })),
    )
    .onConflict((conflict) => conflict.columns(['tenant', 'deal', 'ends_at']).doNothing())
    .execute();
}

/** Of the running offers that a message speaks of, those whose end it names. */
function findToldDeadlines({ content, support, now }: SendFacts): readonly ToldDeadline[] {
  const offers = support?.offers ?? [];
  if (content.category !== 'marketing' || offers.length === 0) return [];
  const claims = findClaims(content.subject, content.body);
  const deadlines = claims.filter(({ kind }) => kind === 'deadline');
  if (deadlines.length === 0) return [];
  const codes = possibleCodes(`${content.subject}\n${content.text}`);
  const named = namedOffers(claims, offers, codes);
  const told = offers
    .filter((offer) => named.has(offer.id))
    .filter((offer) => deadlines.some((claim) => fitsDeadline(claim, offer, now)))
    .map((offer): readonly [string, ToldDeadline] => {
      const deal = toDeal(offer);
      return [`${deal} ${offer.endsAt}`, { deal, endsAt: offer.endsAt }];
    });
  return [...new Map(told).values()];
}
