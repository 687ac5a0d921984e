import type { Context } from '../context.ts';
import { providerOf } from '../policy/providers/mailbox-providers.ts';
import type { Db } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import { type Routes, recipientDomain } from './keys-of.ts';

/** Keeps a statement below the 32,766 bound values that SQLite takes. */
const DOMAINS_PER_STATEMENT = 10_000;

/** What is known of the domains that deliveries go to. */
export interface KnownRoutes {
  readonly routes: Routes;
  /** Domains that nobody has asked about, or not of late; empty when nobody is to be asked. */
  readonly missing: readonly string[];
}

/** Who takes the mail of these recipients, as far as it was found out; see `learnRoutes`. */
export async function loadRoutes(
  db: Db,
  ctx: Context,
  deliveries: readonly Pick<Delivery, 'recipient'>[],
): Promise<KnownRoutes> {
  if (ctx.settings.throttle.resolveMx === undefined) return { routes: new Map(), missing: [] };
  const domains = [
    ...new Set(deliveries.map(({ recipient }) => recipientDomain(recipient))),
  ].filter((domain) => domain !== '' && providerOf(domain) === undefined);
  const routes = new Map<string, string>();
  for (let at = 0; at < domains.length; at += DOMAINS_PER_STATEMENT) {
    const rows = await db
      .selectFrom('mail_route')
      .select(['domain', 'provider'])
      .where('tenant', '=', ctx.tenant)
      .where('domain', 'in', domains.slice(at, at + DOMAINS_PER_STATEMENT))
      .where('expires_at', '>', ctx.now())
      .execute();
    for (const { domain, provider } of rows) routes.set(domain, provider);
  }
  return { routes, missing: domains.filter((domain) => !routes.has(domain)) };
}
