import type { Context, Mailbox } from '../context.ts';
import type { AgentPrincipal } from '../principal/principal.ts';
import type { Db } from '../storage/database.ts';
import type { BudgetFacts } from './facts.ts';

const DAY = 86_400_000;

/** The kinds of reservation that are made at request; see `reserveWire` for those at claim. */
export type ReservationKind = 'sends:mailbox' | 'first:mailbox' | 'sends:run';

/** A rolling limit that a reservation counts against. */
export interface ReservationSubject {
  readonly kind: ReservationKind;
  readonly subject: string;
}

/** What a run is for budgets: the run that was named, else agent and mailbox (architecture.md §4). */
export function runSubject(principal: AgentPrincipal, mailbox: Mailbox): string {
  return principal.run ?? `${principal.id} ${mailbox.address}`;
}

/**
 * An agent's budgets at request; `first` of the recipients would be first contacts. The caller
 * holds the mailbox row's lock, so that two requests cannot both take the last place.
 */
export async function loadAgentBudgets(
  db: Db,
  ctx: Context,
  request: { principal: AgentPrincipal; mailbox: Mailbox; count: number; first: number },
): Promise<readonly BudgetFacts[]> {
  const { principal, mailbox, count, first } = request;
  const limits = ctx.settings.budgets;
  const run = { kind: 'sends:run', subject: runSubject(principal, mailbox) } as const;
  const sends = { kind: 'sends:mailbox', subject: mailbox.address } as const;
  const firsts = { kind: 'first:mailbox', subject: mailbox.address } as const;
  const day = ctx.now() - DAY;
  const runSince = principal.run === undefined ? day : 0;
  return [
    {
      kind: run.kind,
      limit: limits.sendsPerRun,
      used: await countReservations(db, ctx, run, runSince),
      wanted: count,
      label: 'sends per run',
    },
    {
      kind: sends.kind,
      limit: limits.sendsPerDay,
      used: await countReservations(db, ctx, sends, day),
      wanted: count,
      label: 'sends per mailbox and day',
    },
    {
      kind: firsts.kind,
      limit: limits.firstContactsPerDay,
      used: await countReservations(db, ctx, firsts, day),
      wanted: first,
      label: 'first contacts per mailbox and day',
    },
  ];
}

/** A mailbox's daily limit at claim; the caller holds the mailbox row's lock (P7). */
export async function loadWireLimit(
  db: Db,
  ctx: Context,
  mailbox: Mailbox,
  deliveries: readonly { readonly id: string }[],
): Promise<readonly BudgetFacts[]> {
  if (mailbox.dailyLimit === undefined) return [];
  const row = await db
    .selectFrom('reservation')
    .select((eb) => [eb.fn.countAll<number>().as('used'), eb.fn.min('at').as('oldest')])
    .where('tenant', '=', ctx.tenant)
    .where('kind', '=', 'wire:mailbox')
    .where('subject', '=', mailbox.address)
    .where('at', '>', ctx.now() - DAY)
    // A claim that was given back, or whose worker died, does not wait for its own place.
    .where(
      'delivery_id',
      'not in',
      deliveries.map((delivery) => delivery.id),
    )
    .executeTakeFirstOrThrow();
  return [
    {
      kind: 'wire:mailbox',
      limit: mailbox.dailyLimit,
      used: Number(row.used),
      wanted: deliveries.length,
      freeAt: Number(row.oldest ?? ctx.now()) + DAY,
      label: 'messages per mailbox and day',
    },
  ];
}

async function countReservations(
  db: Db,
  ctx: Context,
  { kind, subject }: ReservationSubject,
  since: number,
): Promise<number> {
  const row = await db
    .selectFrom('reservation')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('tenant', '=', ctx.tenant)
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('at', '>', since)
    .executeTakeFirstOrThrow();
  return Number(row.count);
}
