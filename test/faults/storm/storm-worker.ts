import { fork } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StormAnswer, StormMail, StormOrder, StormWord, Vitals } from './storm-words.ts';

/** A process of a storm, seen from outside. */
export interface StormWorker {
  readonly name: string;
  /** Resolves when it works; fails when it ends before. */
  readonly ready: Promise<void>;
  /** Resolves when it is gone. */
  readonly gone: Promise<void>;
  isAlive(): boolean;
  tell(word: StormWord): void;
  /** What it answered to a send call; `undefined` when it died over it. */
  send(mail: StormMail): Promise<Extract<StormAnswer, { said: 'sent' }> | undefined>;
  vitals(): Promise<Vitals | undefined>;
  /** SIGKILL, at once. */
  kill(): void;
  /** Lets it stop by itself; fails when it does not say so. */
  stop(): Promise<void>;
}

/** Loading the package is most of a start; what was compiled is kept for the next process. */
const CACHE = join(tmpdir(), 'mailwarden-storm-compile-cache');

/** Starts one from its bundle. `onFault` hears of every error that it reports. */
export function startStormWorker(
  bundle: string,
  order: StormOrder,
  onFault: (fault: Extract<StormAnswer, { said: 'fault' }>) => void,
): StormWorker {
  const child = fork(bundle, [JSON.stringify(order)], {
    // The young generation as docs/operations.md recommends it; left to itself it grows with the load.
    execArgv: ['--expose-gc', '--max-semi-space-size=8'],
    env: { ...process.env, NODE_COMPILE_CACHE: CACHE },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let stderr = '';
  let alive = true;
  const sends = new Map<string, (answer: Extract<StormAnswer, { said: 'sent' }>) => void>();
  const ready = Promise.withResolvers<void>();
  const stopped = Promise.withResolvers<void>();
  let onVitals: (vitals: Vitals) => void = () => {};
  child.stderr?.on('data', (data: Buffer) => {
    stderr += data.toString();
  });
  // A word to somebody who has just been killed.
  child.on('error', () => {});
  child.on('message', (answer: StormAnswer) => {
    if (answer.said === 'ready') ready.resolve();
    else if (answer.said === 'stopped') stopped.resolve();
    else if (answer.said === 'fault') onFault(answer);
    else if (answer.said === 'vitals') onVitals(answer.vitals);
    else if (answer.said === 'sent') sends.get(answer.key)?.(answer);
  });
  let isStopping = false;
  const gone = once(child, 'close').then(([, signal]) => {
    alive = false;
    if (signal !== 'SIGKILL' && !isStopping) {
      onFault({ said: 'fault', code: 'CRASHED', text: stderr });
    }
    const died = new Error(`${order.name} ended by itself:\n${stderr}`);
    ready.reject(died);
    stopped.reject(died);
  });
  // Who waits for it hears of it.
  ready.promise.catch(() => {});
  stopped.promise.catch(() => {});
  const tell = (word: StormWord): void => {
    if (child.connected) child.send(word, () => {});
  };
  const orGone = <T>(answer: Promise<T>): Promise<T | undefined> =>
    Promise.race([answer, gone.then(() => undefined)]);
  return {
    ...{ name: order.name, ready: ready.promise, gone, tell, isAlive: () => alive },
    send(mail) {
      const answered = Promise.withResolvers<Extract<StormAnswer, { said: 'sent' }>>();
      sends.set(mail.key, answered.resolve);
      tell({ say: 'send', mail });
      return orGone(answered.promise).finally(() => sends.delete(mail.key));
    },
    vitals() {
      const answered = Promise.withResolvers<Vitals>();
      onVitals = answered.resolve;
      tell({ say: 'vitals' });
      return orGone(answered.promise);
    },
    kill: () => void child.kill('SIGKILL'),
    async stop() {
      isStopping = true;
      tell({ say: 'stop' });
      await stopped.promise;
      await gone;
    },
  };
}
