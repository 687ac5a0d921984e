import { execFile } from 'node:child_process';
import { glob, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

/** One ```ts block of a doc comment or of the README. */
export interface DocExample {
  /** File and line of the block, for a compiler error to point back at. */
  readonly at: string;
  readonly code: string;
}

/** Every ```ts block of README.md, of the pages about files, and of the doc comments in packages. */
export async function findDocExamples(): Promise<readonly DocExample[]> {
  const examples = examplesOf('README.md', await readFile(join(root, 'README.md'), 'utf8'));
  for await (const file of glob('packages/*/{src/**/*.ts,docs/**/*.md}', { cwd: root })) {
    if (!file.endsWith('.test.ts')) {
      examples.push(...examplesOf(file, await readFile(join(root, file), 'utf8')));
    }
  }
  return examples;
}

/** Writes each example as a module of its own below `directory/examples`. */
export async function writeDocExamples(directory: string): Promise<readonly DocExample[]> {
  const examples = await findDocExamples();
  await mkdir(join(directory, 'examples'), { recursive: true });
  for (const [index, { at, code }] of examples.entries()) {
    const name = `${String(index).padStart(2, '0')}-${at.replaceAll(/[^A-Za-z0-9]+/g, '-')}.ts`;
    await writeFile(join(directory, 'examples', name), `// ${at}\n${code}\nexport {};\n`);
  }
  return examples;
}

/** Lets a directory outside the workspace import whatever a package of the workspace may. */
export async function linkWorkspaceModules(directory: string): Promise<void> {
  for await (const manifest of glob('packages/*/package.json', { cwd: root })) {
    const { name, ...lists } = JSON.parse(await readFile(join(root, manifest), 'utf8'));
    const home = join(root, dirname(manifest));
    await link(directory, name, home);
    for (const list of [lists.dependencies, lists.peerDependencies, lists.devDependencies]) {
      for (const each of Object.keys(list ?? {})) {
        await link(directory, each, join(home, 'node_modules', each));
      }
    }
  }
  await link(directory, 'vitest', join(root, 'node_modules/vitest'));
  await link(directory, '@types/node', join(root, 'node_modules/@types/node'));
}

/** Compiles a project; the empty string means that it compiles. */
export async function compile(project: string): Promise<string> {
  return await new Promise((resolve) => {
    const compiler = join(root, 'node_modules/.bin/tsc');
    execFile(compiler, ['-p', project, '--pretty', 'false'], (error, stdout, stderr) => {
      resolve(error === null ? '' : `${stdout}${stderr}` || error.message);
    });
  });
}

function examplesOf(file: string, text: string): DocExample[] {
  return [...text.matchAll(/^([ \t]*\*? ?)```ts\n(.*?)^[ \t]*\*? ?```/gms)].map((match) => {
    const line = text.slice(0, match.index).split('\n').length;
    const code = (match[2] ?? '').split('\n').map((each) => each.replace(/^[ \t]*\* ?/, ''));
    return {
      at: `${file}:${line}`,
      code: (match[1]?.includes('*') ? code : [match[2]]).join('\n'),
    };
  });
}

/** Makes one package importable from a directory. */
export async function link(directory: string, name: string, target: string): Promise<void> {
  const path = join(directory, 'node_modules', name);
  await mkdir(dirname(path), { recursive: true });
  await symlink(target, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}
