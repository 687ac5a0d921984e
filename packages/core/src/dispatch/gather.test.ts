import { describe, expect, it } from 'vitest';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { gather } from './gather.ts';

describe('gather', () => {
  it('does together what is asked for at the same time, and answers each', async () => {
    const groups: number[][] = [];
    const double = gather(async (items: readonly number[]) => {
      groups.push([...items]);
      return items.map((item) => 2 * item);
    });
    expect(await Promise.all([1, 2, 3].map(double))).toEqual([2, 4, 6]);
    expect(await double(4)).toBe(8);
    expect(groups).toEqual([[1, 2, 3], [4]]);
  });

  it('takes into the next group what comes while one is worked on', async () => {
    const groups: number[][] = [];
    const work = gather(async (items: readonly number[]) => {
      groups.push([...items]);
      if (items.includes(1)) void late();
      return items;
    });
    const done: Promise<number>[] = [];
    const late = () => done.push(work(2), work(3));
    await work(1);
    await Promise.all(done);
    expect(groups).toEqual([[1], [2, 3]]);
  });

  it('lets an odd item fail alone', async () => {
    const work = gather(async (items: readonly number[]) => {
      if (items.includes(2)) throw new TypeError('odd');
      return items;
    });
    const [one, two, three] = await Promise.allSettled([1, 2, 3].map(work));
    expect([one?.status, two?.status, three?.status]).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
  });

  it('P2: asks once and tells everybody when the database is away', async () => {
    let asked = 0;
    const work = gather(async (_: readonly number[]): Promise<readonly number[]> => {
      asked += 1;
      throw new MailwardenError('STORAGE_UNAVAILABLE');
    });
    const results = await Promise.allSettled([1, 2].map(work));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(asked).toBe(1);
  });
});
