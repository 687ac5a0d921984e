/**
 * A map of bounded size for what can be made again. When it holds more than half of `most`, it forgets
 * what nobody asked for since the last time that it did: what is asked for often stays.
 */
export class RecentMap<K, V> {
  readonly #half: number;
  readonly #sizeOf: (value: V) => number;
  #recent = new Map<K, V>();
  #earlier = new Map<K, V>();
  #size = 0;

  /** `sizeOf` says in which unit `most` counts. @default entries */
  constructor(most: number, sizeOf: (value: V) => number = () => 1) {
    this.#half = most / 2;
    this.#sizeOf = sizeOf;
  }

  get(key: K): V | undefined {
    const recent = this.#recent.get(key);
    if (recent !== undefined) return recent;
    const earlier = this.#earlier.get(key);
    if (earlier !== undefined) this.set(key, earlier);
    return earlier;
  }

  set(key: K, value: V): void {
    this.#recent.set(key, value);
    this.#size += this.#sizeOf(value);
    if (this.#size <= this.#half) return;
    this.#earlier = this.#recent;
    this.#recent = new Map();
    this.#size = 0;
  }
}
