import { setTimeout as delay } from 'node:timers/promises';
import { MailwardenError } from '../errors/mailwarden-error.ts';

/** When a batch is full. */
export interface BatchLimits<T> {
  readonly most: number;
  /** What an item adds to the batch's length, and how long that may become. */
  readonly length: (item: T) => number;
  readonly mostLength: number;
  /** A batch goes on without what has not come so long after its first item, ms. */
  readonly linger: number;
}

type Source<T> = Iterable<T> | AsyncIterable<T>;

/**
 * Items in batches, in order; the source is asked for no more than the batch at hand and one item.
 * When the source throws, what it gave before comes first. Throws `ARGUMENT_INVALID` for what cannot
 * be iterated.
 */
export async function* inBatches<T>(
  source: Source<T>,
  limits: BatchLimits<T>,
): AsyncGenerator<readonly T[], void, undefined> {
  const reader = new Reader(source);
  try {
    while (!reader.ended) {
      const batch = await readBatch(reader, limits);
      if (batch.length > 0) yield batch;
    }
  } finally {
    await reader.leave();
  }
  if (reader.fault !== undefined) throw reader.fault.error;
}

async function readBatch<T>(
  reader: Reader<T>,
  { most, length, mostLength, linger }: BatchLimits<T>,
): Promise<readonly T[]> {
  const batch: T[] = [];
  const timer = new AbortController();
  let late: Promise<undefined> | undefined;
  let total = 0;
  while (batch.length < most && total < mostLength) {
    const next = await (late === undefined ? reader.read() : Promise.race([reader.read(), late]));
    if (next === undefined) break;
    reader.take();
    batch.push(next.item);
    total += length(next.item);
    late ??= lapse(linger, timer.signal);
  }
  timer.abort();
  return batch;
}

/** Resolves after so long, or when nobody waits any more. */
function lapse(ms: number, signal: AbortSignal): Promise<undefined> {
  return delay(ms, undefined, { signal }).catch(() => undefined);
}

/** A source that is asked for one item at a time, and whose answer may be waited for twice. */
class Reader<T> {
  ended = false;
  /** What the source threw. */
  fault: { readonly error: unknown } | undefined;
  readonly #iterator: Iterator<T> | AsyncIterator<T>;
  #next: Promise<{ readonly item: T } | undefined> | undefined;

  constructor(source: Source<T>) {
    this.#iterator = iterate(source);
  }

  /** The next item, the same until it is taken; undefined at the end. */
  read(): Promise<{ readonly item: T } | undefined> {
    this.#next ??= this.#ask();
    return this.#next;
  }

  take(): void {
    this.#next = undefined;
  }

  /** Tells a source that has not ended that nobody reads on. */
  async leave(): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    const left = this.#iterator.return?.();
    // What is still being asked for an item may never answer.
    if (this.#next === undefined) await left;
  }

  async #ask(): Promise<{ readonly item: T } | undefined> {
    try {
      const { done, value } = await this.#iterator.next();
      if (done !== true) return { item: value };
    } catch (error) {
      this.fault = { error };
    }
    this.ended = true;
    return undefined;
  }
}

function iterate<T>(source: Source<T>): Iterator<T> | AsyncIterator<T> {
  if (typeof source === 'object' && source !== null) {
    if (Symbol.asyncIterator in source) return source[Symbol.asyncIterator]();
    if (Symbol.iterator in source) return source[Symbol.iterator]();
  }
  throw new MailwardenError('ARGUMENT_INVALID', {
    detail: 'inputs has to be an array, an iterable or an async iterable.',
    fields: { argument: 'inputs' },
  });
}
