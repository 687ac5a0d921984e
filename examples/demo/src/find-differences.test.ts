import { describe, expect, it } from 'vitest';
import { type Books, findDifferences } from './find-differences.ts';

const books = {
  accounting: {
    candidates: 3,
    pending: 0,
    held: 1,
    deferred: 0,
    sent: 1,
    blocked: 1,
    failed: 0,
    unknown: 0,
    stopped: 0,
  },
  deliveries: [
    { recipient: 'ana@example.com', state: 'sent' },
    { recipient: 'ben@example.com', state: 'held' },
    { recipient: 'eva@example.com', state: 'blocked' },
  ],
  received: ['ana@example.com'],
} as const satisfies Books;

describe('findDifferences', () => {
  it('finds none when every delivery is in one bucket and the server got what was sent', () => {
    expect(findDifferences(books)).toEqual([]);
  });

  it('finds buckets that do not sum up to the candidates', () => {
    const accounting = { ...books.accounting, candidates: 4 };
    expect(findDifferences({ ...books, accounting })).toEqual([
      '4 candidates, but the buckets sum up to 3',
      '4 candidates, but 3 deliveries are listed',
    ]);
  });

  it('finds a delivery that is listed in another bucket than it was counted in', () => {
    const accounting = { ...books.accounting, held: 0, unknown: 1 };
    expect(findDifferences({ ...books, accounting })).toEqual([
      'held: 0 counted, 1 listed',
      'unknown: 1 counted, 0 listed',
    ]);
  });

  it('finds a message that the server got twice, never, or for somebody blocked', () => {
    const twice = ['ana@example.com', 'ana@example.com', 'eva@example.com'];
    expect(findDifferences({ ...books, received: twice })).toEqual([
      'ana@example.com: 1 sent, the server got 2',
      'eva@example.com: 0 sent, the server got 1',
    ]);
    expect(findDifferences({ ...books, received: [] })).toEqual([
      'ana@example.com: 1 sent, the server got 0',
    ]);
  });
});
