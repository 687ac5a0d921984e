import { importFault, MAX_ROW, type SourceRow, toColumnName } from './source-row.ts';

/**
 * Reads comma or semicolon separated text (RFC 4180) row by row; the first row names the columns.
 * Throws `IMPORT_INVALID` for a row above 1 MiB, which is an open quote in most cases.
 */
export async function* readCsv(chunks: AsyncIterable<string>): AsyncGenerator<SourceRow> {
  let header: readonly string[] | undefined;
  for await (const { line, fields } of readFields(chunks)) {
    if (header === undefined) {
      header = fields.map(toColumnName);
      continue;
    }
    const names = header;
    yield {
      line,
      columns: new Map(fields.flatMap((field, at) => toColumn(names[at], field))),
    };
  }
}

function toColumn(name: string | undefined, field: string): [string, string][] {
  return name === undefined || name === '' ? [] : [[name, field.trim()]];
}

interface Fields {
  readonly line: number;
  readonly fields: readonly string[];
}

async function* readFields(chunks: AsyncIterable<string>): AsyncGenerator<Fields> {
  const parser = new CsvParser();
  for await (const chunk of chunks) yield* parser.push(chunk);
  yield* parser.end();
}

class CsvParser {
  #field = '';
  #fields: string[] = [];
  #size = 0;
  #line = 1;
  #began = 1;
  #quoted = false;
  /** The last character was a quote inside quotes: the end, or the first of two. */
  #closing = false;
  #separator: string | undefined;

  *push(text: string): Generator<Fields> {
    for (const char of text) {
      this.#size += 1;
      if (this.#size > MAX_ROW) throw importFault(`The row at line ${this.#began} has no end.`);
      if (char === '\n') this.#line += 1;
      if (this.#quoted) this.#inQuotes(char);
      else if (char === '"' && this.#closing) this.#reopen();
      else if (char === '"' && this.#field === '') this.#quoted = true;
      else if (this.#isSeparator(char)) this.#endField();
      else if (char === '\n') yield* this.#endRow();
      else if (char !== '\r') this.#field += char;
      if (!this.#quoted && char !== '"') this.#closing = false;
    }
  }

  *end(): Generator<Fields> {
    if (this.#quoted) throw importFault(`The row at line ${this.#began} has an open quote.`);
    yield* this.#endRow();
  }

  #inQuotes(char: string): void {
    if (char === '"') {
      this.#quoted = false;
      this.#closing = true;
    } else this.#field += char;
  }

  #reopen(): void {
    this.#field += '"';
    this.#quoted = true;
    this.#closing = false;
  }

  /** The header decides: the first of the two that it has. */
  #isSeparator(char: string): boolean {
    if (this.#separator !== undefined) return char === this.#separator;
    if (char !== ',' && char !== ';' && char !== '\t') return false;
    this.#separator = char;
    return true;
  }

  #endField(): void {
    this.#fields.push(this.#field);
    this.#field = '';
    this.#closing = false;
  }

  *#endRow(): Generator<Fields> {
    this.#endField();
    const fields = this.#fields;
    const line = this.#began;
    this.#fields = [];
    this.#size = 0;
    this.#began = this.#line;
    if (fields.length > 1 || fields[0]?.trim() !== '') yield { line, fields };
  }
}
