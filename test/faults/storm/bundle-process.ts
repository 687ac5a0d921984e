import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

/** Inside `node_modules`, so that the drivers are found from there. */
const DIRECTORY = join(import.meta.dirname, '../../../node_modules/.cache/mailwarden-storm');

/**
 * One file of all that a process of a storm loads, made anew. Hundreds of files take a second of a
 * core to load, one takes a quarter of that; and whoever is killed loads them again.
 */
export async function bundleProcess(): Promise<string> {
  await mkdir(DIRECTORY, { recursive: true });
  const bundle = await rolldown({
    input: join(import.meta.dirname, 'storm-process.ts'),
    platform: 'node',
    resolve: { conditionNames: ['@mailwarden/source', 'node', 'import'] },
    external: ['pg', 'better-sqlite3'],
  });
  const file = join(DIRECTORY, `process-${process.pid}.mjs`);
  await bundle.write({ file, format: 'esm', codeSplitting: false });
  await bundle.close();
  return file;
}
