import type { Context } from '../context.ts';
import type { FactTask } from '../storage/tables/consent.ts';

/** A fact that somebody has to find out before mail goes on. */
export interface FactTaskView {
  readonly id: string;
  /** Where the contacts came from; empty when nobody said. */
  readonly source: string;
  readonly fact: FactTask['fact'];
  /** The question, for a person. */
  readonly question: string;
  /** Deliveries that wait for it. */
  readonly waiting: number;
  readonly openedAt: number;
}

const LIMIT = 100;

/** The open tasks that mail waits for, oldest first, at most 100. */
export async function listFactTasks(ctx: Context): Promise<readonly FactTaskView[]> {
  const rows = await ctx.storage.db
    .selectFrom('fact_task')
    .innerJoin('delivery', (join) =>
      join
        .onRef('delivery.tenant', '=', 'fact_task.tenant')
        .onRef('delivery.fact_task_id', '=', 'fact_task.id')
        .on('delivery.state', '=', 'held'),
    )
    .select(['fact_task.id', 'fact_task.source', 'fact_task.fact', 'fact_task.opened_at'])
    .select((eb) => eb.fn.countAll<number>().as('waiting'))
    .where('fact_task.tenant', '=', ctx.tenant)
    .where('fact_task.state', '=', 'open')
    .groupBy(['fact_task.id', 'fact_task.source', 'fact_task.fact', 'fact_task.opened_at'])
    .orderBy('fact_task.opened_at')
    .orderBy('fact_task.id')
    .limit(LIMIT)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    source: row.source,
    fact: row.fact,
    question: toQuestion(row),
    waiting: Number(row.waiting),
    openedAt: row.opened_at,
  }));
}

function toQuestion({ source, fact }: Pick<FactTask, 'source' | 'fact'>): string {
  const who = source === '' ? 'contacts without a source' : source;
  return fact === 'country'
    ? `${who}: in which country are these people?`
    : `${who}: when, how and to what did these people agree?`;
}
