import { readAttributes } from '../hidden/read-attributes.ts';
import type { MarkdownLine, MarkdownTable, TableCell } from './markdown-line.ts';

/** Lists within each other that are told apart; more are nobody's mail. */
const MAX_LISTS = 8;
const MAX_TABLES = 50;
const MAX_START = 999_999;

interface OpenList {
  /** The number of the next item; absent in a list without numbers. */
  next: number | undefined;
  /** As wide as the mark of its items; 0 before the first. */
  width: number;
}

interface OpenTable extends MarkdownTable {
  column: number;
}

/** Follows in which heading, list and table the next line of a document stands. */
export class BlockContext {
  readonly #lists: OpenList[] = [];
  readonly #tables: OpenTable[] = [];
  /** Beyond what is followed. */
  #deeperLists = 0;
  #deeperTables = 0;
  #heading = 0;
  /** Of the item that begins with the next line, and its list. */
  #marker = '';
  #marked: OpenList | undefined;

  openElement(name: string, tag: string): void {
    const [, level] = /^h([1-6])$/.exec(name) ?? [];
    if (level !== undefined) this.#heading = Number(level);
    else if (name === 'ul' || name === 'ol') this.#openList(name, tag);
    else if (name === 'li') this.#openItem();
    else if (name === 'table') this.#openTable();
    else if (name === 'tr') this.#openRow();
    else if (name === 'td' || name === 'th') this.#openCell();
  }

  closeElement(name: string): void {
    if (/^h[1-6]$/.test(name)) this.#heading = 0;
    else if (name === 'ul' || name === 'ol') this.#closeList();
    else if (name === 'table') this.#closeTable();
  }

  /** Where a line stands that ends now. The mark of an item is given once. */
  takeLine(): Pick<MarkdownLine, 'heading' | 'indent' | 'marker' | 'cell'> {
    const marker = this.#marker;
    this.#marker = '';
    const width = this.#lists.reduce((sum, list) => sum + list.width, 0);
    const cell = this.#cell();
    const indent = ' '.repeat(Math.max(0, width - marker.length));
    return { heading: this.#heading, indent, marker, cell };
  }

  #openList(name: string, tag: string): void {
    if (this.#lists.length >= MAX_LISTS) this.#deeperLists += 1;
    else {
      const start = Number.parseInt(readAttributes(tag).get('start') ?? '1', 10);
      const isNumber = start >= 0 && start <= MAX_START;
      const next = name === 'ul' ? undefined : isNumber ? start : 1;
      this.#lists.push({ next, width: 0 });
    }
  }

  #closeList(): void {
    if (this.#deeperLists > 0) {
      this.#deeperLists -= 1;
      return;
    }
    // An item without a line has no mark.
    if (this.#lists.pop() === this.#marked) this.#marker = '';
  }

  #openItem(): void {
    const list = this.#lists.at(-1);
    this.#marked = list;
    this.#marker = list?.next === undefined ? '- ' : `${list.next}. `;
    if (list === undefined) return;
    list.width = this.#marker.length;
    if (list.next !== undefined) list.next += 1;
  }

  #openTable(): void {
    const around = this.#tables.at(-1);
    if (around !== undefined) around.isLayout = true;
    if (this.#tables.length >= MAX_TABLES) this.#deeperTables += 1;
    else this.#tables.push({ isLayout: false, rows: 0, columns: 0, column: 0 });
  }

  #closeTable(): void {
    if (this.#deeperTables > 0) this.#deeperTables -= 1;
    else this.#tables.pop();
  }

  #openRow(): void {
    const table = this.#tables.at(-1);
    if (table === undefined) return;
    table.rows += 1;
    table.column = 0;
  }

  #openCell(): void {
    const table = this.#tables.at(-1);
    if (table === undefined) return;
    if (table.rows === 0) table.rows = 1;
    table.column += 1;
    table.columns = Math.max(table.columns, table.column);
  }

  #cell(): TableCell | undefined {
    const table = this.#tables.at(-1);
    if (table === undefined || table.column === 0) return undefined;
    return { table, row: table.rows, column: table.column };
  }
}
