// Rows per second and memory of an import of contacts into SQLite.
//   node test/bench/import-contacts.ts [rows, 1_000_000 unless told]
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createMailwarden, type Mailwarden } from '../../packages/core/src/index.ts';
import { sqlite } from '../../packages/core/src/sqlite.ts';

const ROWS = Number(process.argv[2] ?? 1_000_000);
const MB = 1_048_576;
const directory = await mkdtemp(join(tmpdir(), 'mailwarden-bench-'));
const warden = await createMailwarden({
  database: sqlite(join(directory, 'bench.db')),
  keys: [{ id: 'k1', secret: 'a secret that only this measurement knows' }],
  senders: { acme: { legalName: 'Acme, Inc.', postalAddress: '123 Main St' } },
  mailboxes: [{ address: 'news@acme.example', sender: 'acme' }],
});
await run(warden, 'first import', [1 / 100, 0]);
await run(warden, 'the same again', [1 / 100, 0]);
await run(warden, 'with a consent each', [1 / 100, 1]);
await warden.stop();
await rm(directory, { recursive: true });

type Shape = readonly [bad: number, consents: number];

async function run(to: Mailwarden, name: string, shape: Shape): Promise<void> {
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 50);
  const marks: number[] = [];
  const cpu = process.cpuUsage();
  const start = performance.now();
  const { rows, added, changed, unchanged, failed, consents } = await to
    .system()
    .importContacts(file(shape), {
      source: 'bench.csv',
      onProgress: ({ rows: done }) => {
        const { rss: now } = process.memoryUsage();
        peak = Math.max(peak, now);
        if (done % Math.max(1_000, ROWS / 10) === 0) marks.push(Math.round(now / MB));
      },
    });
  clearInterval(watch);
  const seconds = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  const cpuSeconds = (user + system) / 1_000_000;
  const counts = JSON.stringify({ rows, added, changed, unchanged, failed, consents });
  const rss = `RSS ${Math.round(before / MB)} MB before, ${Math.round(peak / MB)} MB at most`;
  process.stdout.write(
    `${name}: ${seconds.toFixed(1)} s, ${Math.round(rows / seconds)} rows/s, ${Math.round(rows / cpuSeconds)} rows per CPU second, ${rss}, at each tenth ${marks.join(' ')} ${counts}\n`,
  );
}

/** A CSV file of about 130 bytes a row, in pieces of about 64 KiB; one row in a hundred is bad. */
async function* file([bad, consents]: Shape): AsyncGenerator<string> {
  yield 'email,name,country,time_zone,tags,collected_how,collected_at,plan,consent_basis,consent_method,consent_wording\n';
  let piece = '';
  for (let at = 0; at < ROWS; at += 1) {
    const address = at % (1 / bad) === 0 ? `user${at}` : `user${at}@example${at % 1_000}.com`;
    const consent = consents === 1 ? 'express,web form,signup-3' : ',,';
    piece += `${address},"User, ${at}",AT,Europe/Vienna,fair,direct,2026-02-01,plan ${at % 7},${consent}\n`;
    if (piece.length < 65_536) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}
