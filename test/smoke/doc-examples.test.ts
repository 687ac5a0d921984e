import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compile, linkWorkspaceModules, root, writeDocExamples } from './doc-examples.ts';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mailwarden-examples-'));
  await linkWorkspaceModules(directory);
  await writeFile(join(directory, 'package.json'), '{"type":"module","private":true}');
  await writeFile(
    join(directory, 'tsconfig.json'),
    JSON.stringify({
      extends: join(root, 'tsconfig.base.json'),
      compilerOptions: {
        noEmit: true,
        declaration: false,
        declarationMap: false,
        customConditions: ['@mailwarden/source'],
        allowImportingTsExtensions: true,
      },
      include: ['examples'],
    }),
  );
});

afterAll(() => rm(directory, { recursive: true, force: true }));

describe('the examples in doc comments and in the README', () => {
  it('compile', async () => {
    const examples = await writeDocExamples(directory);
    expect(examples.length).toBeGreaterThan(0);
    expect(await compile(directory)).toBe('');
    // The compiler reads every framework for this, which a busy machine takes its time over.
  }, 180_000);
});
