import type { Context } from '../../context.ts';
import { appendEvents } from '../../events/append-event.ts';
import { importEntries } from '../transfer/import-entries.ts';
import { readPulled, sourceKey } from './find-stale-sources.ts';
import type { SuppressionSource } from './suppression-source.ts';

/** Reads the sources that are due. */
export interface SourceSync {
  /** Waits for all of them; a source that fails is reported and tried again later. */
  pass(): Promise<void>;
  /** Waits for the pass that is under way; no other begins. */
  stop(): Promise<void>;
}

/** A source that failed is asked again after this part of its `maxAge`. */
const RETRY_PART = 10;

/** Makes one; concurrent passes are one pass. */
export function createSourceSync(ctx: Context): SourceSync {
  const { suppressionSources } = ctx.settings;
  const failedAt = new Map<string, number>();
  let stopped = false;
  let running: Promise<void> | undefined;

  async function pass(): Promise<void> {
    const names = suppressionSources.map(({ name }) => name);
    const pulled = await readPulled(ctx.storage.db, ctx.tenant, names);
    const due = suppressionSources.filter((source) => {
      const failed = failedAt.get(source.name) ?? Number.NEGATIVE_INFINITY;
      if (ctx.now() - failed < source.maxAge / RETRY_PART) return false;
      const at = pulled.get(source.name);
      return at === undefined || at > ctx.now() || ctx.now() - at > source.maxAge / 2;
    });
    await Promise.all(due.map((source) => pull(source, pulled.get(source.name))));
  }

  async function pull(source: SuppressionSource, since: number | undefined): Promise<void> {
    try {
      await pullSource(ctx, source, since);
      failedAt.delete(source.name);
    } catch (error) {
      failedAt.set(source.name, ctx.now());
      ctx.report(error);
    }
  }

  return {
    pass() {
      if (suppressionSources.length === 0 || stopped) return Promise.resolve();
      running ??= pass().finally(() => {
        running = undefined;
      });
      return running;
    },
    async stop() {
      stopped = true;
      await running?.catch(ctx.report);
    },
  };
}

async function pullSource(
  ctx: Context,
  source: SuppressionSource,
  since: number | undefined,
): Promise<void> {
  // The list is as old as the moment at which we began to read it.
  const at = ctx.now();
  const known = since !== undefined && since <= at ? { since } : {};
  const report = await importEntries(ctx, source.pull(known), {
    source: `source:${source.name}`,
    scope: source.scope ?? 'marketing',
    senderId: source.senderId,
  });
  await ctx.journal?.flush();
  await ctx.storage.unit(async (tx) => {
    const row = { tenant: ctx.tenant, key: sourceKey(source.name), value: String(at) };
    await tx
      .insertInto('meta')
      .values(row)
      .onConflict((conflict) =>
        conflict.columns(['tenant', 'key']).doUpdateSet({ value: row.value }),
      )
      .execute();
    await tx
      .updateTable('delivery')
      .set({ due_at: at })
      .where('tenant', '=', ctx.tenant)
      .where('state', '=', 'held')
      .where('reason_code', '=', 'SUPPRESSION_SOURCE_STALE')
      .execute();
    const { rows, added, failed } = report;
    const data = { source: source.name, rows, added, failed };
    await appendEvents(tx, ctx.tenant, [
      { at: ctx.now(), type: 'suppression.pulled', actor: 'system', data },
    ]);
  });
  ctx.wake();
}
