import { boundRows } from './bound-rows.ts';
import { fenceText } from './fence-text.ts';
import { FRAME, MAX_TEXT } from './limits.ts';

/** One page of a list. */
export interface RowPage {
  readonly lead: string;
  readonly rows: readonly string[];
  readonly cursor: string | undefined;
}

/**
 * A list for the model: whole rows only. Rows that do not fit are on no later page, so the closing
 * line asks for this page again with a smaller limit.
 */
export function renderRows({ lead, rows, cursor }: RowPage): string {
  if (rows.length === 0) return lead;
  const kept = boundRows(rows, MAX_TEXT - FRAME - lead.length);
  return [lead, fenceText(kept.join('\n')), ...closing(rows.length, kept.length, cursor)].join(
    '\n',
  );
}

function closing(all: number, shown: number, cursor: string | undefined): readonly string[] {
  if (shown < all) {
    return [
      `${all - shown} rows of this page did not fit. Make the same call with limit ${Math.max(1, shown)}.`,
    ];
  }
  return cursor === undefined ? [] : [`More: make the same call with cursor ${cursor}`];
}
