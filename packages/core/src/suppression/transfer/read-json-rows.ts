import { MAX_ROW } from '../../imports/read-csv.ts';
import { importFault, type SourceRow, toColumnName } from './source-row.ts';

/** Lists inside an answer of an API; the objects in them are the rows. */
const WRAPPERS: readonly string[] = ['SuppressedDestinationSummaries', 'results'];

/**
 * Reads JSON row by row: one object per line, an array of objects, or an API's answer around one.
 * Throws `IMPORT_INVALID` where it is no JSON, or for a row above 1 MiB.
 */
export async function* readJsonRows(chunks: AsyncIterable<string>): AsyncGenerator<SourceRow> {
  const scanner = new Scanner();
  for await (const chunk of chunks) yield* scanner.push(chunk);
  scanner.end();
}

/** Finds where objects begin and end; what is in them is JSON.parse's business. */
class Scanner {
  #text = '';
  #began = 1;
  #line = 1;
  #stack: string[] = [];
  /** Depth of the stack at which the row that is being read began. */
  #row: number | undefined;
  #inString = false;
  #escaped = false;
  #string = '';

  *push(chunk: string): Generator<SourceRow> {
    for (const char of chunk) {
      if (char === '\n') this.#line += 1;
      if (this.#row !== undefined) this.#text += char;
      if (this.#text.length > MAX_ROW)
        throw importFault(`The row at line ${this.#began} is too long.`);
      if (this.#inString) this.#readString(char);
      else yield* this.#readStructure(char);
    }
  }

  end(): void {
    if (this.#stack.length > 0) throw importFault('The file ends inside a row or a list.');
  }

  #readString(char: string): void {
    if (this.#escaped) this.#escaped = false;
    else if (char === '\\') this.#escaped = true;
    else if (char === '"') {
      this.#inString = false;
      return;
    }
    if (this.#string.length < 64) this.#string += char;
  }

  *#readStructure(char: string): Generator<SourceRow> {
    if (char === '"') {
      this.#inString = true;
      this.#string = '';
    } else if (char === '[') {
      // The row was no row but what is around the rows.
      if (WRAPPERS.includes(this.#string)) this.#row = undefined;
      if (this.#row === undefined) this.#text = '';
      this.#stack.push(char);
    } else if (char === '{') {
      this.#open();
    } else if (char === '}' || char === ']') {
      yield* this.#close(char);
    }
  }

  #open(): void {
    if (this.#row === undefined) {
      this.#row = this.#stack.length;
      this.#began = this.#line;
      this.#text = '{';
    }
    this.#stack.push('{');
  }

  *#close(char: string): Generator<SourceRow> {
    const opened = this.#stack.pop();
    if (opened !== (char === '}' ? '{' : '[')) throw importFault(`Line ${this.#line} is no JSON.`);
    if (this.#row !== this.#stack.length || char !== '}') return;
    const text = this.#text;
    this.#row = undefined;
    this.#text = '';
    yield { line: this.#began, columns: toColumns(text, this.#began) };
  }
}

function toColumns(text: string, line: number): ReadonlyMap<string, string> {
  let row: object;
  try {
    row = JSON.parse(text) as object;
  } catch {
    throw importFault(`The row at line ${line} is no JSON.`);
  }
  return new Map(
    Object.entries(row).flatMap(([name, value]) =>
      ['string', 'number', 'boolean'].includes(typeof value)
        ? [[toColumnName(name), String(value).trim()] as const]
        : [],
    ),
  );
}
