import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

interface Case {
  readonly rule: string;
  /** What stands in the diagnostic besides the rule's name; plugins share one category. */
  readonly says?: string;
  readonly forbidden: Fixture;
  readonly allowed: Fixture;
}

interface Fixture {
  readonly path: string;
  readonly code: string;
}

const longFile = (lines: number): string => 'export {};\n'.repeat(lines);
const longFunction = (lines: number): string =>
  `export function f(): number {\n  let a = 0;\n${'  a += 1;\n'.repeat(lines - 2)}  return a;\n}\n`;

const core = 'packages/core/src';
const transportSend = `import type { Transport } from '../transport/transport.ts';
export const go = (transport: Transport): Promise<void> => transport.send();\n`;
const sendOfOther = `interface Queue { send(): Promise<void> }
export const go = (queue: Queue): Promise<void> => queue.send();\n`;
const floating = `import { later } from './later.ts';
export function go(): void {\n  later();\n}\n`;
const awaited = `import { later } from './later.ts';
export async function go(): Promise<void> {\n  await later();\n}\n`;
const switchOver = (last: string): string => `type Mode = 'a' | 'b';
export function go(mode: Mode): number {
  switch (mode) {
    case 'a':
      return 1;
${last}  }
  return 0;
}\n`;

const importing = (specifier: string): string =>
  `import * as it from '${specifier}';\nexport const x = it;\n`;

const arrow = (
  specifier: string,
  forbidden: string,
  allowed: string,
  rule = 'lint/style/noRestrictedImports',
): Case => ({
  rule,
  forbidden: { path: forbidden, code: importing(specifier) },
  allowed: { path: allowed, code: importing(specifier) },
});

const cases: Record<string, Case> = {
  'a promise that nobody awaits': {
    rule: 'lint/nursery/noFloatingPromises',
    forbidden: { path: `${core}/a/floating.ts`, code: floating },
    allowed: { path: `${core}/a/awaited.ts`, code: awaited },
  },
  'a switch that forgets a case': {
    rule: 'lint/nursery/useExhaustiveSwitchCases',
    forbidden: { path: `${core}/a/switch.ts`, code: switchOver('') },
    allowed: { path: `${core}/a/full-switch.ts`, code: switchOver(`    case 'b':\n`) },
  },
  'an import cycle': {
    rule: 'lint/suspicious/noImportCycles',
    forbidden: { path: `${core}/a/cycle.ts`, code: `import './cycle-back.ts';\n` },
    allowed: { path: `${core}/a/straight.ts`, code: `import './later.ts';\n` },
  },
  'console in a package': {
    rule: 'lint/suspicious/noConsole',
    forbidden: { path: `${core}/a/console.ts`, code: `console.log('a');\n` },
    allowed: { path: 'examples/demo/src/console.ts', code: `console.log('a');\n` },
  },
  'a default export': {
    rule: 'lint/style/noDefaultExport',
    forbidden: { path: `${core}/a/default.ts`, code: 'export default 1;\n' },
    allowed: { path: 'vitest.config.ts', code: 'export default 1;\n' },
  },
  'export *': {
    rule: 'lint/performance/noReExportAll',
    forbidden: { path: `${core}/a/star.ts`, code: `export * from './later.ts';\n` },
    allowed: { path: `${core}/a/named.ts`, code: `export { later } from './later.ts';\n` },
  },
  any: {
    rule: 'lint/suspicious/noExplicitAny',
    forbidden: { path: `${core}/a/any.ts`, code: 'export const x: any = 1;\n' },
    allowed: { path: `${core}/a/unknown.ts`, code: 'export const x: unknown = 1;\n' },
  },
  'a file of 301 lines': {
    rule: 'lint/style/noExcessiveLinesPerFile',
    forbidden: { path: `${core}/a/long-file.ts`, code: longFile(301) },
    allowed: { path: `${core}/a/full-file.ts`, code: longFile(300) },
  },
  'a function of 61 lines': {
    rule: 'lint/complexity/noExcessiveLinesPerFunction',
    forbidden: { path: `${core}/a/long-function.ts`, code: longFunction(61) },
    allowed: { path: `${core}/a/full-function.ts`, code: longFunction(60) },
  },
  'a development dependency in a package': {
    rule: 'lint/correctness/noUndeclaredDependencies',
    forbidden: { path: `${core}/a/dev.ts`, code: importing('smtp-server') },
    allowed: { path: `${core}/a/dev.test.ts`, code: importing('smtp-server') },
  },
  'an error without a code': {
    rule: 'plugin',
    says: 'MailwardenError',
    forbidden: { path: `${core}/a/error.ts`, code: `throw new Error('a');\n` },
    allowed: { path: `${core}/a/error.test.ts`, code: `throw new Error('a');\n` },
  },
  'the wall clock': {
    rule: 'plugin',
    says: 'injected clock',
    forbidden: { path: `${core}/a/clock.ts`, code: 'export const t = Date.now();\n' },
    allowed: { path: `${core}/a/clock-default.ts`, code: 'export const clock = Date.now;\n' },
  },
  'transport.send outside dispatch': {
    rule: 'plugin',
    says: 'core/src/dispatch',
    forbidden: { path: `${core}/operations/send.ts`, code: transportSend },
    allowed: { path: `${core}/dispatch/send.ts`, code: transportSend },
  },
  'mailbox.transport?.send outside dispatch': {
    rule: 'plugin',
    says: 'core/src/dispatch',
    forbidden: {
      path: 'packages/mcp/src/send.ts',
      code: 'export const go = (box: { transport?: { send(): void } }) => box.transport?.send();\n',
    },
    allowed: { path: 'packages/mcp/src/queue.ts', code: sendOfOther },
  },
  'an adapter in core': arrow('@mailwarden/mcp', `${core}/a/ours.ts`, 'test/a/ours.ts'),
  'the AI SDK in core': arrow('ai', `${core}/a/ai.ts`, 'packages/ai-sdk/src/ai.ts'),
  'a subpath of the AI SDK in core': arrow('ai/test', `${core}/a/ai-sub.ts`, 'test/a/ai-sub.ts'),
  'LangChain in core': arrow(
    '@langchain/core/tools',
    `${core}/a/lc.ts`,
    'packages/langchain/src/lc.ts',
  ),
  'MCP in core': arrow(
    '@modelcontextprotocol/server',
    `${core}/a/mcp.ts`,
    'packages/mcp/src/mcp.ts',
  ),
  'a framework in a test of core': arrow(
    'ai',
    `${core}/a/ai.test.ts`,
    'packages/ai-sdk/src/ai.test.ts',
  ),
  'nodemailer outside transport/': arrow(
    'nodemailer',
    `${core}/dispatch/nm.ts`,
    `${core}/transport/nm.ts`,
  ),
  'nodemailer in inbound/': arrow('nodemailer', `${core}/inbound/nm.ts`, `${core}/compose/nm.ts`),
  'imapflow outside inbound/': arrow(
    'imapflow',
    `${core}/dispatch/imap.ts`,
    `${core}/inbound/imap.ts`,
  ),
  'pg outside storage/': arrow('pg', `${core}/dispatch/pg.ts`, `${core}/storage/pg.ts`),
  'better-sqlite3 outside storage/': arrow(
    'better-sqlite3',
    `${core}/a/lite.ts`,
    `${core}/storage/lite.ts`,
  ),
  'an adapter in another adapter': arrow(
    '@mailwarden/ai-sdk',
    'packages/mcp/src/ai.ts',
    'examples/demo/src/ai.ts',
  ),
  'the testing package in an adapter': arrow(
    '@mailwarden/testing',
    'packages/mcp/src/t.ts',
    'packages/mcp/src/t.test.ts',
  ),
  'another framework in an adapter': arrow(
    '@langchain/core',
    'packages/ai-sdk/src/lc.ts',
    'packages/langchain/src/lc2.ts',
  ),
  'a driver in an adapter': arrow('kysely', 'packages/cli/src/k.ts', `${core}/a/k.ts`),
  'a transport in an adapter': arrow(
    'nodemailer',
    'packages/server/src/nm.ts',
    `${core}/transport/nm2.ts`,
  ),
  'an adapter in the testing package': arrow(
    '@mailwarden/mcp',
    'packages/testing/src/a.ts',
    'examples/demo/src/mcp.ts',
  ),
  'a framework in the testing package': arrow(
    'ai',
    'packages/testing/src/ai.ts',
    'packages/ai-sdk/src/ai2.ts',
  ),
};

