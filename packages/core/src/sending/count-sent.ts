import { sql } from 'kysely';
import type { Context } from '../context.ts';
import { type Address, domainOf } from '../identity/address.ts';
import type { MailboxProvider } from '../policy/providers/mailbox-provider.ts';
import type { Db } from '../storage/database.ts';
import { primaryDomain } from './primary-domain.ts';

const DAY = 86_400_000;
/** Mail is due before it is sent; what waited longer than this is not counted, ms. */
const LONGEST_WAIT = DAY;

/** Mail of the last 24 hours from a primary domain to a provider; counts up to `most`. */
export async function countSent(
  db: Db,
  ctx: Context,
  domain: string,
  { domains }: Pick<MailboxProvider, 'domains'>,
  most: number,
): Promise<number> {
  const mailboxes = await findMailboxes(db, ctx, domain);
  if (mailboxes.length === 0) return 0;
  const rows = await db
    .selectFrom('delivery')
    .select('id')
    .where('tenant', '=', ctx.tenant)
    .where('state', '=', sql.lit('sent'))
    // The index of what is due holds what was sent as well, by when it was due.
    .where('due_at', '>', ctx.now() - DAY - LONGEST_WAIT)
    .where('sent_at', '>', ctx.now() - DAY)
    .where('mailbox', 'in', mailboxes)
    .where((eb) => eb.or(domains.map((each) => eb('recipient', 'like', `%@${each}`))))
    .limit(most)
    .execute();
  return rows.length;
}

/** Those that other processes run, and that were taken out of the configuration, as well. */
async function findMailboxes(db: Db, ctx: Context, domain: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('mailbox')
    .select('address')
    .where('tenant', '=', ctx.tenant)
    .execute();
  return rows
    .map(({ address }) => address)
    .filter((address) => primaryDomain(domainOf(address as Address)) === domain);
}
