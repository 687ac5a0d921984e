import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { collect } from '../../../../../test/support/collect.ts';
import { type ContextWorld, openContextWorld } from '../../../../../test/support/context-world.ts';
import { databases } from '../../../../../test/support/databases.ts';
import { type AuditReport, verifyAudit } from '../../audit.ts';
import { appendEvents } from '../../events/append-event.ts';
import { createKeyRing } from '../../keys/create-key-ring.ts';
import { hashEntry, hashSeal, hashTree, toEntryText, toSealedBytes } from '../audit-hashes.ts';
import { exportAudit } from '../export-audit.ts';
import { sealAudit } from '../seal-audit.ts';

/** Entries under each seal, so that there are seals with one entry and with several. */
const SIZES = [1, 3, 7, 2, 5];

describe.each(databases)('P9: verifyAudit of an export of $name', ({ open }) => {
  let world: ContextWorld;
  let lines: readonly string[];
  let head: string;
  let publicKeys: Record<string, string>;

  beforeAll(async () => {
    world = await openContextWorld(open);
    const { ctx } = world;
    for (const [seal, size] of SIZES.entries()) {
      const events = Array.from({ length: size }, (_, index) => ({
        at: index,
        type: 'test.done',
        actor: `agent:${seal}-${index}`,
        data: { code: 'ALLOWED', effect: 'allow', policyVersion: 'p1', count: index },
        ...(index % 2 === 0 ? { details: { note: `Note ${seal}-${index}` } } : {}),
      }));
      await ctx.storage.unit((tx) => appendEvents(tx, ctx.tenant, events));
      await sealAudit(ctx);
    }
    lines = (await collect(exportAudit(ctx))).map((line) => line.trimEnd());
    const report = await verify(lines);
    expect(report).toMatchObject({ ok: true, entries: 18, seals: 5, faults: [] });
    head = report.head ?? '';
    publicKeys = { k1: ctx.keys.sealing.publicKey };
  });
  afterAll(() => world.close());

  const verify = (given: readonly string[], options = {}): Promise<AuditReport> =>
    verifyAudit(given.map((line) => `${line}\n`).join(''), options);
  const typeOf = (line: string): string => (JSON.parse(line) as { type: string }).type;
  const linesOf = (type: string): readonly number[] =>
    lines.flatMap((line, index) => (typeOf(line) === type ? [index] : []));
  /** Where an entry belongs, by its line. */
  const placeOf = (line: number): number => linesOf('entry').indexOf(line);
  const idOf = (line: number): string =>
    (JSON.parse(lines[line] ?? '') as { entry: { id: string } }).entry.id;
  const anEntry = () => fc.constantFrom(...linesOf('entry'));
  const edit = (line: number, change: (value: Record<string, unknown>) => void) => {
    const value = JSON.parse(lines[line] ?? '') as Record<string, unknown>;
    change(value);
    return lines.with(line, JSON.stringify(value));
  };

  it('proves an intact export, whole or in any chunks', async () => {
    const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
    const size = fc.integer({ min: 1, max: 999 });
    await fc.assert(
      fc.asyncProperty(size, async (step) => {
        const count = Math.ceil(bytes.length / step);
        const chunks = Array.from({ length: count }, (_, index) =>
          bytes.subarray(index * step, (index + 1) * step),
        );
        const report = await verifyAudit(chunks, { expectedHead: head, publicKeys });
        expect(report).toMatchObject({ ok: true, anchored: true, trusted: true, entries: 18 });
      }),
      { numRuns: 20 },
    );
  });

  it('names the entry that was changed, whatever changed in it', async () => {
    const member = fc.constantFrom(
      'id',
      'at',
      'operation',
      'principal',
      'subject',
      'decision',
      'x',
    );
    await fc.assert(
      fc.asyncProperty(anEntry(), member, fc.string(), async (line, name, value) => {
        const changed = edit(line, ({ entry }) => {
          (entry as Record<string, unknown>)[name] = `changed ${value}`;
        });
        const { ok, faults } = await verify(changed);
        expect(ok).toBe(false);
        expect(faults).toMatchObject([{ kind: 'changed', place: placeOf(line), line: line + 1 }]);
      }),
    );
  });

  it('names the entry whose personal details were changed', async () => {
    const detailed = lines.flatMap((line, index) => (line.includes('"salt"') ? [index] : []));
    const member = fc.constantFrom('details', 'salt');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...detailed), member, async (line, name) => {
        const changed = edit(line, (value) => {
          value[name] = name === 'salt' ? 'AAAA' : { note: 'Something else' };
        });
        const { faults } = await verify(changed);
        expect(faults).toMatchObject([{ kind: 'changed', entry: idOf(line) }]);
      }),
    );
  });

  it('names the places of any entries that were removed', async () => {
    const some = fc.uniqueArray(anEntry(), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(some, async (gone) => {
        const { ok, faults } = await verify(lines.filter((_, index) => !gone.includes(index)));
        expect(ok).toBe(false);
        expect(faults.every(({ kind }) => kind === 'removed')).toBe(true);
        const places = faults.map(({ place }) => place ?? -1).sort((a, b) => a - b);
        expect(places).toEqual(gone.map(placeOf).sort((a, b) => a - b));
      }),
    );
  });

  it('names an entry that was inserted, new or a copy of another', async () => {
    const where = fc.integer({ min: 1, max: lines.length });
    await fc.assert(
      fc.asyncProperty(anEntry(), where, fc.boolean(), async (line, at, isCopy) => {
        const made = isCopy
          ? lines
          : edit(line, (value) => Object.assign(value.entry as object, { id: 'new' }));
        const inserted = lines.toSpliced(at, 0, made[line] ?? '');
        const { ok, faults } = await verify(inserted);
        expect(ok).toBe(false);
        // Of an entry and its copy the one that stands first in the wrong place is told as moved.
        expect(faults.some(({ entry }) => entry === (isCopy ? idOf(line) : 'new'))).toBe(true);
        expect(
          faults.every(({ kind }) => kind === 'inserted' || (isCopy && kind === 'reordered')),
        ).toBe(true);
      }),
    );
  });

  it('names the entries that were moved', async () => {
    await fc.assert(
      fc.asyncProperty(anEntry(), anEntry(), async (from, to) => {
        fc.pre(from !== to);
        const swapped = lines.with(from, lines[to] ?? '').with(to, lines[from] ?? '');
        const { ok, faults } = await verify(swapped);
        expect(ok).toBe(false);
        expect(faults.length).toBeGreaterThan(0);
        expect(faults.every(({ kind }) => kind === 'reordered')).toBe(true);
        const [low, high] = [placeOf(from), placeOf(to)].sort((a, b) => a - b) as [number, number];
        expect(faults.every(({ place = -1 }) => low <= place && place <= high)).toBe(true);
      }),
    );
  });

  it('finds a change of any line: a member, a character, its place, its absence', async () => {
    const index = fc.integer({ min: 0, max: lines.length - 1 });
    const at = fc.nat();
    await fc.assert(
      fc.asyncProperty(
        index,
        index,
        at,
        fc.constantFrom(...'09afAZ_"{'),
        async (line, to, pick, char) => {
          const text = lines[line] ?? '';
          const place = pick % text.length;
          const altered = `${text.slice(0, place)}${char}${text.slice(place + 1)}`;
          if (altered !== text) {
            expect((await verify(lines.with(line, altered))).ok).toBe(false);
          }
          if (to !== line) {
            const moved = lines.toSpliced(line, 1).toSpliced(to, 0, text);
            expect((await verify(moved)).ok).toBe(false);
            expect((await verify(lines.toSpliced(to, 0, text))).ok).toBe(false);
          }
          if (line < lines.length - 1)
            expect((await verify(lines.toSpliced(line, 1))).ok).toBe(false);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('names a seal that was changed, removed, doubled or moved', async () => {
    const seals = linesOf('seal');
    const inner = fc.integer({ min: 0, max: SIZES.length - 2 });
    const member = fc.constantFrom('at', 'count', 'first', 'root', 'previous', 'keyId', 'tenant');
    await fc.assert(
      fc.asyncProperty(inner, member, async (seal, name) => {
        const line = seals[seal] ?? 0;
        const changed = edit(line, (value) => {
          const body = value.seal as Record<string, unknown>;
          body[name] = typeof body[name] === 'number' ? Number(body[name]) + 1 : 'f'.repeat(64);
        });
        expect((await verify(changed)).faults).toContainEqual(
          expect.objectContaining({ kind: 'seal_changed', seal }),
        );
        const removed = await verify(lines.toSpliced(line, 1));
        expect(removed.faults).toContainEqual(
          expect.objectContaining({ kind: 'seal_removed', seal }),
        );
        const doubled = await verify(lines.toSpliced(line, 0, lines[line] ?? ''));
        expect(doubled.faults).toContainEqual(
          expect.objectContaining({ kind: 'seal_inserted', seal }),
        );
        const moved = await verify([...lines.toSpliced(line, 1), lines[line] ?? '']);
        expect(moved.faults).toContainEqual(expect.objectContaining({ kind: 'seal_reordered' }));
      }),
    );
  });

  it('tells a whole seal cut out of the middle, entries and all', async () => {
    const [, from = 0, to = 0] = linesOf('seal');
    const { faults } = await verify(lines.toSpliced(from + 1, to - from));
    expect(faults).toMatchObject([{ kind: 'seal_removed', seal: 2 }]);
  });

  it('tells an end that was cut off only by a head that was kept elsewhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...linesOf('seal').slice(0, -1)), async (last) => {
        const cut = lines.slice(0, last + 1);
        expect(await verify(cut)).toMatchObject({ ok: true, anchored: false });
        const anchored = await verify(cut, { expectedHead: head });
        expect(anchored.faults).toMatchObject([{ kind: 'truncated' }]);
        const earlier = (await verify(cut)).head;
        expect(await verify(lines, { expectedHead: earlier })).toMatchObject({
          ok: true,
          anchored: true,
        });
      }),
    );
  });

  it('does not take a forger at their word: a whole export anew, under a key of their own', async () => {
    const forged = forge(
      edit(linesOf('entry')[4] ?? 0, ({ entry }) =>
        Object.assign(entry as object, { principal: 'agent:other' }),
      ),
    );
    const believed = await verify(forged);
    expect(believed).toMatchObject({ ok: true, trusted: false, anchored: false });
    const known = await verify(forged, { publicKeys });
    expect(known.ok).toBe(false);
    expect(known.faults[0]).toMatchObject({ kind: 'key_unknown', seal: 0 });
    const anchored = await verify(forged, { expectedHead: head });
    expect(anchored.faults).toMatchObject([{ kind: 'truncated' }]);
  });

  it('finds one seal that was made anew under a key of the forger', async () => {
    const forged = forge(lines);
    const [line = 0] = linesOf('seal').slice(2);
    expect((await verify(lines.with(line, forged[line] ?? ''))).ok).toBe(false);
    const both = lines.with(line, forged[line] ?? '').with(0, forged[0] ?? '');
    expect((await verify(both)).ok).toBe(false);
  });

  it('finds nothing to prove in text that is no export', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (text) => {
        expect((await verifyAudit(text)).ok).toBe(false);
      }),
    );
  });

  /** Everything that somebody without the key can make consistent again. */
  function forge(given: readonly string[]): readonly string[] {
    const { sealing } = createKeyRing([{ id: 'k1', secret: 'x'.repeat(32) }], 'default');
    let leaves: Buffer[] = [];
    let previous = '0'.repeat(64);
    return given.map((line) => {
      const value = JSON.parse(line);
      if (value.type === 'audit') value.keys = [{ id: 'k1', publicKey: sealing.publicKey }];
      if (value.type === 'entry') leaves.push(hashEntry(toEntryText(value.entry)));
      if (value.type === 'seal') {
        const root = hashTree(leaves).toString('hex');
        value.seal = { ...value.seal, root, previous, publicKey: sealing.publicKey };
        value.signature = sealing.sign(toSealedBytes(value.seal));
        value.leaves = Buffer.concat(leaves).toString('base64url');
        previous = hashSeal(value.seal);
        leaves = [];
      }
      return JSON.stringify(value);
    });
  }
});
