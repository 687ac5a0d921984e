/** A line of an HTML document as Markdown, with the block that it stands in. */
export interface MarkdownLine {
  /** Pictures that stood above it, on lines of their own. */
  readonly above: readonly string[];
  /** Without the marks of its block; of preformatted text several lines. */
  readonly inline: string;
  /** 1 to 6 in a heading, else 0. */
  readonly heading: number;
  /** Spaces before it, and the mark of an item that begins here. */
  readonly indent: string;
  readonly marker: string;
  readonly cell: TableCell | undefined;
}

/** A line of a document that is shown. */
export interface ShownLine extends MarkdownLine {
  /** How many quotations it stands in. */
  readonly depth: number;
}

/** Where in a table a line stands. */
export interface TableCell {
  readonly table: MarkdownTable;
  readonly row: number;
  readonly column: number;
}

/** A table as far as it was read. */
export interface MarkdownTable {
  /** It holds another one: its cells lay a page out. */
  isLayout: boolean;
  rows: number;
  columns: number;
}
