/** Words or a picture of one line, and how they look. */
export interface MarkdownRun {
  /** Characters, not yet escaped; of a picture what stands in its place. */
  readonly text: string;
  readonly isPicture: boolean;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly strike: boolean;
  /** The link that it is a part of. Two links may lead to one place. */
  readonly link: MarkdownLink | undefined;
}

/** A link of the HTML. */
export interface MarkdownLink {
  /** See `toLinkTarget`. */
  readonly target: string;
}
