// Checks the packages as a stranger gets them: packed, linted, installed elsewhere, required, compiled against.
import { spawnSync } from 'node:child_process';
import { cp, glob, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { compile, link, root, writeDocExamples } from './doc-examples.ts';

interface Manifest {
  readonly name: string;
  readonly packageManager?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, { readonly types?: string }>>;
}

const workspace = await manifestOf(join(root, 'package.json'));
const directory = await mkdtemp(join(tmpdir(), 'mailwarden-packages-'));
try {
  const tarballs = await pack();
  lint(tarballs);
  const consumer = await install(tarballs);
  await typesNeedOnlyDependencies(consumer, tarballs);
  await requireFromCommonJs(consumer);
  await compileStrictly(consumer);
} finally {
  await rm(directory, { recursive: true, force: true });
}

/** Package name to tarball. */
async function pack(): Promise<ReadonlyMap<string, string>> {
  const tarballs = new Map<string, string>();
  for await (const path of glob('packages/*/package.json', { cwd: root })) {
    const target = join(directory, 'tarballs', basename(dirname(path)));
    await mkdir(target, { recursive: true });
    pnpm(['pack', '--pack-destination', target], join(root, dirname(path)));
    const [file = ''] = await readdir(target);
    tarballs.set((await manifestOf(join(root, path))).name, join(target, file));
  }
  return tarballs;
}

function lint(tarballs: ReadonlyMap<string, string>): void {
  for (const [name, tarball] of tarballs) {
    run('publint', ['run', '--strict', tarball], root);
    run('attw', ['--profile', 'esm-only', '--format', 'ascii', '--quiet', tarball], root);
    noTestsIn(name, tarball);
  }
}

function noTestsIn(name: string, tarball: string): void {
  const files = run('tar', ['-tzf', tarball], root).split('\n');
  const strays = files.filter((file) => /\.test\.|\/testing\/|\.tsbuildinfo|\.db$/.test(file));
  if (strays.length > 0 || !files.includes('package/LICENSE')) {
    fail(`${name} ships what it should not, or no LICENSE: ${strays.join(' ')}`);
  }
}

/** A project outside the workspace with every package and every peer, installed from the tarballs. */
async function install(tarballs: ReadonlyMap<string, string>): Promise<string> {
  const consumer = join(directory, 'consumer');
  await mkdir(consumer);
  const dependencies: Record<string, string> = { '@types/node': '^24.0.0' };
  for await (const path of glob('packages/*/package.json', { cwd: root })) {
    const { peerDependencies = {}, devDependencies = {} } = await manifestOf(join(root, path));
    for (const peer of Object.keys(peerDependencies)) {
      dependencies[peer] = devDependencies[peer] ?? peerDependencies[peer] ?? '*';
    }
  }
  for (const [name, tarball] of tarballs) dependencies[name] = `file:${tarball}`;
  await writeFile(join(consumer, 'package.json'), JSON.stringify({ private: true, dependencies }));
  await writeFile(
    join(consumer, 'pnpm-workspace.yaml'),
    JSON.stringify({
      overrides: Object.fromEntries([...tarballs].map(([name, file]) => [name, `file:${file}`])),
      pmOnFail: 'ignore',
      minimumReleaseAge: 0,
      nodeVersion: process.versions.node,
    }),
  );
  pnpm(['install', '--prefer-offline', '--ignore-scripts', '--no-frozen-lockfile'], consumer);
  return consumer;
}

/** A declaration that names a package without types of its own is `any` for whoever lacks `@types`. */
async function typesNeedOnlyDependencies(
  consumer: string,
  tarballs: ReadonlyMap<string, string>,
): Promise<void> {
  const untyped = ['better-sqlite3', 'pg'];
  for (const name of tarballs.keys()) {
    const home = join(consumer, 'node_modules', name);
    const { dependencies, peerDependencies, exports } = await manifestOf(
      join(home, 'package.json'),
    );
    const typed = new Set(Object.keys({ ...dependencies, ...peerDependencies, [name]: '' }));
    for (const each of untyped) typed.delete(each);
    const entries = Object.values(exports ?? {}).flatMap((entry) => entry.types ?? []);
    const seen = new Set<string>();
    const files = entries.map((entry) => join(home, entry));
    for (let file = files.pop(); file !== undefined; file = files.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      for (const specifier of importedBy(await readFile(file, 'utf8'))) {
        if (specifier.startsWith('.')) {
          files.push(join(dirname(file), specifier.replace(/\.[jt]s$/, '.d.ts')));
          continue;
        }
        const bare = specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
        if (!bare.startsWith('node:') && !typed.has(bare)) {
          fail(`${file} needs the types of ${bare}, which no dependency brings.`);
        }
      }
    }
  }
}

/** What a declaration imports; of a package only those reachable from an entry point are loaded. */
function importedBy(declaration: string): readonly string[] {
  const code = declaration.replaceAll(/\/\*.*?\*\//gs, '');
  const found = code.matchAll(/(?:\bfrom|\bimport\(|\bimport) ?['"]([^'"\s]+)['"]/g);
  return [...found].map(([, specifier = '']) => specifier);
}

async function requireFromCommonJs(consumer: string): Promise<void> {
  await cp(join(root, 'test/smoke/cjs/main.cjs'), join(consumer, 'main.cjs'));
  process.stdout.write(run(process.execPath, ['main.cjs'], consumer));
}

async function compileStrictly(consumer: string): Promise<void> {
  await writeFile(
    join(consumer, 'package.json'),
    (await readFile(join(consumer, 'package.json'), 'utf8')).replace('{', '{"type":"module",'),
  );
  for (const file of ['main.ts', 'tsconfig.json']) {
    await cp(join(root, 'test/smoke/exact-optional', file), join(consumer, file));
  }
  // A consumer brings what it runs its tests in, and what it measures with.
  for (const each of ['vitest', '@opentelemetry/api']) {
    await link(consumer, each, join(root, 'node_modules', each));
  }
  const examples = await writeDocExamples(consumer);
  const errors = await compile(consumer);
  if (errors !== '') fail(errors);
  process.stdout.write(`compiled the typed consumer and ${examples.length} examples\n`);
}

function pnpm(args: readonly string[], cwd: string): string {
  const manager = workspace.packageManager ?? 'pnpm';
  const flags = ['--yes', '--prefer-offline', '--allow-scripts=pnpm', manager];
  return run('npx', [...flags, ...args], cwd);
}

function run(command: string, args: readonly string[], cwd: string): string {
  const path = `${join(root, 'node_modules/.bin')}:${process.env.PATH}`;
  const result = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, PATH: path },
  });
  if (result.status !== 0) {
    fail(`${command} ${args.join(' ')}\n${result.stdout}${result.stderr}${result.error ?? ''}`);
  }
  return result.stdout;
}

async function manifestOf(path: string): Promise<Manifest> {
  return JSON.parse(await readFile(path, 'utf8')) as Manifest;
}

function fail(message: string): never {
  throw new Error(message);
}
