import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { BacklogOrder } from './worker-process.ts';

/** Processes that work on one backlog. */
export interface BenchWorkers {
  start(): void;
  /** The most memory that any of them ever had, bytes. */
  peakRss(): Promise<number>;
  close(): Promise<void>;
}

/** As operations.md says that a worker may be run. */
const FLAGS = ['--max-semi-space-size=8'];

/** Makes so many; they have opened the database and wait. */
export async function startWorkers(count: number, order: BacklogOrder): Promise<BenchWorkers> {
  const children = Array.from({ length: count }, () =>
    fork(join(import.meta.dirname, 'worker-process.ts'), [JSON.stringify(order)], {
      execArgv: [...process.execArgv, ...FLAGS],
    }),
  );
  await Promise.all(children.map((child) => once(child, 'message')));
  return {
    start: () => {
      for (const child of children) child.send('start');
    },
    peakRss: async () => Math.max(...(await Promise.all(children.map(ask)))),
    close: async () => void (await Promise.all(children.map(end))),
  };
}

async function ask(child: ChildProcess): Promise<number> {
  const answer = once(child, 'message');
  child.send('memory');
  const [{ peakRss }] = (await answer) as [{ peakRss: number }];
  return peakRss;
}

async function end(child: ChildProcess): Promise<void> {
  const gone = once(child, 'close');
  child.kill('SIGKILL');
  await gone;
}
