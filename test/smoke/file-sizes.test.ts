import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const MAX_LINES = 300;
const FILES = ['{packages,examples,test,.ci}/**/*.{ts,tsx,mjs}'];

describe('file sizes', () => {
  it('holds for the lines of texts within a file, which the linter counts as one', async () => {
    const long: string[] = [];
    let testing = 0;
    for await (const file of glob(FILES, {
      cwd: root,
      exclude: (name) => /(?:^|\/)(?:node_modules|dist|build)(?:\/|$)/.test(name),
    })) {
      if (file.endsWith('.test.ts')) continue;
      if (file.includes('/testing/')) testing += 1;
      const lines = (await readFile(join(root, file), 'utf8')).match(/^.*\S/gm)?.length ?? 0;
      if (lines > MAX_LINES) long.push(`${file}: ${lines}`);
    }
    expect(long).toEqual([]);
    expect(testing).toBeGreaterThan(0);
  });
});