interface Diagnostic {
  readonly category: string;
  readonly message: string;
  readonly location: { readonly path: string };
}

let directory: string;
let diagnostics: readonly Diagnostic[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'mailwarden-lint-'));
  await cp(join(root, 'biome.json'), join(directory, 'biome.json'));
  await cp(join(root, '.ci/lint'), join(directory, '.ci/lint'), { recursive: true });
  await write('package.json', '{"name":"fixtures","private":true}');
  for (const name of ['core', 'ai-sdk', 'langchain', 'mcp', 'cli', 'testing']) {
    const manifest = `packages/${name}/package.json`;
    await mkdir(join(directory, dirname(manifest)), { recursive: true });
    await cp(join(root, manifest), join(directory, manifest));
  }
  await write(`${core}/a/later.ts`, 'export async function later(): Promise<void> {}\n');
  await write(`${core}/a/cycle-back.ts`, `import './cycle.ts';\n`);
  await write(
    `${core}/transport/transport.ts`,
    'export interface Transport { send(): Promise<void> }\n',
  );
  for (const { forbidden, allowed } of Object.values(cases)) {
    await write(forbidden.path, forbidden.code);
    await write(allowed.path, allowed.code);
  }
  diagnostics = await lint();
});

afterAll(() => rm(directory, { recursive: true, force: true }));

describe('the linter', () => {
  for (const [title, { rule, says, forbidden, allowed }] of Object.entries(cases)) {
    const reports = (fixture: Fixture): boolean =>
      diagnostics.some(
        (each) =>
          each.location.path === fixture.path &&
          each.category === rule &&
          each.message.includes(says ?? ''),
      );

    it(`reports ${title}`, () => {
      expect(reports(forbidden)).toBe(true);
    });
    it(`accepts the allowed twin of ${title}`, () => {
      expect(reports(allowed)).toBe(false);
    });
  }
});

async function write(path: string, code: string): Promise<void> {
  await mkdir(join(directory, dirname(path)), { recursive: true });
  await writeFile(join(directory, path), code);
}

/** Biome exits 1 when it finds something, so only output that is no report is a failure. */
async function lint(): Promise<readonly Diagnostic[]> {
  const biome = join(root, 'node_modules/.bin/biome');
  const flags = ['lint', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=json'];
  const output = await new Promise<string>((resolve) => {
    execFile(biome, flags, { cwd: directory, maxBuffer: 1 << 26 }, (_error, stdout) => {
      resolve(stdout);
    });
  });
  return (JSON.parse(output) as { diagnostics: Diagnostic[] }).diagnostics;
}
