import type { Context } from '../context.ts';
import { waitAtMost } from '../dispatch/wait-at-most.ts';
import type { MailRouteTable } from '../storage/tables/throttle.ts';
import { providerOfHosts } from './provider-of-hosts.ts';
import type { ResolveMx } from './throttle-options.ts';

/** How long what was found counts, ms; the system's resolver does not tell for how long it may. */
const KNOWN_FOR = 86_400_000;
/** A domain without mail servers, or a name server that does not answer: asked again after this, ms. */
const UNKNOWN_FOR = 600_000;
/** How long one answer is waited for, ms: mail of others waits meanwhile. */
const PATIENCE = 3_000;
/** Domains that are asked about at once, and of one call; the next claim brings the others. */
const AT_ONCE = 50;
const MOST = 200;

/**
 * Asks who takes the mail of these domains and keeps the answer for every worker. Outside of any
 * transaction. A domain that nobody knows gets an answer, too: it has no provider for a while.
 */
export async function learnRoutes(ctx: Context, domains: readonly string[]): Promise<void> {
  const { resolveMx } = ctx.settings.throttle;
  if (resolveMx === undefined || domains.length === 0) return;
  const rows: MailRouteTable[] = [];
  const asked = domains.slice(0, MOST);
  for (let at = 0; at < asked.length; at += AT_ONCE) {
    const some = asked.slice(at, at + AT_ONCE);
    rows.push(...(await Promise.all(some.map((domain) => ask(ctx, resolveMx, domain)))));
  }
  await ctx.storage.unit(async (tx) => {
    await tx
      .insertInto('mail_route')
      .values(rows.toSorted((a, b) => (a.domain < b.domain ? -1 : 1)))
      .onConflict((conflict) =>
        conflict.columns(['tenant', 'domain']).doUpdateSet((eb) => ({
          provider: eb.ref('excluded.provider'),
          expires_at: eb.ref('excluded.expires_at'),
        })),
      )
      .execute();
  });
}

async function ask(ctx: Context, resolveMx: ResolveMx, domain: string): Promise<MailRouteTable> {
  const provider = await findProvider(resolveMx, domain);
  const expires_at = ctx.now() + (provider === '' ? UNKNOWN_FOR : KNOWN_FOR);
  return { tenant: ctx.tenant, domain, provider, expires_at };
}

async function findProvider(resolveMx: ResolveMx, domain: string): Promise<string> {
  try {
    return providerOfHosts(await waitAtMost(resolveMx(domain), PATIENCE, []));
  } catch {
    // No such domain, no answer: it is throttled by itself then.
    return '';
  }
}
