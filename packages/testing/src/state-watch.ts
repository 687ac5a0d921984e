import { AssertionError } from 'node:assert';

/** Lets a test wait on a state instead of sleeping. */
export interface StateWatch {
  /** Says that something may have changed. */
  changed(): void;
  /** Resolves once `isReached` is true; fails with `describe()` after `timeout` ms. */
  until(isReached: () => boolean, describe: () => string, timeout?: number): Promise<void>;
}

/** Makes a {@link StateWatch}. */
export function createStateWatch(): StateWatch {
  const waiting = new Set<() => void>();
  return {
    changed: () => {
      for (const check of waiting) check();
    },
    until: (isReached, describe, timeout = 30_000) =>
      new Promise((resolve, reject) => {
        const finish = () => {
          clearTimeout(timer);
          waiting.delete(check);
        };
        const check = () => {
          if (!isReached()) return;
          finish();
          resolve();
        };
        const timer = setTimeout(() => {
          finish();
          reject(new AssertionError({ message: `${describe()} after ${timeout} ms` }));
        }, timeout);
        waiting.add(check);
        check();
      }),
  };
}
