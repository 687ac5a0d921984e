import type { Context } from '../context.ts';
import type { Address } from '../identity/address.ts';
import { toCanonicalAddress } from '../keys/canonical-address.ts';
import type { Db } from '../storage/database.ts';
import { unindexed } from '../storage/unindexed.ts';
import { findSuppressions } from '../suppression/find-suppressions.ts';
import type { RecipientFacts } from './facts.ts';
import { isInternal } from './is-internal.ts';
import type { Category } from './modes.ts';

/** Who asks about recipients. */
export interface RecipientQuestion {
  readonly mailbox: Address;
  /** What is decided on, at least one; several go to different people. */
  readonly messageIds: readonly string[];
}

/** What is known about each recipient, set-wise: a fixed number of queries for any number of them. */
export async function loadRecipientFacts(
  db: Db,
  ctx: Context,
  { mailbox, messageIds }: RecipientQuestion,
  addresses: readonly Address[],
): Promise<readonly Omit<RecipientFacts, 'audience'>[]> {
  if (addresses.length === 0) return [];
  const identities = addresses.map((address) => ctx.keys.identify(address));
  const suppressions = await findSuppressions(db, ctx, identities);
  const known = await findWrittenTo(db, ctx, { mailbox, messageIds }, identities);
  const heard = await findHeardFrom(db, ctx, mailbox, addresses);
  const tags = await findContactTags(db, ctx, identities);
  // A tagged address arrives in the same mailbox.
  const own = new Set([...ctx.mailboxes.values()].map((box) => toCanonicalAddress(box.address)));
  return addresses.map((address) => {
    const identity = ctx.keys.identify(address);
    const lastHeardFromAt = heard.get(address.toLowerCase());
    const internal = isInternal(ctx, address);
    const talked = identity.allCanonical.some((each) => known.get(each)?.has('conversational'));
    const isNew = !internal && lastHeardFromAt === undefined && !talked;
    return {
      address,
      suppressions: suppressions.get(identity.exact) ?? [],
      firstContact: !identity.allCanonical.some((canonical) => known.has(canonical)),
      ...(isNew ? { newcomer: true as const } : {}),
      own: own.has(toCanonicalAddress(address)),
      internal,
      tags: identity.allExact.flatMap((exact) => tags.get(exact) ?? []),
      ...(lastHeardFromAt === undefined ? {} : { lastHeardFromAt }),
    };
  });
}

type Identity = ReturnType<Context['keys']['identify']>;

/** In which categories each of them has had mail. */
async function findWrittenTo(
  db: Db,
  ctx: Context,
  { mailbox, messageIds }: RecipientQuestion,
  identities: readonly Identity[],
): Promise<ReadonlyMap<string, ReadonlySet<Category>>> {
  const rows = await db
    .selectFrom('delivery')
    .select(['recipient_canonical', 'category'])
    .distinct()
    .where('tenant', '=', ctx.tenant)
    .where('mailbox', '=', mailbox)
    .where(
      'recipient_canonical',
      'in',
      identities.flatMap((identity) => identity.allCanonical),
    )
    .where('message_id', 'not in', messageIds)
    .where('sent_at', 'is not', null)
    .execute();
  const people = Map.groupBy(rows, (row) => row.recipient_canonical);
  return new Map(
    [...people].map(([canonical, mail]) => [canonical, new Set(mail.map((row) => row.category))]),
  );
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
    .where(unindexed('direction'), '=', 'inbound')
    .where(
      (eb) => eb.fn<string>('lower', ['from_address']),
      'in',
      addresses.map((address) => address.toLowerCase()),
    )
    .where('auto_submitted', '=', 0)
    // What they wrote loosens, and anybody can write in somebody's name.
    .where('authenticated', '=', 1)
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
