// Rows per second and memory of an import of a million contacts into SQLite, and of the same file
// again; IMPORT_ROWS takes another number. One row in a hundred is bad.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createMailwarden, type Mailwarden } from '../../../packages/core/src/index.ts';
import { sqlite } from '../../../packages/core/src/sqlite.ts';
import type { Bench, Figures } from '../support/bench.ts';
import { DATA } from '../support/data-directory.ts';

const ROWS = Number(process.env.IMPORT_ROWS ?? 1_000_000);
const MB = 1_048_576;

export const bench: Bench = async (log) => {
  await mkdir(DATA, { recursive: true });
  const directory = await mkdtemp(join(DATA, 'import-contacts-'));
  const warden = await createMailwarden({
    database: sqlite(join(directory, 'bench.db')),
    keys: [{ id: 'k1', secret: 'a secret that only this measurement knows' }],
    senders: { acme: { legalName: 'Acme, Inc.', postalAddress: '123 Main St' } },
    mailboxes: [{ address: 'news@acme.example', sender: 'acme' }],
  });
  const first = await run(warden, log);
  const again = await run(warden, log);
  await warden.stop();
  await rm(directory, { recursive: true });
  return { first, again };
};

async function run(warden: Mailwarden, log: (line: string) => void): Promise<Figures> {
  const before = process.memoryUsage().rss;
  const marks: number[] = [];
  let peak = before;
  const cpu = process.cpuUsage();
  const start = performance.now();
  const report = await warden.system().importContacts(file(), {
    source: 'bench.csv',
    onProgress: ({ rows }) => {
      const { rss } = process.memoryUsage();
      peak = Math.max(peak, rss);
      if (rows % (ROWS / 10) !== 0) return;
      marks.push(Math.round(rss / MB));
      log(`${rows} rows`);
    },
  });
  const seconds = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const { rows, added, unchanged, failed } = report;
  return {
    ...{ rows, added, unchanged, failed },
    rowsPerSecond: Math.round(rows / seconds),
    rowsPerCpuSecond: Math.round(rows / ((user + system) / 1_000_000)),
    rssBeforeMb: Math.round(before / MB),
    rssPeakMb: Math.round(peak / MB),
    rssAtEachTenthMb: marks.join(' '),
  };
}

/** A CSV file of about 90 bytes a row, in pieces of about 64 KiB. */
async function* file(): AsyncGenerator<string> {
  yield 'email,name,country,time_zone,tags,collected_how,collected_at,plan\n';
  let piece = '';
  for (let at = 0; at < ROWS; at += 1) {
    const address = at % 100 === 0 ? `user${at}` : `user${at}@example${at % 1_000}.com`;
    piece += `${address},"User, ${at}",AT,Europe/Vienna,fair,direct,2026-02-01,plan ${at % 7}\n`;
    if (piece.length < 65_536) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}
