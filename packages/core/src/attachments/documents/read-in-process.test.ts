import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { describe, expect, it, vi } from 'vitest';
import { makePdf, pdfPage } from '../../../../../test/support/make-files.ts';
import { type ProcessLimits, readInProcess } from './read-in-process.ts';

describe('readInProcess', () => {
  const read = (bytes: Buffer, limits: ProcessLimits = {}) =>
    readInProcess(
      { kind: 'pdf', bytes, isCut: false, limit: 1_000_000 },
      { deadline: 30_000, ...limits },
    );

  async function problemOf(bytes: Buffer, limits: ProcessLimits = {}): Promise<unknown> {
    const error: unknown = await read(bytes, limits).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'ATTACHMENT_UNREADABLE' });
    return (error as { fields: { problem: string } }).fields.problem;
  }

  it('refuses a page that unpacks to a thousand times its size', async () => {
    const page = Buffer.concat([Buffer.from(pdfPage('x')), Buffer.alloc(160_000_000, ' ')]);
    const pdf = makePdf({
      pages: [deflateSync(page, { level: 1 })],
      filter: '/Filter /FlateDecode',
    });
    expect(await problemOf(pdf)).toBe('too_costly');
  });

  it('ends a reader that takes too long', async () => {
    const page = deflateSync(`BT /F1 12 Tf ${'(aaaaaaaa) Tj 1 0 Td '.repeat(500_000)} ET`);
    const pdf = makePdf({ pages: Array(40).fill(page), filter: '/Filter /FlateDecode' });
    // On a busy machine it takes a while to start.
    for (const deadline of [1_000, 4_000, 16_000]) {
      const error: unknown = await read(pdf, { deadline }).catch((thrown: unknown) => thrown);
      if ((error as { code: string }).code === 'ATTACHMENT_READER_FAILED') continue;
      const detail = `Reading it takes more than ${deadline / 1_000} seconds.`;
      expect(error).toMatchObject({ fields: { problem: 'too_costly', detail } });
      return;
    }
    expect.fail('No reader started.');
  }, 60_000);

  it('tells a file that takes too long from a reader that has not started', async () => {
    const pdf = makePdf({ pages: [pdfPage('x')] });
    await expect(read(pdf, { deadline: 1 })).rejects.toMatchObject({
      code: 'ATTACHMENT_READER_FAILED',
    });
  });

  it('outlives a reader that needs too much memory', async () => {
    const page = deflateSync(`BT /F1 12 Tf [${'(a) 1 '.repeat(1_000_000)}] TJ ET`);
    const pdf = makePdf({ pages: [page], filter: '/Filter /FlateDecode' });
    expect(await problemOf(pdf, { heapMegabytes: 24 })).toBe('too_costly');
  });

  it('outlives a reader that V8 aborts for one allocation', async () => {
    const page = deflateSync(`BT /F1 12 Tf (${'a'.repeat(8_000_000)}) Tj ET`, { level: 1 });
    const pdf = makePdf({ pages: [page], filter: '/Filter /FlateDecode' });
    expect(await problemOf(pdf, { heapMegabytes: 32 })).toBe('too_costly');
  });

  it('tells a reader that cannot start from a file that cannot be read', async () => {
    const pdf = makePdf({ pages: [pdfPage('x')] });
    await expect(read(pdf, { heapMegabytes: Number.NaN })).rejects.toMatchObject({
      code: 'ATTACHMENT_READER_FAILED',
    });
  });

  it('reads some at a time, each in its turn', async () => {
    const pdf = (index: number) => makePdf({ pages: [pdfPage(`Number ${index}`)] });
    const texts = await Promise.all([0, 1, 2, 3].map((index) => read(pdf(index))));
    expect(texts.map(({ text }) => text)).toEqual([0, 1, 2, 3].map((index) => `Number ${index}`));
  });

  it('leaves no reader behind when this process is killed while it reads', async () => {
    const script = new URL('../../../../../test/support/reading-parent.ts', import.meta.url);
    const stdio = ['ignore', 'pipe', 'ignore'] as const;
    const parent = spawn(process.execPath, [fileURLToPath(script)], { stdio: [...stdio] });
    const said = await new Promise<string>((resolve) => {
      parent.stdout?.once('data', (data: Buffer) => resolve(data.toString()));
    });
    const reader = Number(said);
    expect(isRunning(reader)).toBe(true);
    if (process.platform === 'linux') {
      expect(readFileSync(`/proc/${reader}/limits`, 'utf8')).toMatch(/^Max cpu time\s+2\s/m);
    }
    parent.kill('SIGKILL');
    await vi.waitFor(() => expect(isRunning(reader)).toBe(false), { timeout: 60_000 });
  }, 90_000);
});

/** One that has ended counts as such while nobody has taken its exit code. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return true;
  }
}
