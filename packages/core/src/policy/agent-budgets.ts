import type { Context, Mailbox } from '../context.ts';
import type { AgentPrincipal } from '../principal/principal.ts';
import type { Db } from '../storage/database.ts';
import type { BudgetFacts } from './facts.ts';

const DAY = 86_400_000;

/** Who wants to send, and from where. */
export interface BudgetHolder {
  readonly principal: AgentPrincipal;
  readonly mailbox: Mailbox;
}

/** How many recipients a message has, and how many of them were never written to before. */
export interface Wanted {
  readonly all: number;
  readonly first: number;
}

/** A rolling limit that is reserved against at request; see `reserveWire` for those at claim. */
export interface AgentBudget {
  readonly kind: 'sends:run' | 'sends:mailbox' | 'first:mailbox';
  readonly subject: string;
  readonly wants: keyof Wanted;
  /** A run that was named is counted from its beginning, everything else by the last 24 hours. */
  readonly window: 'ever' | 'day';
}

/** What the budgets of some agents are while their messages are decided on, one after the other. */
export interface AgentBudgets {
  factsFor(holder: BudgetHolder, wanted: Wanted): readonly BudgetFacts[];
  /** Counts what is about to be reserved, so that the next message of the batch finds it used. */
  take(holder: BudgetHolder, wanted: Wanted): void;
}

/** What a run is for budgets: the run that was named, else agent and mailbox (architecture.md §4). */
export function runSubject(principal: AgentPrincipal, mailbox: Mailbox): string {
  return principal.run ?? `${principal.id} ${mailbox.address}`;
}

/** What a message of this agent is reserved under, in the order of its facts. */
export function budgetsOf({ principal, mailbox }: BudgetHolder): readonly AgentBudget[] {
  const run = runSubject(principal, mailbox);
  const window = principal.run === undefined ? 'day' : 'ever';
  const { address } = mailbox;
  return [
    { kind: 'sends:run', subject: run, wants: 'all', window },
    { kind: 'sends:mailbox', subject: address, wants: 'all', window: 'day' },
    { kind: 'first:mailbox', subject: address, wants: 'first', window: 'day' },
  ];
}

/**
 * Counts each budget of these agents once. The caller holds the locks of their mailboxes and runs,
 * so that two requests cannot both take the last place (P7).
 */
export async function openAgentBudgets(
  db: Db,
  ctx: Context,
  holders: readonly BudgetHolder[],
): Promise<AgentBudgets> {
  const used = new Map<string, number>();
  const taken = new Map<string, number>();
  for (const budget of holders.flatMap(budgetsOf)) {
    const key = toKey(budget);
    if (!used.has(key)) used.set(key, await countReservations(db, ctx, budget));
  }
  return {
    factsFor: (holder, wanted) =>
      budgetsOf(holder).map((budget) => ({
        kind: budget.kind,
        limit: limitOf(ctx, budget),
        used:
          (used.get(toKey(budget)) ?? Number.POSITIVE_INFINITY) + (taken.get(toPlace(budget)) ?? 0),
        wanted: wanted[budget.wants],
        label: LABELS[budget.kind],
      })),
    take(holder, wanted) {
      for (const budget of budgetsOf(holder)) {
        const place = toPlace(budget);
        taken.set(place, (taken.get(place) ?? 0) + wanted[budget.wants]);
      }
    },
  };
}

const LABELS: Readonly<Record<AgentBudget['kind'], string>> = {
  'sends:run': 'sends per run',
  'sends:mailbox': 'sends per mailbox and day',
  'first:mailbox': 'first contacts per mailbox and day',
};

function limitOf({ settings }: Context, { kind }: AgentBudget): number {
  switch (kind) {
    case 'sends:run':
      return settings.budgets.sendsPerRun;
    case 'sends:mailbox':
      return settings.budgets.sendsPerDay;
    case 'first:mailbox':
      return settings.budgets.firstContactsPerDay;
  }
}

function toKey({ kind, subject, window }: AgentBudget): string {
  return JSON.stringify([kind, subject, window]);
}

/** What was taken of a subject counts in every window. */
function toPlace({ kind, subject }: AgentBudget): string {
  return JSON.stringify([kind, subject]);
}

async function countReservations(
  db: Db,
  ctx: Context,
  { kind, subject, window }: AgentBudget,
): Promise<number> {
  const row = await db
    .selectFrom('reservation')
    .select((eb) => eb.fn.sum<number | null>('places').as('count'))
    .where('tenant', '=', ctx.tenant)
    .where('kind', '=', kind)
    .where('subject', '=', subject)
    .where('at', '>', window === 'ever' ? 0 : ctx.now() - DAY)
    .executeTakeFirstOrThrow();
  return Number(row.count ?? 0);
}
