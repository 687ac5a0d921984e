import type { MarkdownTable, ShownLine } from './markdown-line.ts';

/** More columns than a person reads. */
const MAX_COLUMNS = 30;

/** The rows of a table, and the line after it. */
export interface ComposedTable {
  readonly rows: readonly string[];
  readonly next: number;
}

/**
 * The table that begins at a line, a row a line; `undefined` where there is none, or one that lays
 * out a page: with a table in it, with one row or column, or with more in a cell than a line.
 */
export function composeTable(lines: readonly ShownLine[], at: number): ComposedTable | undefined {
  const table = lines[at]?.cell?.table;
  if (table === undefined || table.isLayout) return undefined;
  const rows = readRows(lines, at, table);
  if (rows === undefined || rows.cells.size < 2) {
    // It is not looked at again for each of its lines.
    table.isLayout = true;
    return undefined;
  }
  const columns = Array.from({ length: table.columns }, (_, index) => index + 1);
  const [head = '', ...others] = [...rows.cells.values()].map((row) =>
    toRow(columns.map((column) => row.get(column) ?? '')),
  );
  return { rows: [head, toRow(columns.map(() => '---')), ...others], next: rows.next };
}

interface Rows {
  readonly cells: ReadonlyMap<number, ReadonlyMap<number, string>>;
  readonly next: number;
}

function readRows(
  lines: readonly ShownLine[],
  from: number,
  table: MarkdownTable,
): Rows | undefined {
  if (table.columns < 2 || table.columns > MAX_COLUMNS) return undefined;
  const cells = new Map<number, Map<number, string>>();
  const depth = lines[from]?.depth;
  let at = from;
  for (; at < lines.length; at += 1) {
    const line = lines[at];
    if (line?.cell?.table !== table) break;
    const { row, column } = line.cell;
    const words = [...line.above, line.inline].join(' ').trim();
    if (words === '') continue;
    const found = cells.get(row) ?? new Map<number, string>();
    if (found.has(column) || !isCell(line) || line.depth !== depth) return undefined;
    cells.set(row, found.set(column, words.replace(/\s+/g, ' ').replaceAll('|', '\\|')));
  }
  return { cells, next: at };
}

function isCell({ heading, indent, marker }: ShownLine): boolean {
  return heading === 0 && indent === '' && marker === '';
}

function toRow(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
