import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collect } from '../../../../test/support/collect.ts';
import { type ContextWorld, openContextWorld } from '../../../../test/support/context-world.ts';
import { databases, type TestDatabase } from '../../../../test/support/databases.ts';
import type { Context } from '../context.ts';
import { appendEvents } from '../events/append-event.ts';
import { createKeyRing } from '../keys/create-key-ring.ts';
import type { AuditHead } from './audit-seal.ts';
import { eraseAuditDetails } from './erase-audit-details.ts';
import { exportAudit } from './export-audit.ts';
import { sealAudit } from './seal-audit.ts';
import { verifyAudit } from './verify/verify-audit.ts';

const OLD = { id: 'k1', secret: 'a secret that only these tests know, 1' };
const NEW = { id: 'k2', secret: 'a secret that only these tests know, 2' };

describe.each(databases)('P9: sealAudit on $name', ({ open }) => {
  let world: ContextWorld;
  let database: TestDatabase;
  let ctx: Context;

  beforeEach(async () => {
    world = await openContextWorld(async () => {
      database = await open();
      return database;
    });
    ctx = world.ctx;
  });
  afterEach(() => world.close());

  const operate = (name: string, on: Context = ctx) =>
    on.storage.unit((tx) =>
      appendEvents(tx, on.tenant, [{ at: on.now(), type: name, actor: 'agent:bot' }]),
    );
  const exported = async (): Promise<string> => (await collect(exportAudit(ctx))).join('');
  const operationsIn = (text: string): readonly string[] =>
    text.split('\n').flatMap((line) => {
      const { entry } = JSON.parse(line || '{}') as { entry?: { operation: string } };
      return entry === undefined ? [] : [entry.operation];
    });
  const another = async (): Promise<Context> => ({
    ...ctx,
    storage: await database.again().open(),
  });

  it('has nothing to seal on an empty database, and says so', async () => {
    expect(await sealAudit(ctx)).toBeUndefined();
    const report = await verifyAudit(await exported());
    expect(report).toMatchObject({ ok: true, entries: 0, seals: 0, head: undefined });
  });

  it('seals every operation once, while two wardens work and seal at the same time', async () => {
    const other = await another();
    const names = Array.from({ length: 200 }, (_, index) => `test.${index}`);
    await Promise.all(
      names.flatMap((name, index) => {
        const on = index % 2 === 0 ? ctx : other;
        return index % 20 < 2 ? [operate(name, on), sealAudit(on)] : [operate(name, on)];
      }),
    );
    const text = await exported();
    expect([...operationsIn(text)].sort()).toEqual([...names].sort());
    const report = await verifyAudit(text);
    expect(report).toMatchObject({ ok: true, entries: 200, faults: [] });
  });

  it('passes nothing over: a later operation waits for an older one that has not committed', async () => {
    const other = await another();
    let appended = (): void => {};
    const isAppended = new Promise<void>((resolve) => {
      appended = resolve;
    });
    let commit = (): void => {};
    const mayCommit = new Promise<void>((resolve) => {
      commit = resolve;
    });
    const late = other.storage.unit(async (tx) => {
      await appendEvents(tx, ctx.tenant, [{ at: 1, type: 'test.late', actor: 'system' }]);
      appended();
      await mayCommit;
    });
    await isAppended;
    if (ctx.storage.capabilities.supportsRowLocks) await operate('test.early');
    // On PostgreSQL the open transaction is older, so both wait for it; on SQLite nobody else writes.
    expect(await sealAudit(ctx)).toBeUndefined();
    commit();
    await late;
    await operate('test.after');
    const text = await exported();
    const early = ctx.storage.capabilities.supportsRowLocks ? ['test.early'] : [];
    expect([...operationsIn(text)].sort()).toEqual(['test.after', ...early, 'test.late']);
    expect(await verifyAudit(text)).toMatchObject({ ok: true });
  });

  it('takes a large backlog in batches', async () => {
    const events = Array.from({ length: 1_250 }, (_, index) => ({
      at: index,
      type: `test.${index}`,
      actor: 'system',
    }));
    await ctx.storage.unit((tx) => appendEvents(tx, ctx.tenant, events));
    expect(await sealAudit(ctx)).toMatchObject({ number: 1, entries: 1_250 });
    const text = await exported();
    expect(operationsIn(text)).toEqual(events.map(({ type }) => type));
    expect(await verifyAudit(text)).toMatchObject({ ok: true, entries: 1_250, seals: 2 });
  });

  it('tells onSeal of the newest head after it is committed', async () => {
    const heads: AuditHead[] = [];
    const told = { ...ctx, onSeal: (head: AuditHead) => void heads.push(head) };
    await operate('test.one');
    const head = await sealAudit(told);
    expect(await sealAudit(told)).toBeUndefined();
    expect(heads).toEqual([head]);
    const report = await verifyAudit(await exported(), { expectedHead: head?.head ?? '' });
    expect(report).toMatchObject({ ok: true, anchored: true, head: head?.head });
  });

  it('goes on after a fault of onSeal: the next head covers what this one was for', async () => {
    await operate('test.one');
    const broken = { ...ctx, onSeal: () => Promise.reject(new Error('The anchor is away.')) };
    await expect(sealAudit(broken)).rejects.toThrow('The anchor is away.');
    await operate('test.two');
    expect(await sealAudit(ctx)).toMatchObject({ number: 1, entries: 2 });
  });

  it('keeps old seals provable when the keys rotate', async () => {
    await operate('test.before');
    await sealAudit(ctx);
    const rotated = { ...ctx, keys: createKeyRing([NEW, OLD], ctx.tenant) };
    await operate('test.after');
    await sealAudit(rotated);
    const publicKeys = {
      k1: ctx.keys.sealing.publicKey,
      k2: rotated.keys.sealing.publicKey,
    };
    const text = await exported();
    const report = await verifyAudit(text, { publicKeys });
    expect(report).toMatchObject({ ok: true, trusted: true, entries: 2, seals: 2 });
    const { k1 } = publicKeys;
    const unknown = await verifyAudit(text, { publicKeys: { k1 } });
    expect(unknown.faults).toMatchObject([{ kind: 'key_unknown', seal: 1 }]);
    expect(unknown.trusted).toBe(false);
  });

  it('says erased, not altered, where personal details are gone', async () => {
    const person = ctx.keys.identify('ana@example.com' as never).canonical;
    const note = { at: 1, type: 'test.noted', actor: 'reviewer:ops', person };
    const other = ctx.keys.identify('bob@example.com' as never).canonical;
    await ctx.storage.unit((tx) =>
      appendEvents(tx, ctx.tenant, [
        { ...note, details: { note: 'Ana called.' } },
        { ...note, details: { note: 'Bob wrote.' }, person: other },
      ]),
    );
    const before = await exported();
    expect(before).toContain('Ana called.');
    expect(await verifyAudit(before)).toMatchObject({ ok: true, erased: [] });
    // Under a key that was the first one once, too.
    const rotated = { ...ctx, keys: createKeyRing([NEW, OLD], ctx.tenant) };
    expect(await eraseAuditDetails(rotated, 'Ana+x@example.com')).toBe(1);
    const after = await exported();
    expect(after).not.toContain('Ana called.');
    expect(after).toContain('Bob wrote.');
    const report = await verifyAudit(after);
    expect(report).toMatchObject({ ok: true, entries: 3, faults: [] });
    expect(report.erased).toHaveLength(1);
    expect(operationsIn(after)).toContain('audit.erased');
  });

  it('seals what was erased before it was sealed', async () => {
    const person = ctx.keys.identify('ana@example.com' as never).canonical;
    const details = { note: 'Ana called.' };
    await ctx.storage.unit((tx) =>
      appendEvents(tx, ctx.tenant, [{ at: 1, type: 'test', actor: 'system', person, details }]),
    );
    await eraseAuditDetails(ctx, 'ana@example.com');
    const report = await verifyAudit(await exported());
    expect(report).toMatchObject({ ok: true, entries: 2 });
    expect(report.erased).toHaveLength(1);
  });

  it('seals text that has no canonical JSON instead of stopping at it', async () => {
    const data = { tag: 'half \ud83d' };
    await ctx.storage.unit((tx) =>
      appendEvents(tx, ctx.tenant, [
        { at: 1, type: 'test', actor: 'agent:\udc00', data, details: { note: '\ud800' } },
      ]),
    );
    expect(await verifyAudit(await exported())).toMatchObject({ ok: true, entries: 1 });
  });

  it('finds what was changed in the database itself', async () => {
    for (const name of ['test.a', 'test.b', 'test.c', 'test.d']) await operate(name);
    await sealAudit(ctx);
    await ctx.storage.unit(async (tx) => {
      const rows = await tx.selectFrom('audit_entry').selectAll().orderBy('place').execute();
      const forged = (rows[1]?.entry ?? '').replace('agent:bot', 'agent:cat');
      await tx.updateTable('audit_entry').set({ entry: forged }).where('place', '=', 1).execute();
      await tx.deleteFrom('audit_entry').where('place', '=', 3).execute();
    });
    const { ok, faults } = await verifyAudit(await exported());
    expect(ok).toBe(false);
    expect(faults).toMatchObject([
      { kind: 'changed', place: 1 },
      { kind: 'removed', place: 3 },
    ]);
  });
});
