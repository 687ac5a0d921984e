import { decodeCharacterReferences } from '../../compose/character-references.ts';
import { readAttributes } from '../hidden/read-attributes.ts';
import { MarkedLines } from '../new-text/marked-lines.ts';
import { BlockContext } from './block-context.ts';
import { toLinkTarget } from './link-target.ts';
import type { MarkdownLine } from './markdown-line.ts';
import type { MarkdownLink, MarkdownRun } from './markdown-run.ts';
import { toPictureText } from './picture-text.ts';
import { renderRuns } from './render-runs.ts';
import { stripUnseen } from './strip-unseen.ts';

/** Characters of Markdown that are made of one document; a link around a page repeats its target. */
const MAX_MARKDOWN = 2_000_000;

type Style = 'bold' | 'italic' | 'strike';
const STYLES: ReadonlyMap<string, Style> = new Map([
  ...(['b', 'strong'] as const).map((name) => [name, 'bold'] as const),
  ...(['i', 'em'] as const).map((name) => [name, 'italic'] as const),
  ...(['s', 'strike', 'del'] as const).map((name) => [name, 'strike'] as const),
]);

/** The lines of a document as text and, each beside it, as Markdown. */
export class MarkdownLines extends MarkedLines {
  readonly #lines: MarkdownLine[] = [];
  readonly #blocks = new BlockContext();
  readonly #open: Record<Style | 'pre', number> = { bold: 0, italic: 0, strike: 0, pre: 0 };
  #link: MarkdownLink | undefined;
  #runs: (MarkdownRun & { text: string })[] = [];
  /** Or nothing stands on the line yet. */
  #endsWithSpace = true;
  #above: string[] = [];
  #length = 0;

  /** One for each line of `finishLines`, and perhaps one more: a picture below them. */
  get markdown(): readonly MarkdownLine[] {
    return this.#lines;
  }

  /** More came of it than anybody reads, and what there is has an end somewhere. */
  get isTooLong(): boolean {
    return this.#length > MAX_MARKDOWN;
  }

  protected override words(raw: string): void {
    super.words(raw);
    const decoded = stripUnseen(decodeCharacterReferences(raw));
    if (decoded !== '') this.#push(decoded, false);
  }

  override picture(tag: string): void {
    const text = toPictureText(tag);
    if (text !== undefined) this.#push(text, true);
  }

  override openElement(name: string, tag: string): void {
    super.openElement(name, tag);
    this.#blocks.openElement(name, tag);
    if (name === 'a') this.#openLink(tag);
    else this.#count(name, 1);
  }

  override closeElement(name: string): void {
    super.closeElement(name);
    this.#blocks.closeElement(name);
    if (name === 'a') this.#link = undefined;
    else this.#count(name, -1);
  }

  override endBlock(): void {
    super.endBlock();
    // What has no words ends no line, and is no part of the next one either.
    if (this.#runs.some((run) => run.isPicture)) this.#above.push(this.#takeInline());
    this.#clear();
  }

  protected override writeLine(text: string, depth: number): void {
    super.writeLine(text, depth);
    const inline = this.#takeInline();
    const above = this.#above;
    this.#above = [];
    this.#lines.push({ above, inline, ...this.#blocks.takeLine() });
  }

  override finishLines() {
    const lines = super.finishLines();
    if (this.#above.length > 0) {
      this.#lines.push({ above: this.#above, inline: '', ...this.#blocks.takeLine() });
    }
    return lines;
  }

  #openLink(tag: string): void {
    const target = toLinkTarget(readAttributes(tag).get('href') ?? '');
    this.#link = target === undefined ? undefined : { target };
  }

  #count(name: string, by: 1 | -1): void {
    const style = name === 'pre' ? 'pre' : STYLES.get(name);
    if (style !== undefined) this.#open[style] = Math.max(0, this.#open[style] + by);
  }

  #push(text: string, isPicture: boolean): void {
    const { bold, italic, strike, pre } = this.#open;
    const isWords = pre === 0 && !isPicture;
    const single = isWords ? text.replace(/[\s\u00a0]+/g, ' ') : text;
    const words = isWords && this.#endsWithSpace ? single.replace(/^ /, '') : single;
    if (words === '') return;
    this.#endsWithSpace = /\s$/.test(words);
    const looks = {
      ...{ bold: bold > 0, italic: italic > 0, strike: strike > 0 },
      ...{ isPicture, link: this.#link },
    };
    const last = this.#runs.at(-1);
    if (last !== undefined && !isPicture && isAlike(last, looks)) last.text += words;
    else this.#runs.push({ text: words, ...looks });
  }

  #clear(): void {
    this.#runs = [];
    this.#endsWithSpace = true;
  }

  #takeInline(): string {
    const runs = this.#runs;
    this.#clear();
    if (this.isTooLong) return '';
    const inline = renderRuns(runs)
      .trimEnd()
      .replace(/^\s*\n/, '');
    this.#length += inline.length;
    return inline;
  }
}

function isAlike(one: MarkdownRun, other: Omit<MarkdownRun, 'text'>): boolean {
  return (['bold', 'italic', 'strike', 'isPicture', 'link'] as const).every(
    (name) => one[name] === other[name],
  );
}
