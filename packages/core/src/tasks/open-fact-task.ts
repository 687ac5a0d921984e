import { uuidv7 } from 'uuidv7';
import type { Context } from '../context.ts';
import { appendEvents, type NewEvent } from '../events/append-event.ts';
import type { Decision } from '../policy/finding.ts';
import type { Tx } from '../storage/database.ts';
import type { FactTask } from '../storage/tables/consent.ts';

/** How long until a delivery that waits for a fact is decided again although nobody answered, ms. */
export const FACT_RECHECK_AFTER = 86_400_000;

/**
 * The task of the fact that this decision waits for, opened when it is not open yet: one per source
 * and fact, and a new one each time that an answer was not enough. Null when the decision waits for nothing of the kind.
 * `tell` gets the event of a new one. @default it is appended at once
 */
export async function openFactTask(
  tx: Tx,
  ctx: Pick<Context, 'tenant' | 'now'>,
  decision: Decision,
  tell: Tell = (event) => appendEvents(tx, ctx.tenant, [event]),
): Promise<string | null> {
  if (decision.effect !== 'hold') return null;
  const finding = decision.findings.find(
    ({ needs, shadow, code }) => needs === 'fact' && !shadow && code === decision.code,
  );
  const fact = finding?.evidence.fact;
  if (finding === undefined || (fact !== 'country' && fact !== 'consent')) return null;
  const { source = '' } = finding.evidence;
  return openTask(tx, ctx, { source: String(source), fact }, tell);
}

type Tell = (event: NewEvent) => Promise<void> | void;

async function openTask(
  tx: Tx,
  ctx: Pick<Context, 'tenant' | 'now'>,
  { source, fact }: Pick<FactTask, 'source' | 'fact'>,
  tell: Tell,
): Promise<string> {
  const known = await findTask(tx, ctx, source, fact);
  if (known?.state === 'open') return known.id;
  const at = ctx.now();
  const id = uuidv7();
  const opened = await tx
    .insertInto('fact_task')
    .values({
      tenant: ctx.tenant,
      id,
      source,
      fact,
      state: 'open',
      opened_at: at,
    })
    // An answer stays: it holds for those whom it was about.
    .onConflict((conflict) =>
      conflict
        .columns(['tenant', 'source', 'fact'])
        // Asked again it is another question: what answered the first does not answer this one.
        .doUpdateSet({ id, state: 'open', opened_at: at })
        .where('fact_task.state', '=', 'answered'),
    )
    .returning('id')
    .executeTakeFirst();
  if (opened === undefined) return (await findTask(tx, ctx, source, fact))?.id ?? '';
  const data = { taskId: opened.id, fact };
  await tell({ at, type: 'fact_task.opened', actor: 'system', data });
  return opened.id;
}

function findTask(
  tx: Tx,
  ctx: Pick<Context, 'tenant'>,
  source: string,
  fact: FactTask['fact'],
): Promise<Pick<FactTask, 'id' | 'state'> | undefined> {
  return tx
    .selectFrom('fact_task')
    .select(['id', 'state'])
    .where('tenant', '=', ctx.tenant)
    .where('source', '=', source)
    .where('fact', '=', fact)
    .executeTakeFirst();
}
