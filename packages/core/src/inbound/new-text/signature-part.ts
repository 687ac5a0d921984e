import type { LineKind } from './classify-lines.ts';

/** Lines between two quotations, in which a signature is looked for. */
export interface Part {
  readonly lines: readonly string[];
  readonly kinds: LineKind[];
  /** Index of its first line and of the line after its last. */
  readonly from: number;
  readonly to: number;
  /** Index of its first line of text; before it when there was text above; `to` without any. */
  readonly firstText: number;
}

/** Returns where the signature begins, which is where the rest ends. */
export function mark({ kinds }: Part, from: number, to: number): number {
  kinds.fill('signature', from, to);
  return from;
}

/** Index of the line above, over empty ones. */
export function textAbove({ from, kinds }: Part, below: number): number {
  let above = below - 1;
  while (above > from && kinds[above] === 'blank') above--;
  return above;
}

/** Whether there is text above the line. */
export function hasText({ firstText }: Part, before: number): boolean {
  return firstText < before;
}
