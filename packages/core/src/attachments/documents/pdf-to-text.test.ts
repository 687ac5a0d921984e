import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { makePdf, pdfPage } from '../../../../../test/support/make-files.ts';
import { pdfToText } from './pdf-to-text.ts';

const LIMIT = 13_000;

describe('pdfToText', () => {
  async function expectProblem(pdf: Buffer, problem: string): Promise<void> {
    await expect(pdfToText(pdf, LIMIT)).rejects.toMatchObject({
      code: 'ATTACHMENT_UNREADABLE',
      fields: { problem },
    });
  }

  it('is the text of its pages', async () => {
    const pdf = makePdf({ pages: [pdfPage('First line', 'Second'), pdfPage('Page two')] });
    expect(await pdfToText(pdf, LIMIT)).toMatchObject({
      text: '(page 1)\nFirst line\nSecond\n\n(page 2)\nPage two',
      hasMore: false,
      isCut: false,
    });
  });

  it('stops when there is enough, and goes on with the same text', async () => {
    const pages = Array.from({ length: 40 }, (_, page) =>
      pdfPage(...Array.from({ length: 40 }, (_, line) => `Line ${line} of page ${page} as it is`)),
    );
    const pdf = makePdf({
      pages: pages.map((page) => deflateSync(page)),
      filter: '/Filter /FlateDecode',
    });
    const some = await pdfToText(pdf, 2_000);
    const all = await pdfToText(pdf, 1_000_000);
    expect(some.hasMore).toBe(true);
    expect(some.text.length).toBeLessThan(10_000);
    expect(all.text.startsWith(some.text)).toBe(true);
    expect(all.text).toContain('Line 39 of page 39');
    expect(all.hasMore).toBe(false);
  });

  it('leaves out text of no size and outside of the page', async () => {
    const page = [
      'BT /F1 12 Tf 72 720 Td (Seen) Tj ET',
      'BT /F1 0.1 Tf 72 600 Td (tiny) Tj ET',
      'BT /F1 0 Tf 72 600 Td (zero) Tj ET',
      'BT /F1 12 Tf 0 0 0 0 72 600 Tm (nothing) Tj ET',
      'BT /F1 12 Tf 1 0 0 0 72 600 Tm (flat) Tj ET',
      'BT /F1 12 Tf 0 Tz 72 600 Td (narrow) Tj ET 100 Tz',
      'q 0 0 0 0 72 600 cm BT /F1 12 Tf (gone) Tj ET Q',
      'BT /F1 12 Tf 2000 600 Td (outside) Tj ET',
      'BT /F1 12 Tf 72 -400 Td (below) Tj ET',
    ].join('\n');
    expect((await pdfToText(makePdf({ pages: [page] }), LIMIT)).text).toBe('Seen');
  });

  it('has what is drawn sideways, in small words, and invisibly over a scanned page', async () => {
    const page = [
      'BT /F1 12 Tf 72 720 Td [(One) -2000 (two)] TJ ET',
      'BT /F1 2 Tf 72 700 Td (small) Tj ET',
      'BT /F1 12 Tf 0 1 -1 0 72 500 Tm (sideways) Tj ET',
      'BT 3 Tr /F1 12 Tf 72 400 Td (scanned) Tj ET',
    ].join('\n');
    const { text } = await pdfToText(makePdf({ pages: [page] }), LIMIT);
    expect(text.split(/\s+/)).toEqual(['One', 'two', 'small', 'sideways', 'scanned']);
  });

  it.each([
    ['0.001 0 0 0.001 0 0', '0 -200 1000 800', 12],
    ['0.01 0 0 -0.01 0 0', '0 0 0 0', 12],
    ['1 0 0 1 0 0', '0 0 0 0', 1],
    ['1 0 0 1 0 0', '0 0 10 10', 0.5],
  ])('has words in letters that the file draws itself (%s, %s)', async (matrix, box, size) => {
    const widths = Array(34).fill(0.5).join(' ');
    const font = [
      `<< /Type /Font /Subtype /Type3 /FontBBox [${box}] /FontMatrix [${matrix}]`,
      '/CharProcs << /H 5 0 R /i 5 0 R >> /Encoding << /Type /Encoding /Differences [72 /H 105 /i] >>',
      `/FirstChar 72 /LastChar 105 /Widths [${widths}] >>`,
    ].join(' ');
    const pdf = makePdf({ font, pages: [`BT /F1 ${size} Tf 72 720 Td (Hi) Tj ET`] });
    expect((await pdfToText(pdf, LIMIT)).text).toBe('Hi');
  });

  it('runs and fetches nothing that it brings', async () => {
    const catalog =
      '/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> /AA << /WC << /S /Launch /F (calc.exe) >> >>';
    expect((await pdfToText(makePdf({ pages: [pdfPage('Hi')], catalog }), LIMIT)).text).toBe('Hi');
  });

  it('refuses one with a password', async () => {
    const hex = 'a1'.repeat(32);
    const trailer = `/ID [<${hex}> <${hex}>] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <${hex}> /U <${hex}> >>`;
    await expectProblem(makePdf({ pages: [pdfPage('x')], trailer }), 'encrypted');
  });

  it('refuses what is damaged', async () => {
    await expectProblem(Buffer.from('%PDF-1.7\nnothing more'), 'damaged');
  });

  it('ends with a page tree that goes round, or says that it has a billion pages', async () => {
    const round = makePdf({ pages: [pdfPage('x')], kids: '2 0 R 2 0 R' });
    await expectProblem(round, 'damaged');
    const many = makePdf({ pages: [pdfPage('One page')], count: 1_000_000_000 });
    expect((await pdfToText(many, LIMIT)).text).toContain('One page');
  });
});
