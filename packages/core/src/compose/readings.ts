import type { Reading } from './to-reading.ts';

/** A power of two. */
const SLOTS = 32_768;
/** Fuller, finding a slot would take many steps. */
const MOST = SLOTS * 0.8;
/** Of all results together, bytes. */
const MOST_BYTES = 200_000;
/** What a result takes besides, bytes. */
const ENTRY = 150;

/**
 * Readings by a digest of what was read (one character for each byte), of which 128 bits count. A text takes 18 bytes and no
 * object, and a result is held once for all the texts that have it.
 */
export class Readings<T> {
  /** Four words for each slot. Open addressing; nothing is taken out. */
  readonly #digests = new Uint32Array(4 * SLOTS);
  /** Which result, from 1 on; 0 is a free slot. */
  readonly #numbers = new Uint16Array(SLOTS);
  readonly #readings: Reading<T>[] = [];
  readonly #numberOf = new Map<string, number>();
  #texts = 0;
  #bytes = 0;

  get isFull(): boolean {
    return this.#texts >= MOST || this.#bytes >= MOST_BYTES;
  }

  get(digest: string): Reading<T> | undefined {
    return this.#readings[(this.#numbers[this.#slotOf(digest)] as number) - 1];
  }

  /** Not when it is full, and of a digest that is not in it. */
  add(digest: string, reading: Reading<T>): void {
    const slot = this.#slotOf(digest);
    this.#numbers[slot] = this.#numberOf.get(reading.name) ?? this.#addResult(reading);
    for (let word = 0; word < 4; word += 1) {
      this.#digests[4 * slot + word] = wordOf(digest, word);
    }
    this.#texts += 1;
  }

  #addResult(reading: Reading<T>): number {
    const number = this.#readings.push(reading);
    this.#numberOf.set(reading.name, number);
    this.#bytes += ENTRY + reading.size;
    return number;
  }

  /** Where it is, or the free slot where it belongs. */
  #slotOf(digest: string): number {
    let slot = wordOf(digest, 0) % SLOTS;
    while (this.#numbers[slot] !== 0 && !this.#isAt(slot, digest)) slot = (slot + 1) % SLOTS;
    return slot;
  }

  #isAt(slot: number, digest: string): boolean {
    for (let word = 0; word < 4; word += 1) {
      if (this.#digests[4 * slot + word] !== wordOf(digest, word)) return false;
    }
    return true;
  }
}

/** 32 bits. */
function wordOf(digest: string, word: number): number {
  const at = 4 * word;
  const low = digest.charCodeAt(at) + digest.charCodeAt(at + 1) * 0x100;
  const high = digest.charCodeAt(at + 2) + digest.charCodeAt(at + 3) * 0x100;
  return low + high * 0x10000;
}
