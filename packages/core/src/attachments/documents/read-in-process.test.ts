import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
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
    const pdf = makePdf({ pages: [page], filter: '/Filter /FlateDecode' });
    expect(await problemOf(pdf, { deadline: 300 })).toBe('too_costly');
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
});
