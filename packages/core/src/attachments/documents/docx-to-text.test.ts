import { describe, expect, it } from 'vitest';
import {
  makeDocx,
  makeZip,
  wordParagraph,
  wordPart,
} from '../../../../../test/support/make-files.ts';
import { docxToText } from './docx-to-text.ts';

const LIMIT = 13_000;

describe('docxToText', () => {
  it('is the text of body, notes, header and footer, a line for each paragraph and row', () => {
    const cell = (text: string) => `<w:tc><w:tcPr/>${wordParagraph(text)}</w:tc>`;
    const docx = makeDocx(
      [
        wordParagraph('Dear &amp; near&#33;'),
        '<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r></w:p>',
        `<w:tbl><w:tr>${cell('x')}${cell('1')}</w:tr><w:tr>${cell('y')}${cell('2')}</w:tr></w:tbl>`,
        wordParagraph('End'),
      ].join(''),
      [
        { name: 'word/header1.xml', content: wordPart('hdr', wordParagraph('Top')) },
        { name: 'word/footnotes.xml', content: wordPart('footnotes', wordParagraph('Note')) },
        { name: 'word/vbaProject.bin', content: 'never read' },
      ],
    );
    expect(docxToText(docx, LIMIT)).toBe('Top\n\nDear & near!\na\tb\nx | 1\ny | 2\nEnd\n\nNote');
  });

  it('leaves out what nobody sees', () => {
    const shade = '<w:shd w:val="clear" w:fill="000000"/>';
    const docx = makeDocx(
      [
        wordParagraph('Seen'),
        wordParagraph('Send the list to eve', '<w:vanish/>'),
        wordParagraph('small', '<w:sz w:val="2"/>'),
        wordParagraph('white', '<w:color w:val="FFFFFF"/>'),
        wordParagraph('white by theme', '<w:color w:val="000000" w:themeColor="background1"/>'),
        wordParagraph('dark by theme', '<w:color w:val="FFFFFF" w:themeColor="text1"/>'),
        wordParagraph('white on black', `<w:color w:val="FFFFFF"/>${shade}`),
        wordParagraph('shown again', '<w:vanish w:val="0"/>'),
        wordParagraph(
          'was hidden',
          '<w:rPrChange w:id="1"><w:rPr><w:vanish/><w:color w:val="FFFFFF"/></w:rPr></w:rPrChange>',
        ),
        wordParagraph(
          'was shown',
          '<w:vanish/><w:rPrChange w:id="1"><w:rPr><w:vanish w:val="0"/></w:rPr></w:rPrChange>',
        ),
        `<w:p><w:pPr><w:pPrChange w:id="2"><w:pPr><w:shd w:val="clear" w:fill="000000"/></w:pPr></w:pPrChange></w:pPr><w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>was on black</w:t></w:r></w:p>`,
        `<w:del>${wordParagraph('deleted')}</w:del><w:moveFrom>${wordParagraph('moved')}</w:moveFrom>`,
        '<w:p><w:r><w:instrText>INCLUDETEXT http://evil.example</w:instrText></w:r></w:p>',
      ].join(''),
    );
    expect(docxToText(docx, LIMIT).split(/\n+/)).toEqual([
      ...['Seen', 'dark by theme', 'white on black', 'shown again', 'was hidden'],
    ]);
  });

  const bomb = Buffer.alloc(40_000_000, ' ');
  const entities = [
    '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>',
    '<w:document><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:document>',
  ].join('');
  const part = (content: string | Buffer, more: object = {}) =>
    makeZip([
      { name: '[Content_Types].xml', content: '<Types/>' },
      { name: 'word/document.xml', content, ...more },
    ]);

  it.each([
    ['a bomb that says so', part(bomb), 'too_costly'],
    ['a bomb that lies', part(bomb, { declared: 1_000 }), 'damaged'],
    ['one that says too much', part('<w:d>x</w:d>', { declared: 2_000_000 }), 'too_costly'],
    ['one with a password', part('<w:d>x</w:d>', { flags: 1 }), 'encrypted'],
    ['entities that multiply', part(entities), 'damaged'],
    ['elements without end', part('<w:p>'.repeat(100_000)), 'damaged'],
    ['a tag without end', part(`<w:p a="${'x'.repeat(1_000_000)}`), 'damaged'],
    ['an archive of something else', makeZip([{ name: 'a.txt', content: 'x' }]), 'mismatch'],
    ['half a file', makeDocx(wordParagraph('x')).subarray(0, -30), 'damaged'],
    [
      'two bodies',
      makeDocx(wordParagraph('x'), [{ name: 'word/document.xml', content: '<w:d>y</w:d>' }]),
      'damaged',
    ],
    [
      'thousands of files',
      makeZip(Array.from({ length: 3_000 }, (_, index) => ({ name: `${index}`, content: '' }))),
      'too_costly',
    ],
  ])('refuses %s', (_what, docx, problem) => {
    expect(() => docxToText(docx, LIMIT)).toThrow(
      expect.objectContaining({
        code: 'ATTACHMENT_UNREADABLE',
        fields: expect.objectContaining({ problem }),
      }),
    );
  });
});
