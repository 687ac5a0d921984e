import { MailwardenError } from '@mailwarden/core';
import type { Storage, StorageFactory } from '../../packages/core/src/storage/database.ts';

/** Where a unit of work breaks: rolled back, or committed with the answer lost. */
export type Break = 'rolled back' | 'answer lost';

/** A storage whose next units a test breaks, on top of a real database. */
export interface FaultyStorage {
  /** The same database, breakable; any number of them share one count. */
  over(inner: StorageFactory): StorageFactory;
  /** Units that ran to their end since the last `breakUnit`. */
  readonly units: () => number;
  /** Breaks the unit that comes after `skip` good ones, and as many after it as `times` says. */
  breakUnit(how: Break, skip: number, times?: number): void;
}

/** Makes one; without `breakUnit` nothing changes. */
export function makeFaulty(): FaultyStorage {
  let how: Break | undefined;
  let skip = 0;
  let left = 0;
  let count = 0;
  const isBroken = (): boolean => {
    count += 1;
    const hit = how !== undefined && count > skip && left > 0;
    if (hit) left -= 1;
    return hit;
  };
  const wrap = (storage: Storage): Storage => ({
    db: storage.db,
    capabilities: storage.capabilities,
    clock: storage.clock,
    migrate: (mode) => storage.migrate(mode),
    flushLog: () => storage.flushLog(),
    announce: (topic) => storage.announce(topic),
    listen: (topic, onNews) => storage.listen(topic, onNews),
    close: () => storage.close(),
    async unit(work) {
      const broken = isBroken();
      const result = await storage.unit(async (tx) => {
        const value = await work(tx);
        if (broken && how === 'rolled back') throw new MailwardenError('STORAGE_UNAVAILABLE');
        return value;
      });
      if (!broken) return result;
      throw new MailwardenError('STORAGE_UNAVAILABLE', { fields: { committed: 'unknown' } });
    },
  });
  return {
    over: (inner) => ({ open: async () => wrap(await inner.open()) }),
    units: () => count,
    breakUnit(given, after, times = 1) {
      how = given;
      skip = after;
      left = times;
      count = 0;
    },
  };
}
