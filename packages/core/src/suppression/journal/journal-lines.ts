import { createHash } from 'node:crypto';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import type { JournalEntry } from './journal-entry.ts';

/**
 * What a line says besides its checksum. A writer's lines are a chain: each names the line before.
 * The first one opens the chain at any line that was there, and owns up to text before it that a
 * crash has cut.
 */
interface JournalLine {
  /** 2 for what the first version of the package would not understand. */
  readonly v: 1 | 2;
  readonly writer: string;
  readonly n: number;
  readonly previous: string;
  /** SHA-256 of the cut text; only on a first line. */
  readonly torn?: string;
  readonly entry?: JournalEntry;
}

/** Names the line before the first one. */
export const GENESIS = '0'.repeat(64);

/** A line with its checksum, and the checksum. */
export function writeLine(line: JournalLine): { readonly text: string; readonly hash: string } {
  const json = JSON.stringify(line);
  const hash = sha256(json);
  return { text: `${hash} ${json}\n`, hash };
}

/** How far back a writer may have read when others wrote before its first line. */
const KEPT_HASHES = 100_000;

/** Where reading ended. */
export interface JournalEnd {
  /** Whole lines that count. */
  readonly lines: number;
  readonly hash: string;
  /** What a crash has cut at the end. */
  readonly torn: string | undefined;
}

/** One whole line. */
export interface ReadLine {
  /** From 1. */
  readonly number: number;
  readonly hash: string;
  readonly entry: JournalEntry | undefined;
}

/**
 * Reads and checks a journal. Text that a crash has cut off is passed over when nothing follows it
 * or the next line owns up to it. Throws `JOURNAL_DAMAGED` with the line that was changed, removed,
 * inserted or moved.
 */
export async function* readLines(
  chunks: AsyncIterable<string>,
): AsyncGenerator<ReadLine, JournalEnd> {
  const chains = new Map<string, { n: number; hash: string }>();
  const hashes = new Set([GENESIS]);
  let number = 0;
  let hash = GENESIS;
  let torn: string[] = [];
  let rest = '';
  for await (const chunk of chunks) {
    const texts = `${rest}${chunk}`.split('\n');
    rest = texts.pop() ?? '';
    for (const text of texts.filter((each) => each !== '')) {
      const line = parseLine(text);
      if (line === undefined) {
        torn.push(text);
        continue;
      }
      number += 1;
      check(line.content, { chains, hashes, torn: torn.join('\n'), number });
      torn = [];
      hash = line.hash;
      chains.set(line.content.writer, { n: line.content.n, hash });
      hashes.add(hash);
      for (const old of hashes) {
        if (hashes.size <= KEPT_HASHES) break;
        hashes.delete(old);
      }
      yield { number, hash, entry: line.content.entry };
    }
  }
  // What ends with a line break was written whole, so it was changed afterwards.
  if (torn.length > 0 && rest === '') throw damaged(number + 1);
  const cut = [...torn, ...(rest === '' ? [] : [rest])].join('\n');
  return { lines: number, hash, torn: cut === '' ? undefined : cut };
}

interface Before {
  readonly chains: ReadonlyMap<string, { n: number; hash: string }>;
  readonly hashes: ReadonlySet<string>;
  readonly torn: string;
  readonly number: number;
}

function check(line: JournalLine, { chains, hashes, torn, number }: Before): void {
  const before = chains.get(line.writer);
  const continues =
    before === undefined
      ? line.n === 1 && hashes.has(line.previous)
      : line.n === before.n + 1 && line.previous === before.hash;
  const owned = torn === '' ? line.torn === undefined : line.torn === sha256(torn);
  if (!continues || !owned) throw damaged(number);
}

function parseLine(
  text: string,
): { readonly hash: string; readonly content: JournalLine } | undefined {
  const [, hash = '', json = ''] = /^([0-9a-f]{64}) (\{.*\})$/.exec(text) ?? [];
  if (json === '' || sha256(json) !== hash) return undefined;
  const content = JSON.parse(json) as JournalLine;
  if (content.v !== 1 && content.v !== 2) {
    throw new MailwardenError('JOURNAL_DAMAGED', {
      detail: 'A line has a version that this package does not know; a newer one wrote it.',
    });
  }
  return { hash, content };
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function damaged(line: number): MailwardenError {
  return new MailwardenError('JOURNAL_DAMAGED', {
    detail: `Line ${line} is not as it was written, or lines before it are missing.`,
    fields: { line },
  });
}
