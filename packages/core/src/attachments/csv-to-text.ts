import { type BrokenRow, type CsvRow, readCsvRows } from '../imports/read-csv.ts';

/** UTF-16 units of one field; a model needs no more of a cell. */
const MAX_FIELD = 2_000;
/** Fields of one row. */
const MAX_FIELDS = 200;
/** Units that are given to the reader at a time. */
const PIECE = 65_536;

/** A table as one line per row, fields set apart by ` | `; at most `limit` units, and a row more. */
export async function csvToText(text: string, limit: number): Promise<string> {
  const lines: string[] = [];
  let length = 0;
  for await (const rows of readCsvRows(pieces(text))) {
    for (const row of rows) {
      const line = toLine(row);
      lines.push(line);
      length += line.length + 1;
      if (length > limit) return lines.join('\n');
    }
  }
  return lines.join('\n');
}

async function* pieces(text: string): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += PIECE) yield text.slice(at, at + PIECE);
}

function toLine(row: CsvRow | BrokenRow): string {
  if ('problem' in row) return `(line ${row.line}: ${row.problem})`;
  const fields = row.fields.slice(0, MAX_FIELDS).map(toField);
  const more = row.fields.length - fields.length;
  return [...fields, ...(more > 0 ? [`(${more} more fields)`] : [])].join(' | ');
}

function toField(field: string): string {
  return field.slice(0, MAX_FIELD).toWellFormed().replace(/\s+/g, ' ').trim();
}
