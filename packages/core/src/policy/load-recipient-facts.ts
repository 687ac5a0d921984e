import type { Context } from '../context.ts';
import { type Address, domainOf } from '../identity/address.ts';
import { toCanonicalAddress } from '../keys/canonical-address.ts';
import type { Db } from '../storage/database.ts';
import { findSuppressions } from '../suppression/find-suppressions.ts';
import type { RecipientFacts } from './facts.ts';

/** What is known about each recipient, set-wise: a fixed number of queries for any number of them. */
export async function loadRecipientFacts(
  db: Db,
  ctx: Context,
  mailbox: Address,
  messageId: string,
  addresses: readonly Address[],
): Promise<readonly Omit<RecipientFacts, 'audience'>[]> {
  if (addresses.length === 0) return [];
  const identities = addresses.map((address) => ctx.keys.identify(address));
  const suppressions = await findSuppressions(db, ctx, identities);
  const known = await findWrittenTo(db, ctx, mailbox, messageId, identities);
  const heard = await findHeardFrom(db, ctx, mailbox, addresses);
  const tags = await findContactTags(db, ctx, identities);
  // A tagged address arrives in the same mailbox.
  const own = new Set([...ctx.mailboxes.values()].map((box) => toCanonicalAddress(box.address)));
  return addresses.map((address) => {
    const identity = ctx.keys.identify(address);
    const lastHeardFromAt = heard.get(address.toLowerCase());
    return {
      address,
      suppressions: suppressions.get(identity.exact) ?? [],
      firstContact: !identity.allCanonical.some((canonical) => known.has(canonical)),
      own: own.has(toCanonicalAddress(address)),
      internal: ctx.settings.internalDomains.includes(domainOf(address)),
      tags: identity.allExact.flatMap((exact) => tags.get(exact) ?? []),
      ...(lastHeardFromAt === undefined ? {} : { lastHeardFromAt }),
    };
  });
}

type Identity = ReturnType<Context['keys']['identify']>;

async function findWrittenTo(
  db: Db,
  ctx: Context,
  mailbox: Address,
  messageId: string,
  identities: readonly Identity[],
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('delivery')
    .select('recipient_canonical')
    .distinct()
    .where('tenant', '=', ctx.tenant)
    .where('mailbox', '=', mailbox)
    .where(
      'recipient_canonical',
      'in',
      identities.flatMap((identity) => identity.allCanonical),
    )
    .where('message_id', '!=', messageId)
    .where('sent_at', 'is not', null)
    .execute();
  return new Set(rows.map((row) => row.recipient_canonical));
}

async function findHeardFrom(
  db: Db,
  ctx: Context,
  mailbox: Address,
  addresses: readonly Address[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('message')
    .select(['from_address', (eb) => eb.fn.max('created_at').as('at')])
    .where('tenant', '=', ctx.tenant)
    .where('mailbox', '=', mailbox)
    .where('direction', '=', 'inbound')
    .where(
      (eb) => eb.fn<string>('lower', ['from_address']),
      'in',
      addresses.map((address) => address.toLowerCase()),
    )
    .where('auto_submitted', '=', 0)
    .groupBy('from_address')
    .execute();
  return new Map(rows.map((row) => [row.from_address.toLowerCase(), Number(row.at)]));
}

async function findContactTags(
  db: Db,
  ctx: Context,
  identities: readonly Identity[],
): Promise<ReadonlyMap<string, string[]>> {
  const rows = await db
    .selectFrom('contact')
    .innerJoin('tag', (join) =>
      join
        .onRef('tag.tenant', '=', 'contact.tenant')
        .onRef('tag.subject_id', '=', 'contact.id')
        .on('tag.subject_kind', '=', 'contact'),
    )
    .select(['contact.exact', 'tag.tag'])
    .where('contact.tenant', '=', ctx.tenant)
    .where(
      'contact.exact',
      'in',
      identities.flatMap((identity) => identity.allExact),
    )
    .execute();
  const tags = new Map<string, string[]>();
  for (const row of rows) tags.set(row.exact, [...(tags.get(row.exact) ?? []), row.tag]);
  return tags;
}
