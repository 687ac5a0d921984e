import { describe, expect, it } from 'vitest';
import { cutToWidth, displayWidth } from './display-width.ts';
import { renderTable } from './render-table.ts';

const plain = (_: string, text: string) => text;
const columns = [{ heading: 'ID' }, { heading: 'SUBJECT', min: 6 }, { heading: 'WHY', min: 4 }];

describe('renderTable', () => {
  it('aligns columns, wide characters included', () => {
    const rows = [
      ['1', '見積もり', 'a'],
      ['22', 'Quote', 'b'],
    ];
    expect(renderTable(columns, rows, { width: undefined, style: plain })).toBe(
      'ID  SUBJECT   WHY\n1   見積もり  a\n22  Quote     b\n',
    );
  });

  it('cuts the widest flexible columns to the terminal', () => {
    const rows = [['1', 'We would love to have you back', 'MODE_REQUIRES_APPROVAL']];
    const table = renderTable(columns, rows, { width: 30, style: plain });
    expect(displayWidth(table.split('\n')[1] ?? '')).toBe(30);
    expect(table).toContain('…');
  });

  it('stops cutting at the smallest useful width', () => {
    const rows = [['1', 'We would love to', 'MODE_REQUIRES']];
    const lines = renderTable(columns, rows, { width: 3, style: plain }).split('\n');
    expect(lines[1]).toBe('1   We wo…  MOD…');
  });
});

describe('cutToWidth', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['見積もり', 5, '見積…'],
    ['見積もり', 4, '見…'],
    ['', 0, ''],
  ])('cuts %j to %i as %j', (text, width, cut) => {
    expect(cutToWidth(text, width)).toBe(cut);
  });
});
