/** One row of a CSV file. */
export interface CsvRow {
  /** From 1, where the row begins. */
  readonly line: number;
  readonly fields: readonly string[];
}

/** A row that cannot be read; the next one begins on the line after it. */
export interface BrokenRow {
  readonly line: number;
  /** What is wrong with it; a sentence. */
  readonly problem: string;
}

/** UTF-16 units of one row; above it a quote was left open in most cases. */
export const MAX_ROW = 1_048_576;
/** Lines of one row; a note in a quoted field may have a few. */
const MAX_LINES = 100;
const SEPARATORS = [',', ';', '\t', '|'] as const;

/**
 * Reads comma, semicolon, tab or bar separated text (RFC 4180), some rows at a time; the first row
 * decides which. A quote that is never closed spoils its own line only: what was swallowed after it
 * is read again. Quotes inside an unquoted field stand for themselves.
 */
export async function* readCsvRows(
  chunks: AsyncIterable<string>,
): AsyncGenerator<readonly (CsvRow | BrokenRow)[]> {
  const scanner = new RowScanner();
  for await (const chunk of chunks) yield scanner.push(chunk, false);
  yield scanner.push('', true);
}

/** What a scan from the beginning of a row found. */
interface Scanned {
  readonly fields: readonly string[];
  /** Where the next row begins. */
  readonly next: number;
  readonly lines: number;
  readonly problem?: string;
}

class RowScanner {
  #text = '';
  #line = 1;
  #separator: string | undefined;
  /** Fields of the first row. */
  #width = 0;

  push(chunk: string, isLast: boolean): readonly (CsvRow | BrokenRow)[] {
    this.#text += chunk;
    const rows: (CsvRow | BrokenRow)[] = [];
    let at = 0;
    while (at < this.#text.length) {
      const row = this.#scan(at, isLast);
      if (row === undefined) break;
      if (row.problem !== undefined) rows.push({ line: this.#line, problem: row.problem });
      else if (row.fields.length > 1 || row.fields[0]?.trim() !== '') {
        this.#width ||= row.fields.length;
        rows.push({ line: this.#line, fields: row.fields });
      }
      at = row.next;
      this.#line += row.lines;
    }
    this.#text = this.#text.slice(at);
    return rows;
  }

  /** `undefined`: the row goes on in the next chunk. */
  #scan(at: number, isLast: boolean): Scanned | undefined {
    const text = this.#text;
    const end = text.indexOf('\n', at);
    if (end < 0 && !isLast && text.length - at <= MAX_ROW) return undefined;
    const stop = end < 0 ? text.length : end;
    const line = text.slice(at, text[stop - 1] === '\r' ? stop - 1 : stop);
    this.#separator ??= findSeparator(line);
    const next = Math.min(stop + 1, text.length);
    const plain = { next, lines: 1 };
    if (line.length > MAX_ROW) {
      return { ...plain, fields: [], problem: `The row is longer than ${MAX_ROW} characters.` };
    }
    if (!line.includes('"')) return { ...plain, fields: line.split(this.#separator) };
    const quoted = scanQuoted(text, at, this.#separator, isLast);
    if (quoted === 'open') {
      const lines = countLines(text, at, text.length);
      if (!isLast && text.length - at <= MAX_ROW && lines <= MAX_LINES) return undefined;
      return { ...plain, fields: [], problem: 'A quote is opened and never closed.' };
    }
    return this.#judge(quoted, plain);
  }

  /** A quote that was closed by another row's quote leaves a row of the wrong shape. */
  #judge(quoted: QuotedRow, plain: Pick<Scanned, 'next' | 'lines'>): Scanned {
    const { fields, next, lines, dirty } = quoted;
    const odd = this.#width > 0 && fields.length !== this.#width;
    if (lines > MAX_LINES || (lines > 1 && (dirty || odd))) {
      return { ...plain, fields: [], problem: 'A quote is opened and not closed in its field.' };
    }
    return { fields, next, lines };
  }
}

interface QuotedRow {
  readonly fields: readonly string[];
  readonly next: number;
  readonly lines: number;
  /** Something stands between a closing quote and the separator. */
  readonly dirty: boolean;
}

function scanQuoted(
  text: string,
  from: number,
  separator: string,
  isLast: boolean,
): QuotedRow | 'open' {
  const fields: string[] = [];
  let at = from;
  let dirty = false;
  for (;;) {
    let field = '';
    if (text[at] === '"') {
      const close = findClose(text, at + 1);
      if (close < 0) return 'open';
      field = text.slice(at + 1, close).replaceAll('""', '"');
      at = close + 1;
    }
    const stop = findStop(text, at, separator);
    // The next chunk may begin with the second of two quotes, or go on with the field.
    if (stop === text.length && !isLast) return 'open';
    const isEnd = text[stop] !== separator;
    const rest = isEnd ? text.slice(at, stop).replace(/\r$/, '') : text.slice(at, stop);
    dirty ||= field !== '' && rest.trim() !== '';
    fields.push(field + rest);
    at = stop + 1;
    if (!isEnd) continue;
    const next = Math.min(at, text.length);
    return { fields, next, lines: countLines(text, from, next), dirty };
  }
}

/** Of the quote that ends the field; two in a row are one that does not. */
function findClose(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at >= 0 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}

/** The next separator, line end or end of text. */
function findStop(text: string, from: number, separator: string): number {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === separator || text[at] === '\n') return at;
  }
  return text.length;
}

function countLines(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) {
    lines += 1;
  }
  return lines;
}

/** The one that the first row has most of. */
function findSeparator(line: string): string {
  const outside = line.replace(/"[^"]*"/g, '');
  const count = (separator: string) => outside.split(separator).length;
  return SEPARATORS.toSorted((a, b) => count(b) - count(a))[0] ?? ',';
}
