import type { Context, Mailbox } from '../context.ts';
import { type Address, domainOf } from '../identity/address.ts';
import { countSent } from '../sending/count-sent.ts';
import { primaryDomain } from '../sending/primary-domain.ts';
import type { Db } from '../storage/database.ts';
import type { SendingFacts } from './facts.ts';
import type { Category } from './modes.ts';
import { findUnmet, isBulk } from './providers/find-unmet.ts';
import type { MailboxProvider } from './providers/mailbox-provider.ts';
import { providerOf } from './providers/mailbox-providers.ts';

/**
 * What was recorded about the domain that the mail is sent from, as far as it concerns the
 * recipients' providers: one query for any number of them, and none when no provider has
 * requirements. How much mail went out is counted only where that decides.
 */
export async function loadSendingFacts(
  db: Db,
  ctx: Context,
  { mailbox, category }: { readonly mailbox: Mailbox; readonly category: Category },
  addresses: readonly Address[],
): Promise<SendingFacts | undefined> {
  if (category !== 'marketing') return undefined;
  const providers = new Set(addresses.flatMap((address) => providerOf(domainOf(address)) ?? []));
  if (providers.size === 0) return undefined;
  const domain = primaryDomain(domainOf(mailbox.address));
  const rows = await db
    .selectFrom('sending_fact')
    .select(['provider', 'fact', 'value', 'recorded_at'])
    .where('tenant', '=', ctx.tenant)
    .where('domain', '=', domain)
    .where('provider', 'in', ['', ...[...providers].map(({ id }) => id)])
    .execute();
  if (rows.length === 0) return undefined;
  const recorded = rows.map(({ recorded_at: at, ...row }) => ({ ...row, at: Number(at) }));
  return {
    domain,
    recorded,
    sent: await countWhereItDecides(db, ctx, { domain, recorded }, providers),
  };
}

async function countWhereItDecides(
  db: Db,
  ctx: Context,
  known: Pick<SendingFacts, 'domain' | 'recorded'>,
  providers: ReadonlySet<MailboxProvider>,
): Promise<SendingFacts['sent']> {
  const sent: Record<string, number> = {};
  for (const provider of providers) {
    if (provider.bulk === undefined || isBulk(provider, { ...known, sent })) continue;
    if (findUnmet(provider, known, ctx.now()).length === 0) continue;
    sent[provider.id] = await countSent(db, ctx, known.domain, provider, provider.bulk.from);
  }
  return sent;
}
