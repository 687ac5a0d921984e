import type { XmlListener } from './scan-xml.ts';

type AttributeOf = (name: string) => string | undefined;

/** Elements whose text a reader of the document does not see: copies, deleted words, formulas of fields. */
const UNSEEN: ReadonlySet<string> = new Set([
  ...['Fallback', 'moveFrom', 'del', 'delText', 'instrText', 'delInstrText'],
]);
/** How it was before a change that is shown with it (§17.13.5.29, §17.13.5.31). */
const FORMER: ReadonlySet<string> = new Set(['rPrChange', 'pPrChange']);
/** Elements that may have a colour behind their text. */
const SHADED: ReadonlySet<string> = new Set(['tbl', 'tc', 'txbxContent']);
/** Half-points; nobody reads one point. */
const MIN_SIZE = 3;

/** Collects the words of WordprocessingML (ECMA-376 §17) as lines. Hidden text is left out. */
export class WordLines implements XmlListener {
  readonly #lines: string[] = [];
  #line = '';
  /** Cells of the row of the outermost table; a table within a cell is part of that cell. */
  #cells: string[] | undefined;
  #cell: string[] = [];
  #tables = 0;
  #unseen = 0;
  #former = 0;
  #shaded = 0;
  #isText = false;
  #inParagraphSettings = false;
  #inRunSettings = false;
  #hidden = false;
  #isWhite = false;
  /** Something is behind the words of this run, or of this paragraph. */
  #isRunMarked = false;
  #isParagraphMarked = false;

  open(name: string, attribute: AttributeOf): void {
    if (FORMER.has(name)) this.#former += 1;
    if (this.#former > 0) return;
    if (UNSEEN.has(name)) this.#unseen += 1;
    if (SHADED.has(name)) this.#shaded += 1;
    if (name === 'pPr') this.#inParagraphSettings = true;
    else if (name === 'rPr') this.#inRunSettings = true;
    else if (this.#inRunSettings && !this.#inParagraphSettings) this.#readSetting(name, attribute);
    else if (!this.#inParagraphSettings) this.#openContent(name);
    // A paragraph's own shading: what is white on it can be read.
    if (name === 'shd' && this.#inParagraphSettings) this.#isParagraphMarked = true;
  }

  close(name: string): void {
    if (this.#former > 0) {
      if (FORMER.has(name)) this.#former -= 1;
      return;
    }
    if (UNSEEN.has(name)) this.#unseen -= 1;
    if (SHADED.has(name)) this.#shaded -= 1;
    if (name === 'pPr') this.#inParagraphSettings = false;
    else if (name === 'rPr') this.#endRunSettings();
    else if (name === 't') this.#isText = false;
    else if (name === 'r') this.#hidden = false;
    else if (name === 'p') this.#endParagraph();
    else if (name === 'tc' && this.#tables === 1) this.#endCell();
    else if (name === 'tr' && this.#tables === 1) this.#endRow();
    else if (name === 'tbl') this.#tables -= 1;
  }

  text(text: string): void {
    if (this.#isText && this.#unseen === 0 && !this.#hidden) this.#line += text;
  }

  finish(): string {
    this.#endParagraph();
    return this.#lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim();
  }

  #openContent(name: string): void {
    if (name === 't') this.#isText = true;
    else if (name === 'tbl') this.#tables += 1;
    else if (name === 'tr' && this.#tables === 1) this.#cells = [];
    if (this.#unseen > 0 || this.#hidden) return;
    if (name === 'tab') this.#line += '\t';
    else if (name === 'br' || name === 'cr') this.#line += '\n';
    else if (name === 'noBreakHyphen') this.#line += '-';
  }

  #readSetting(name: string, attribute: AttributeOf): void {
    const value = attribute('val') ?? '';
    const isOff = /^(?:0|false|off|none)$/i.test(value);
    if (name === 'vanish' && !isOff) this.#hidden = true;
    if (name === 'sz' && Number(value) < MIN_SIZE) this.#hidden = true;
    if ((name === 'shd' || name === 'highlight') && !isOff) this.#isRunMarked = true;
    if (name === 'color') {
      const theme = attribute('themeColor');
      // What a theme names goes before the value (§17.3.2.6); the first background of Office's is white.
      this.#isWhite =
        theme === undefined ? /^f{6}$/i.test(value) : /^(?:background1|light1)$/.test(theme);
    }
  }

  /** White on paper; in tables and shapes a colour may lie behind it that stands elsewhere. */
  #endRunSettings(): void {
    const isMarked = this.#isRunMarked || this.#isParagraphMarked || this.#shaded > 0;
    if (this.#isWhite && !isMarked) this.#hidden = true;
    this.#inRunSettings = false;
    this.#isRunMarked = false;
    this.#isWhite = false;
  }

  #endParagraph(): void {
    const line = this.#line.trimEnd();
    this.#line = '';
    this.#isParagraphMarked = false;
    if (this.#cells === undefined) this.#lines.push(line);
    else if (line !== '') this.#cell.push(line.replace(/\s+/g, ' '));
  }

  #endCell(): void {
    this.#cells?.push(this.#cell.join(' '));
    this.#cell = [];
  }

  #endRow(): void {
    const row = this.#cells?.join(' | ') ?? '';
    this.#cells = undefined;
    if (row.replace(/[| ]/g, '') !== '') this.#lines.push(row);
  }
}
