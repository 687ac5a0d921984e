import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { appendEvents } from '../events/append-event.ts';
import { domainOf } from '../identity/address.ts';
import { MAILBOX_PROVIDERS } from '../policy/providers/mailbox-providers.ts';
import type { Tx } from '../storage/database.ts';
import type { SendingFactTable } from '../storage/tables/sending.ts';
import { countSent } from './count-sent.ts';
import { parseSendingFacts, type SendingFactsInput } from './parse-sending-facts.ts';
import { primaryDomain } from './primary-domain.ts';

/**
 * Records what was found out about a domain that mail is sent from; an older finding never replaces
 * a newer one. Who is a bulk sender for good stays one. What waits for something better looks again
 * by itself within a minute. Throws `ARGUMENT_INVALID`, `ARGUMENT_UNKNOWN`.
 */
export async function recordSendingFacts(ctx: Context, input: SendingFactsInput): Promise<void> {
  const { domain, at, facts } = parseSendingFacts(input, ctx.now());
  requireOwn(ctx, domain);
  await ctx.storage.unit(async (tx) => {
    const reached = await findReached(tx, ctx, domain);
    const rows = [...facts, ...reached].map((fact) => ({
      ...{ tenant: ctx.tenant, domain, recorded_at: at },
      ...fact,
    }));
    await upsert(tx, rows);
    const set = facts.map(({ provider, fact }) => (provider === '' ? fact : `${provider}:${fact}`));
    const data = { domain, set: set.join(' ') };
    await appendEvents(tx, ctx.tenant, [
      { at: ctx.now(), type: 'sending_facts.recorded', actor: 'system', data },
    ]);
  });
}

type Fact = Pick<SendingFactTable, 'provider' | 'fact' | 'value'>;

/** Facts about a name with a typing error would count for nothing, and nobody would see it. */
function requireOwn(ctx: Context, domain: string): void {
  const own = [...ctx.mailboxes.values()].map(({ address }) => primaryDomain(domainOf(address)));
  if (own.includes(domain)) return;
  throw new MailwardenError('ARGUMENT_INVALID', {
    detail: `domain has to be one of ${[...new Set(own)].join(', ')}, the primary domains of the mailboxes.`,
    fields: { argument: 'domain' },
  });
}

/** Where the volume of the last 24 hours makes a bulk sender for good. */
async function findReached(tx: Tx, ctx: Context, domain: string): Promise<readonly Fact[]> {
  const reached: Fact[] = [];
  for (const provider of MAILBOX_PROVIDERS) {
    const { id, bulk } = provider;
    if (bulk?.permanent !== true) continue;
    const count = await countSent(tx, ctx, domain, provider, bulk.from);
    if (count >= bulk.from) reached.push({ provider: id, fact: 'bulk', value: 1 });
  }
  return reached;
}

async function upsert(
  tx: Tx,
  rows: readonly (Fact & Pick<SendingFactTable, 'tenant' | 'domain' | 'recorded_at'>)[],
): Promise<void> {
  await tx
    .insertInto('sending_fact')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['tenant', 'domain', 'provider', 'fact'])
        .doUpdateSet((eb) => ({
          value: eb.ref('excluded.value'),
          recorded_at: eb.ref('excluded.recorded_at'),
        }))
        .whereRef('excluded.recorded_at', '>=', 'sending_fact.recorded_at'),
    )
    .execute();
}
