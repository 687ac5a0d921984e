import { uuidv7 } from 'uuidv7';
import type { Context } from '../../context.ts';
import { appendEvents } from '../../events/append-event.ts';
import type { Tx } from '../../storage/database.ts';
import { reconsiderTask } from '../../tasks/reconsider-waiting.ts';
import { parseCountry } from '../parse-country.ts';

/**
 * Says where the people of a source are: the same row as the answer to its country task. What waits
 * for it is decided again. Throws `ARGUMENT_INVALID`.
 */
export async function setSourceCountry(
  tx: Tx,
  ctx: Pick<Context, 'tenant' | 'now'>,
  source: string,
  text: string,
): Promise<void> {
  const country = parseCountry(text);
  const at = ctx.now();
  const given = {
    state: 'answered' as const,
    answer: JSON.stringify({ country }),
    answered_by: 'system',
    answered_at: at,
  };
  const task = await tx
    .insertInto('fact_task')
    .values({ tenant: ctx.tenant, id: uuidv7(), source, fact: 'country', opened_at: at, ...given })
    .onConflict((conflict) =>
      conflict
        .columns(['tenant', 'source', 'fact'])
        .doUpdateSet(given)
        .where((eb) =>
          eb.or([
            eb('fact_task.answer', 'is', null),
            eb('fact_task.answer', '!=', given.answer),
            eb('fact_task.state', '=', 'open'),
          ]),
        ),
    )
    .returning('id')
    .executeTakeFirst();
  if (task === undefined) return;
  await reconsiderTask(tx, ctx, task.id);
  const data = { taskId: task.id, fact: 'country', country };
  await appendEvents(tx, ctx.tenant, [{ at, type: 'fact_task.answered', actor: 'system', data }]);
}
