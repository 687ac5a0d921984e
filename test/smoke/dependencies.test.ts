import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const lists = ['dependencies', 'peerDependencies', 'devDependencies', 'optionalDependencies'];

/** Dependency name to every version range that some package.json asks for. */
const asked = new Map<string, Set<string>>();
/** Dependency name to the version column of its line. */
const justified = new Map<string, string>();

beforeAll(async () => {
  for await (const file of glob(['package.json', '{packages,examples}/*/package.json'], {
    cwd: root,
  })) {
    const manifest = JSON.parse(await readFile(join(root, file), 'utf8'));
    for (const [name, range] of lists.flatMap((list) => Object.entries(manifest[list] ?? {}))) {
      if (!String(range).startsWith('workspace:')) {
        asked.set(name, (asked.get(name) ?? new Set()).add(String(range)));
      }
    }
  }
  const text = await readFile(join(root, 'packages/core/decisions/0001-dependencies.md'), 'utf8');
  for (const [, name = '', version = ''] of text.matchAll(/^\| `([^`]+)` \| (.+?) \| .+? \| /gm)) {
    justified.set(name, version.replaceAll('\\|', '|'));
  }
});

describe('decisions/0001-dependencies.md', () => {
  it('has a line for every dependency of every package.json', () => {
    expect([...asked.keys()].filter((name) => !justified.has(name))).toEqual([]);
  });
  it('has no line for what nothing depends on', () => {
    expect([...justified.keys()].filter((name) => !asked.has(name))).toEqual([]);
  });
  it('names the versions that the package.json files ask for', () => {
    for (const [name, ranges] of asked) {
      const named = (justified.get(name) ?? '').split(', ');
      expect([name, ...named.toSorted()]).toEqual([name, ...[...ranges].toSorted()]);
    }
  });
});
