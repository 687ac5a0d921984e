import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createLogFlush } from './log-flush.ts';

/** A disk that takes what was written when it is told to. */
function makeDisk() {
  const syncs: PromiseWithResolvers<void>[] = [];
  let opened = 0;
  let closed = 0;
  const log = createLogFlush(async () => {
    opened += 1;
    return {
      datasync: () => {
        const sync = Promise.withResolvers<void>();
        syncs.push(sync);
        return sync.promise;
      },
      close: async () => {
        closed += 1;
      },
    };
  });
  const done: string[] = [];
  const flush = (name: string) =>
    log.flush().then(
      () => done.push(name),
      (error: { code: string }) => done.push(`${name} ${error.code}`),
    );
  return { log, syncs, done, flush, counts: () => ({ opened, closed }) };
}

describe('createLogFlush', () => {
  it('lets all who come while the disk works share the next flush', async () => {
    const { syncs, done, flush, log, counts } = makeDisk();
    void flush('a');
    void flush('b');
    await nextTurn();
    expect(syncs).toHaveLength(1);
    void flush('c');
    void flush('d');
    await nextTurn();
    expect(syncs).toHaveLength(1);
    syncs[0]?.resolve();
    await nextTurn();
    expect(done).toEqual(['a', 'b']);
    expect(syncs).toHaveLength(2);
    syncs[1]?.resolve();
    await nextTurn();
    expect(done).toEqual(['a', 'b', 'c', 'd']);
    await log.close();
    expect(counts()).toEqual({ opened: 1, closed: 1 });
  });

  it('never answers again when the disk has refused once', async () => {
    const { syncs, done, flush, log, counts } = makeDisk();
    void flush('a');
    await nextTurn();
    void flush('b');
    expect(log.assertSound).not.toThrow();
    syncs[0]?.reject(new Error('EIO'));
    await nextTurn();
    void flush('c');
    await nextTurn();
    expect(done).toEqual([
      'a STORAGE_UNAVAILABLE',
      'b STORAGE_UNAVAILABLE',
      'c STORAGE_UNAVAILABLE',
    ]);
    expect(syncs).toHaveLength(1);
    expect(log.assertSound).toThrow(expect.objectContaining({ code: 'STORAGE_UNAVAILABLE' }));
    await log.close();
    expect(counts()).toEqual({ opened: 1, closed: 1 });
  });

  it('refuses when there is no log to flush', async () => {
    const log = createLogFlush(() => Promise.reject(new Error('ENOENT')));
    await expect(log.flush()).rejects.toMatchObject({ code: 'STORAGE_UNAVAILABLE' });
    await log.close();
  });
});
