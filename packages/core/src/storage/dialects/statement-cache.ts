/** The least recently used go first. */
const MAX_STATEMENTS = 500;
/**
 * SQLite keeps some 70 bytes for each character of a statement, outside of what V8 counts: an INSERT
 * of a hundred rows takes 800 KB. As many characters are 20 MB.
 */
const MAX_TEXT = 300_000;

/** Prepared statements by their text, in bounded memory. */
export class StatementCache<T> {
  readonly #prepare: (text: string) => T;
  readonly #statements = new Map<string, T>();
  #size = 0;

  constructor(prepare: (text: string) => T) {
    this.#prepare = prepare;
  }

  /** Throws what preparing throws. */
  get(text: string): T {
    const known = this.#statements.get(text);
    const statement = known ?? this.#prepare(text);
    if (known === undefined) this.#size += text.length;
    // A map keeps the order in which its entries came.
    else this.#statements.delete(text);
    this.#statements.set(text, statement);
    if (known === undefined) this.#shrink();
    return statement;
  }

  clear(): void {
    this.#statements.clear();
    this.#size = 0;
  }

  #shrink(): void {
    for (const text of this.#statements.keys()) {
      if (this.#size <= MAX_TEXT && this.#statements.size <= MAX_STATEMENTS) return;
      this.#statements.delete(text);
      this.#size -= text.length;
    }
  }
}
