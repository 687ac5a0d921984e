import { describe, expect, it } from 'vitest';
import { JournalChain } from './journal-chain.ts';
import type { JournalEntry } from './journal-entry.ts';
import { GENESIS, type JournalEnd, readLines } from './journal-lines.ts';

/** A journal in memory that takes the text as it is told. */
function memory(text = '') {
  const kept = { text };
  return {
    kept,
    async *read() {
      // Pieces of seven characters: lines come apart anywhere.
      for (let at = 0; at < kept.text.length; at += 7) yield kept.text.slice(at, at + 7);
    },
    append: async (more: string) => {
      kept.text += more;
    },
  };
}

const entry = (id: string): JournalEntry => ({
  tenant: 'default',
  id,
  match: 'canonical',
  hmac: 'ab'.repeat(32),
  keyId: 'k1',
  fingerprint: 'cd'.repeat(16),
  canonicalisation: 1,
  scope: 'marketing',
  senderId: '',
  reason: 'unsubscribe',
  createdAt: 1_000,
});

async function read(text: string): Promise<{ ids: string[]; end: JournalEnd }> {
  const ids: string[] = [];
  const lines = readLines(memory(text).read());
  for (;;) {
    const { value, done } = await lines.next();
    if (done === true) return { ids, end: value };
    if (value.entry !== undefined) ids.push(value.entry.id);
  }
}

async function written(...ids: string[]): Promise<string> {
  const journal = memory();
  const chain = new JournalChain(journal, { hash: GENESIS, torn: undefined });
  for (const id of ids) await chain.append([entry(id)]);
  return journal.kept.text;
}

const damaged = expect.objectContaining({ code: 'JOURNAL_DAMAGED' });

describe('the suppression journal', () => {
  it('reads what was written', async () => {
    const { ids, end } = await read(await written('a', 'b', 'c'));
    expect(ids).toEqual(['a', 'b', 'c']);
    expect(end).toMatchObject({ lines: 3, torn: undefined });
    expect((await read('')).end).toEqual({ lines: 0, hash: GENESIS, torn: undefined });
  });

  it('tolerates a last line that a crash has cut, at any character', async () => {
    const text = await written('a', 'b');
    const second = text.indexOf('\n') + 1;
    for (let at = second; at < text.length; at += 1) {
      expect((await read(text.slice(0, at))).ids).toEqual(['a']);
    }
  });

  it('goes on behind a line that was cut, and reads it all again', async () => {
    const journal = memory((await written('a', 'b')).slice(0, -20));
    const before = await read(journal.kept.text);
    const chain = new JournalChain(journal, before.end);
    await chain.append([entry('c'), entry('d')]);
    expect((await read(journal.kept.text)).ids).toEqual(['a', 'c', 'd']);
  });

  it('refuses any changed character of a whole line', async () => {
    const text = await written('a', 'b');
    for (let at = 0; at < text.length - 1; at += 1) {
      if (text[at] === '\n') continue;
      const changed = `${text.slice(0, at)}${text[at] === '0' ? '1' : '0'}${text.slice(at + 1)}`;
      await expect(read(changed)).rejects.toThrow(damaged);
    }
  });

  it('refuses a removed, repeated or moved line', async () => {
    const [a = '', b = '', c = ''] = (await written('a', 'b', 'c')).trim().split('\n');
    for (const lines of [
      [b, c],
      [a, c],
      [a, b, b, c],
      [b, a, c],
      [a, c, b],
    ]) {
      await expect(read(`${lines.join('\n')}\n`)).rejects.toThrow(damaged);
    }
  });

  it('takes the lines of several writers, one between the other', async () => {
    const journal = memory();
    const start = { hash: GENESIS, torn: undefined };
    const [one, two] = [new JournalChain(journal, start), new JournalChain(journal, start)];
    for (const id of ['a', 'b']) {
      await one.append([entry(`${id}1`)]);
      await two.append([entry(`${id}2`), entry(`${id}3`)]);
    }
    expect((await read(journal.kept.text)).ids).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3']);
  });

  it('begins another chain after an append that failed half way', async () => {
    const journal = memory();
    let broken = true;
    const flaky = {
      ...journal,
      append: async (text: string) => {
        await journal.append(broken ? text.slice(0, 50) : text);
        if (broken) throw new Error('disk full');
      },
    };
    const chain = new JournalChain(flaky, { hash: GENESIS, torn: undefined });
    await expect(chain.append([entry('a')])).rejects.toThrow('disk full');
    broken = false;
    await chain.append([entry('a')]);
    expect((await read(journal.kept.text)).ids).toEqual(['a']);
  });
});
