import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access } from 'node:fs/promises';
import { type AddressInfo, createConnection, createServer } from 'node:net';
import { join } from 'node:path';

/** A server in a process of its own that takes every mail. */
export interface BenchSink {
  readonly name: string;
  readonly port: number;
  close(): Promise<void>;
}

const POSTFIX = '/usr/sbin/smtp-sink';

/** Postfix's `smtp-sink` where it is installed, else our own. */
export async function startSink(): Promise<BenchSink> {
  const installed = await access(POSTFIX).then(
    () => true,
    () => false,
  );
  return installed ? startPostfix() : startCountingSink();
}

/** Our own, which tells how many mails it had, and for how many different people. */
export interface CountingSink extends BenchSink {
  count(): Promise<{ readonly taken: number; readonly people: number }>;
}

export async function startCountingSink(): Promise<CountingSink> {
  const child = fork(join(import.meta.dirname, 'sink-process.ts'));
  const [port] = (await once(child, 'message')) as [number];
  return {
    ...{ name: 'own', port, close: () => end(child) },
    async count() {
      const answer = once(child, 'message');
      child.send('count');
      const [counted] = (await answer) as [{ taken: number; people: number }];
      return counted;
    },
  };
}

async function startPostfix(): Promise<BenchSink> {
  const port = await freePort();
  const child = spawn(POSTFIX, ['-u', 'nobody', `127.0.0.1:${port}`, '1024'], { stdio: 'ignore' });
  for (;;) {
    const socket = createConnection(port, '127.0.0.1');
    const up = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (up) return { name: 'smtp-sink', port, close: () => end(child) };
    if (child.exitCode !== null) throw new Error('smtp-sink does not start.');
  }
}

async function end(child: ChildProcess): Promise<void> {
  const gone = once(child, 'close');
  child.kill();
  await gone;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
