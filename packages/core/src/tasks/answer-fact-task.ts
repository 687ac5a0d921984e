import { insertConsents } from '../consent/insert-consents.ts';
import { type ConsentInput, parseConsent } from '../consent/parse-consent.ts';
import { parseCountry } from '../contacts/parse-country.ts';
import type { Provenance } from '../contacts/provenance.ts';
import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { appendEvents } from '../events/append-event.ts';
import type { Address } from '../identity/address.ts';
import type { Tx } from '../storage/database.ts';
import type { FactTask } from '../storage/tables/consent.ts';
import type { Contact } from '../storage/tables/people.ts';
import { lockRecipients } from '../suppression/lock-recipients.ts';
import { reconsiderTask } from './reconsider-waiting.ts';

/** What the application found out about a whole source. */
export interface FactTaskAnswer {
  /** For a country task: where the source's people are. */
  readonly country?: string;
  /** For a consent task: what each of them agreed to. */
  readonly consent?: ConsentInput;
}

const PAGE = 500;

/**
 * Answers a task for everyone of its source; what waits is decided again at the next sweep. A
 * consent is written for each contact, dated by its own `collectedAt` when it has one (for a task
 * that was answered before, by the answer's `obtainedAt` first); who
 * withdrew later stays withdrawn. May be called again after a crash: nobody gets it twice. Throws
 * `TASK_NOT_FOUND`, and `ARGUMENT_INVALID` for contacts without a source: they could be anybody,
 * so each one is answered for itself.
 */
export async function answerFactTask(
  ctx: Context,
  taskId: string,
  answer: FactTaskAnswer,
): Promise<void> {
  const task = await getTask(ctx, taskId);
  if (task.source === '') {
    throw invalid('contacts without a source are answered one by one: setContact or recordConsent');
  }
  const given = Object.keys(answer);
  if (given.length !== 1 || given[0] !== task.fact) {
    throw invalid(`the answer has exactly one member, ${task.fact}`);
  }
  const stored =
    task.fact === 'country'
      ? { country: parseCountry(answer.country ?? '') }
      : await recordForSource(ctx, task, answer.consent);
  await ctx.storage.unit(async (tx) => {
    const at = ctx.now();
    await tx
      .updateTable('fact_task')
      .set({
        state: 'answered',
        answer: JSON.stringify(stored),
        answered_by: 'system',
        answered_at: at,
      })
      .where('tenant', '=', ctx.tenant)
      .where('id', '=', task.id)
      .execute();
    await reconsiderTask(tx, ctx, task.id);
    const data = { taskId: task.id, fact: task.fact };
    await appendEvents(tx, ctx.tenant, [{ at, type: 'fact_task.answered', actor: 'system', data }]);
  });
  ctx.wake();
}

async function getTask(ctx: Context, taskId: string): Promise<FactTask> {
  const task = await ctx.storage.db
    .selectFrom('fact_task')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', taskId)
    .executeTakeFirst();
  if (task !== undefined) return task;
  throw new MailwardenError('TASK_NOT_FOUND', { fields: { taskId: taskId.slice(0, 80) } });
}

async function recordForSource(
  ctx: Context,
  task: FactTask,
  input: ConsentInput | undefined,
): Promise<{ readonly recorded: number }> {
  const parsed = parseConsent(ctx, input ?? { basis: 'express', evidence: { method: '' } });
  // Asked again, the answer may be about something newer than the day on which the list was made.
  const again = task.answered_at === null ? undefined : input?.obtainedAt;
  let after = '';
  let recorded = 0;
  for (;;) {
    const page = await ctx.storage.unit(async (tx) => {
      const contacts = await selectContacts(tx, ctx, task.source, after);
      const identities = contacts.map(({ address }) => ctx.keys.identify(address as Address));
      await lockRecipients(tx, ctx, identities);
      const rows = contacts.map(({ address, provenance }) => ({
        ...parsed,
        address: address as Address,
        obtainedAt: again ?? collectedAt(provenance) ?? parsed.obtainedAt,
      }));
      const by = { reportedBy: `task:${task.id}`, confirmedBy: 'system' };
      const ids = await insertConsents(tx, ctx, rows, { ...by, once: true });
      return { last: contacts.at(-1)?.id, recorded: ids.length };
    });
    recorded += page.recorded;
    if (page.last === undefined) return { recorded };
    after = page.last;
  }
}

function selectContacts(
  tx: Tx,
  ctx: Context,
  source: string,
  after: string,
): Promise<Pick<Contact, 'id' | 'address' | 'provenance'>[]> {
  return tx
    .selectFrom('contact')
    .select(['id', 'address', 'provenance'])
    .where('tenant', '=', ctx.tenant)
    .where('source', '=', source)
    .where('id', '>', after)
    .orderBy('id')
    .limit(PAGE)
    .execute();
}

function collectedAt(provenance: string | null): number | undefined {
  return provenance === null
    ? undefined
    : (JSON.parse(provenance) as Partial<Provenance>).collectedAt;
}

function invalid(detail: string): MailwardenError {
  return new MailwardenError('ARGUMENT_INVALID', { detail: `${detail}.` });
}
