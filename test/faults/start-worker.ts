import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { MailboxOptions } from '@mailwarden/core';

/** What a worker process is told; it makes one pass over what is due. */
export interface WorkerOrder {
  readonly where: readonly [string] | readonly [string, string];
  readonly smtpUrl: string;
  /** ms. */
  readonly lease: number;
  readonly mailbox: Pick<MailboxOptions, 'dailyLimit' | 'oversight'>;
  /** `claimed`: it stops after the commit of its first claim and says so. */
  readonly until?: 'claimed';
}

export interface WorkerProcess {
  /** Resolves with the next word that the process says; fails when it ends first. */
  said(): Promise<unknown>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

/** Starts a warden in a process of its own. */
export function startWorker(order: WorkerOrder): WorkerProcess {
  const child = fork(join(import.meta.dirname, 'worker-process.ts'), [JSON.stringify(order)], {
    execArgv: ['--conditions=@mailwarden/source'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let stderr = '';
  child.stderr?.on('data', (data: Buffer) => {
    stderr += data.toString();
  });
  const gone = once(child, 'close');
  return {
    async said() {
      const heard = once(child, 'message').then(([word]) => word as unknown);
      const died = gone.then(() => {
        throw new Error(`The worker ended by itself:\n${stderr}`);
      });
      return Promise.race([heard, died]);
    },
    kill: () => killAndWait(child, gone),
  };
}

async function killAndWait(child: ChildProcess, gone: Promise<unknown>): Promise<void> {
  child.kill('SIGKILL');
  await gone;
}
