import { readCsvRows } from '../../imports/read-csv.ts';
import { importFault, type SourceRow, toColumnName } from './source-row.ts';

/**
 * Reads separated text row by row; the first row names the columns. Throws `IMPORT_INVALID` for a
 * row that cannot be read: whom it names must not be written to.
 */
export async function* readCsv(chunks: AsyncIterable<string>): AsyncGenerator<SourceRow> {
  let header: readonly string[] | undefined;
  for await (const rows of readCsvRows(chunks)) {
    for (const row of rows) {
      if ('problem' in row) throw importFault(`Line ${row.line}: ${row.problem}`);
      if (header === undefined) header = row.fields.map(toColumnName);
      else yield { line: row.line, columns: toColumns(header, row.fields) };
    }
  }
}

function toColumns(
  header: readonly string[],
  fields: readonly string[],
): ReadonlyMap<string, string> {
  const columns = new Map<string, string>();
  for (const [at, field] of fields.entries()) {
    const name = header[at] ?? '';
    if (name !== '') columns.set(name, field.trim());
  }
  return columns;
}
