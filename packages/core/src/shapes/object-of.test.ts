import { describe, expect, it } from 'vitest';
import { checked } from './checked.ts';
import { eitherOf, listOf, recordOf } from './collection-shapes.ts';
import { needed, objectOf } from './object-of.ts';
import { findIssues, requireShape } from './require-shape.ts';
import { choice, flag, fromCode, number, only, text } from './scalar-shapes.ts';

interface Box {
  readonly address: string;
  readonly oversight?: 'gated_send' | 'monitored' | { readonly default: 'gated_send' };
  readonly dailyLimit?: number;
  readonly fourEyes?: boolean;
  readonly expired?: true;
}

const mode = choice(['gated_send', 'monitored'], 'A mode.');
const box = objectOf<Box>('A mailbox.', {
  address: needed(text('An address.')),
  oversight: eitherOf(
    mode,
    objectOf<{ readonly default: 'gated_send' }>('Modes.', {
      default: needed(choice(['gated_send'], 'A mode.')),
    }),
    'A mode or modes.',
  ),
  dailyLimit: number('A limit.', { least: 1, whole: true }),
  fourEyes: flag('Two people.'),
  expired: only(true, 'Expired.'),
});
const boxes = listOf(box, 'Mailboxes.', { least: 1, key: 'address' });

const messages = (value: unknown) => findIssues(boxes, value).map(({ message }) => message);

describe('a shape', () => {
  it('names the nearest known name, and all of them', () => {
    expect(messages([{ address: 'a', oversigth: 'monitored' }])).toEqual([
      '[0] has no "oversigth". Did you mean "oversight"? It has address, oversight, dailyLimit, fourEyes, expired.',
    ]);
    expect(messages([{ address: 'a', daily_limit: 3 }])[0]).toContain('Did you mean "dailyLimit"?');
    expect(messages([{ address: 'a', colour: 3 }])[0]).not.toContain('Did you mean');
  });

  it.each([
    [{ address: 1 }, '[0].address has to be text; got 1.'],
    [{}, '[0] needs address, text.'],
    [
      { address: 'a', dailyLimit: '10' },
      '[0].dailyLimit has to be a whole number of at least 1; got "10".',
    ],
    [
      { address: 'a', dailyLimit: Number.NaN },
      '[0].dailyLimit has to be a whole number of at least 1; got NaN.',
    ],
    [
      { address: 'a', dailyLimit: 0 },
      '[0].dailyLimit has to be a whole number of at least 1; got 0.',
    ],
    [{ address: 'a', fourEyes: null }, '[0].fourEyes has to be true or false; got null.'],
    [{ address: 'a', expired: false }, '[0].expired has to be true; got false.'],
    [
      { address: 'a', oversight: 'gated_sent' },
      '[0].oversight has to be one of gated_send, monitored; got "gated_sent". Did you mean "gated_send"?',
    ],
    [{ address: 'a', oversight: ['monitored'] }, '[0].oversight has to be an object; got a list.'],
    [[], '[0] has to be an object; got a list.'],
  ])('says of %j what was expected and what came', (value, message) => {
    expect(messages([value])).toEqual([message]);
  });

  it('takes what fits, and what was left out as undefined', () => {
    expect(messages([{ address: 'a', oversight: { default: 'gated_send' } }])).toEqual([]);
    expect(messages([{ address: 'a', dailyLimit: undefined, expired: true }])).toEqual([]);
  });

  it('refuses an empty list, and an entry that stands twice', () => {
    expect(messages([])).toEqual(['It has to be a list that is not empty; got an empty one.']);
    expect(messages([{ address: 'a' }, { address: 'A' }])).toEqual(['It names "A" twice.']);
  });

  it('knows no inherited name', () => {
    const parsed: unknown = JSON.parse('[{"address":"a","__proto__":{"dailyLimit":0}}]');
    expect(messages(parsed)[0]).toContain('has no "__proto__"');
    expect(messages([Object.create({ address: 'a' })])).toEqual(['[0] needs address, text.']);
  });

  it('asks what cannot be said member by member once the members fit', () => {
    const shape = checked(box, ({ dailyLimit }) => (dailyLimit === 2 ? 'is even.' : undefined));
    expect(findIssues(shape, { address: 'a', dailyLimit: 2 })[0]?.message).toBe('It is even.');
    expect(findIssues(shape, { address: 1, dailyLimit: 2 })).toHaveLength(1);
  });

  it('repeats nothing of what only code can give', () => {
    const shape = recordOf(fromCode('object', 'an object'), 'Secrets.');
    const [issue] = findIssues(shape, { auth: 'hunter2' });
    expect(issue?.message).toBe('auth has to be an object; got text.');
    expect(shape.schema).toBeUndefined();
  });

  it('throws with the names that do not exist, and everything that is wrong', () => {
    const value = { address: 'a', fourEyes: 1, oversigth: 1 } as unknown as Box;
    expect(() => requireShape(box, value, 'createMailwarden')).toThrow(
      expect.objectContaining({
        code: 'OPTION_UNKNOWN',
        fields: { unknown: ['oversigth'] },
        message: expect.stringContaining('fourEyes has to be true or false') as string,
      }),
    );
  });

  it('becomes a JSON Schema', () => {
    expect(boxes.schema).toMatchObject({
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['address'],
        additionalProperties: false,
        properties: { dailyLimit: { type: 'integer', minimum: 1 }, expired: { const: true } },
      },
    });
  });
});
