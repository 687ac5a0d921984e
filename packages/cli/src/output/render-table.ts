import { cutToWidth, displayWidth } from './display-width.ts';
import type { Style, Tone } from './style.ts';

/** A column: its heading, and how it looks. */
export interface Column {
  readonly heading: string;
  readonly tone?: Tone;
  /** May be cut down to this many columns when the terminal is narrow. */
  readonly min?: number;
}

const GAP = 2;

/** Aligned text columns; with `width` the flexible ones share what there is. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  options: { readonly width: number | undefined; readonly style: Style },
): string {
  const widths = fitWidths(columns, rows, options.width);
  const line = (cells: readonly string[], paint: (text: string, at: number) => string) =>
    cells
      .map((cell, at) => pad(cell, widths[at] ?? 0, at === cells.length - 1, at, paint))
      .join(' '.repeat(GAP));
  const head = line(
    columns.map(({ heading }) => heading),
    (text) => options.style('soft', text),
  );
  const body = rows.map((row) =>
    line(row, (text, at) => {
      const tone = columns[at]?.tone;
      return tone === undefined ? text : options.style(tone, text);
    }),
  );
  return `${[head, ...body].join('\n')}\n`;
}

function pad(
  cell: string,
  width: number,
  last: boolean,
  at: number,
  paint: (text: string, at: number) => string,
): string {
  const text = cutToWidth(cell, width);
  const fill = last ? '' : ' '.repeat(width - displayWidth(text));
  return paint(text, at) + fill;
}

/** Takes from the widest flexible column until all fit. */
function fitWidths(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  limit: number | undefined,
): number[] {
  const widths = columns.map(({ heading }, at) =>
    Math.max(displayWidth(heading), ...rows.map((row) => displayWidth(row[at] ?? ''))),
  );
  if (limit === undefined) return widths;
  const gaps = GAP * (columns.length - 1);
  for (;;) {
    const excess = widths.reduce((sum, width) => sum + width, gaps) - limit;
    const widest = findWidest(columns, widths);
    if (excess <= 0 || widest === undefined) return widths;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
}

function findWidest(columns: readonly Column[], widths: readonly number[]): number | undefined {
  let widest: number | undefined;
  columns.forEach(({ min }, at) => {
    const width = widths[at] ?? 0;
    if (min === undefined || width <= min) return;
    if (widest === undefined || width > (widths[widest] ?? 0)) widest = at;
  });
  return widest;
}
