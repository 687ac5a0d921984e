import { randomBytes } from 'node:crypto';
import { isRefusal, type JournalEntry } from './journal-entry.ts';
import { type JournalEnd, readLines, sha256, writeLine } from './journal-lines.ts';
import type { SuppressionJournal } from './suppression-journal.ts';

/** Where a chain begins: the last whole line, and what a crash has left behind it. */
export type ChainStart = Pick<JournalEnd, 'hash' | 'torn'>;

/** The lines of one writer, each naming the one before. */
export class JournalChain {
  readonly #journal: SuppressionJournal;
  #end: ChainStart;
  #writer = newWriter();
  #lines = 0;
  #stale = false;

  constructor(journal: SuppressionJournal, end: ChainStart) {
    this.#journal = journal;
    this.#end = end;
  }

  /** One append for all; after one that failed another chain begins. */
  async append(entries: readonly JournalEntry[]): Promise<void> {
    if (this.#stale) await this.#begin();
    const { text, hash } = this.#write(entries);
    // Until it has succeeded nobody knows how much of it is there.
    this.#stale = true;
    await this.#journal.append(text);
    this.#stale = false;
    this.#lines += entries.length;
    this.#end = { hash, torn: undefined };
  }

  /** Others write too: a chain that has not begun yet will begin at the end that is there then. */
  settle(): void {
    if (this.#lines === 0) this.#stale = true;
  }

  async #begin(): Promise<void> {
    const lines = readLines(this.#journal.read());
    let read = await lines.next();
    while (read.done !== true) read = await lines.next();
    this.#end = read.value;
    this.#writer = newWriter();
    this.#lines = 0;
  }

  #write(entries: readonly JournalEntry[]): { readonly text: string; readonly hash: string } {
    const { torn } = this.#end;
    const owned = torn !== undefined && this.#lines === 0 ? { torn: sha256(torn) } : undefined;
    // Ends what a crash has cut, so that this chain begins on a line of its own.
    let text = owned === undefined ? '' : '\n';
    let { hash } = this.#end;
    let n = this.#lines;
    for (const entry of entries) {
      n += 1;
      const own = n === 1 ? owned : undefined;
      const v = isRefusal(entry) ? 2 : 1;
      const line = writeLine({ v, writer: this.#writer, n, previous: hash, ...own, entry });
      text += line.text;
      hash = line.hash;
    }
    return { text, hash };
  }
}

const newWriter = (): string => randomBytes(8).toString('hex');
