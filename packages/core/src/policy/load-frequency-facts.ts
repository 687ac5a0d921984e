import type { Context, Mailbox } from '../context.ts';
import { IS_WAITING } from '../deliveries/is-waiting.ts';
import { sendingMailboxes } from '../dispatch/sending-mailboxes.ts';
import type { CountedMail, LedgerMail } from '../frequency/counted-mail.ts';
import type { Address } from '../identity/address.ts';
import type { RecipientIdentity } from '../keys/key-ring.ts';
import { loadPreferences, toPreferenceFacts } from '../preferences/load-preferences.ts';
import type { Db } from '../storage/database.ts';
import type { Delivery } from '../storage/tables/delivery.ts';
import type { FrequencyFacts, PreferenceFacts } from './facts.ts';
import { judgeTopic } from './judge-topic.ts';
import type { Category } from './modes.ts';

const DAY = 86_400_000;

/** The mail that somebody is about to get. */
export interface FrequencyQuestion {
  readonly phase: 'request' | 'claim';
  readonly mailbox: Mailbox;
  readonly category: Category;
  /** Deliveries of the message, which do not wait for their own place. @default none are stored */
  readonly deliveries: readonly Pick<Delivery, 'id' | 'recipient' | 'priority'>[];
}

/** What one recipient had and wants. */
export interface RecipientLimits {
  readonly frequency?: FrequencyFacts;
  readonly preferences?: PreferenceFacts;
}

/** What each recipient had of late and asked for, set-wise: three queries for any number of them. */
export async function loadFrequencyFacts(
  db: Db,
  ctx: Context,
  question: FrequencyQuestion,
  addresses: readonly Address[],
): Promise<readonly RecipientLimits[]> {
  if (addresses.length === 0) return [];
  const { phase, mailbox, category } = question;
  const identities = addresses.map((address) => ctx.keys.identify(address));
  // Of every category: mail that is called something else may still be marketing.
  const rows = await loadPreferences(db, ctx, identities, mailbox.sender?.id ?? '');
  const preferences = identities.map(({ allCanonical }) => {
    const own = allCanonical.flatMap((canonical) => rows.get(canonical) ?? []);
    return own.length === 0 ? undefined : toPreferenceFacts(own);
  });
  const horizon = findHorizon(ctx, category, preferences);
  const ledger =
    horizon === 0
      ? new Map<string, LedgerRow[]>()
      : await findLedger(db, ctx, identities, ctx.now() - horizon);
  const waiting =
    horizon === 0 || phase === 'request'
      ? new Map<string, WaitingRow[]>()
      : await findWaiting(db, ctx, identities);
  return identities.map((identity, index) => {
    const person = { identity, address: addresses[index] ?? '' };
    const own = preferences[index];
    return {
      ...(own === undefined ? {} : { preferences: own }),
      ...(horizon === 0
        ? {}
        : { frequency: toFacts(question, { ...person, identities, ledger, waiting }) }),
    };
  });
}

/** The longest window of any cap on this category, ms; 0 when nothing is capped. */
function findHorizon(
  { settings }: Context,
  category: Category,
  preferences: readonly (PreferenceFacts | undefined)[],
): number {
  const windows = settings.frequency.caps
    .filter((cap) => (cap.category ?? 'marketing') === category)
    .map(({ per }) => per);
  const maxima = preferences.flatMap((each) => each?.maxima ?? []);
  // People's own maxima count marketing only.
  const own = category === 'marketing' ? maxima.map(({ days }) => days * DAY) : [];
  return Math.max(0, ...windows, ...own);
}

type LedgerRow = LedgerMail & { readonly deliveryId: string };
type WaitingRow = CountedMail & Pick<Delivery, 'id' | 'priority'>;

async function findLedger(
  db: Db,
  ctx: Context,
  identities: readonly RecipientIdentity[],
  since: number,
): Promise<ReadonlyMap<string, LedgerRow[]>> {
  const rows = await db
    .selectFrom('reservation')
    .select(['subject', 'delivery_id', 'at', 'sender_id', 'category', 'topic', 'campaign'])
    .where('tenant', '=', ctx.tenant)
    .where('kind', '=', 'wire:recipient')
    .where(
      'subject',
      'in',
      identities.flatMap(({ allCanonical }) => allCanonical),
    )
    .where('at', '>', since)
    .execute();
  const mail = rows.map((row) => ({
    ...{ subject: row.subject, deliveryId: row.delivery_id, at: row.at },
    ...toCountedMail(ctx, { ...row, category: row.category as Category }),
  }));
  return Map.groupBy(mail, ({ subject }) => subject);
}

/** What this process could claim for the same people at this moment. */
async function findWaiting(
  db: Db,
  ctx: Context,
  identities: readonly RecipientIdentity[],
): Promise<ReadonlyMap<string, WaitingRow[]>> {
  const mailboxes = sendingMailboxes(ctx);
  if (mailboxes.length === 0) return new Map();
  const rows = await db
    .selectFrom('delivery')
    .select(['recipient_canonical', 'id', 'priority'])
    .select(['sender_id', 'category', 'topic', 'campaign'])
    .where('tenant', '=', ctx.tenant)
    .where(
      'recipient_canonical',
      'in',
      identities.flatMap(({ allCanonical }) => allCanonical),
    )
    .where(IS_WAITING)
    .where('due_at', '<=', ctx.now())
    .where('policy_epoch', '<=', ctx.policy.epoch)
    .where('mailbox', 'in', mailboxes)
    .execute();
  const mail = rows.map((row) => ({
    ...{ canonical: row.recipient_canonical, id: row.id, priority: row.priority },
    ...toCountedMail(ctx, row),
  }));
  return Map.groupBy(mail, ({ canonical }) => canonical);
}

function toCountedMail(
  { settings }: Context,
  row: {
    readonly sender_id: string | null;
    readonly category: Category;
    readonly topic: string | null;
    readonly campaign: string | null;
  },
): CountedMail {
  const { knownTopic: topic } = judgeTopic(settings.frequency, row.topic ?? undefined);
  return {
    senderId: row.sender_id ?? '',
    category: row.category,
    ...(topic === undefined ? {} : { topic }),
    ...(row.campaign === null ? {} : { campaign: row.campaign }),
  };
}

function toFacts(
  { deliveries }: FrequencyQuestion,
  person: {
    readonly identity: RecipientIdentity;
    readonly address: string;
    readonly identities: readonly RecipientIdentity[];
    readonly ledger: ReadonlyMap<string, LedgerRow[]>;
    readonly waiting: ReadonlyMap<string, WaitingRow[]>;
  },
): FrequencyFacts {
  const { identity, identities, ledger, waiting, address } = person;
  const mine = new Set(deliveries.map(({ id }) => id));
  const delivery = deliveries.find(({ recipient }) => recipient === address);
  const others = identity.allCanonical
    .flatMap((canonical) => waiting.get(canonical) ?? [])
    .filter(({ id }) => !mine.has(id));
  return {
    had: identity.allCanonical
      .flatMap((canonical) => ledger.get(canonical) ?? [])
      .filter(({ deliveryId }) => !mine.has(deliveryId)),
    ahead: delivery === undefined ? [] : others.filter((each) => goesFirst(each, delivery)),
    wanted: identities.filter(({ canonical }) => canonical === identity.canonical).length,
  };
}

/** The higher priority, then the older one: ids count up with time. */
export function goesFirst(
  one: Pick<Delivery, 'id' | 'priority'>,
  other: Pick<Delivery, 'id' | 'priority'>,
): boolean {
  if (one.priority !== other.priority) return one.priority > other.priority;
  return one.id < other.id;
}
