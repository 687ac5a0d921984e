import { describe, expect, it } from 'vitest';
import { readCsvRows } from './read-csv.ts';

async function read(text: string, size: number): Promise<string[]> {
  async function* pieces() {
    for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
  }
  const rows: string[] = [];
  for await (const some of readCsvRows(pieces())) {
    for (const row of some) {
      rows.push(
        `${row.line}: ${'problem' in row ? row.problem : row.fields.map((field) => JSON.stringify(field)).join(' ')}`,
      );
    }
  }
  return rows;
}

const NEVER = 'A quote is opened and never closed.';
const WRONG = 'A quote is opened and not closed in its field.';

describe.each([1, 2, 3, 7, 10_000])('readCsvRows in pieces of %d', (size) => {
  it.each([
    ['plain rows', 'a,b\n1,2\n', ['1: "a" "b"', '2: "1" "2"']],
    ['no line end at the end', 'a,b\n1,2', ['1: "a" "b"', '2: "1" "2"']],
    ['CRLF and blank lines', 'a,b\r\n\r\n1,2\r\n', ['1: "a" "b"', '3: "1" "2"']],
    ['semicolons', 'a;b;c,d\n1,5;2;3\n', ['1: "a" "b" "c,d"', '2: "1,5" "2" "3"']],
    ['tabs', 'a\tb\n1\t\n', ['1: "a" "b"', '2: "1" ""']],
    ['one column', 'email\nana@x\n', ['1: "email"', '2: "ana@x"']],
    [
      'quotes',
      'a,b\n"1,1","say ""hi"""\n"",x\n',
      ['1: "a" "b"', '2: "1,1" "say \\"hi\\""', '3: "" "x"'],
    ],
    [
      'a quote within a field',
      'a,b\n1,5" wide\n2,b\n',
      ['1: "a" "b"', '2: "1" "5\\" wide"', '3: "2" "b"'],
    ],
    [
      'line ends in quotes',
      'a,b\n1,"x\r\ny"\n2,z\n',
      ['1: "a" "b"', '2: "1" "x\\r\\ny"', '4: "2" "z"'],
    ],
    [
      'a quote that is never closed',
      'a,b\n1,"x\n2,y\n3,z\n',
      ['1: "a" "b"', `2: ${NEVER}`, '3: "2" "y"', '4: "3" "z"'],
    ],
    [
      'a quote that another row closes',
      'a,b\n1,"x\n2,y\n3,"z"\n4,w\n',
      ['1: "a" "b"', `2: ${WRONG}`, '3: "2" "y"', '4: "3" "z"', '5: "4" "w"'],
    ],
  ])('reads %s', async (_, text, rows) => {
    expect(await read(text, size)).toEqual(rows);
  });
});

describe('readCsvRows', () => {
  it('gives up an open quote after a hundred lines, and reads them all', async () => {
    const good = Array.from({ length: 300 }, (_, at) => `${at},x`);
    const rows = await read(`a,b\n0,"open\n${good.join('\n')}\n`, 64);
    expect(rows).toHaveLength(302);
    expect(rows[1]).toBe(`2: ${NEVER}`);
    expect(rows[301]).toBe('302: "299" "x"');
  });

  it('passes over a row above 1 MiB', async () => {
    const rows = await read(`a,b\n${'x'.repeat(1_048_577)},1\n2,3\n`, 65_536);
    expect(rows[1]).toContain('longer than');
    expect(rows[2]).toBe('3: "2" "3"');
  });
});
