import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ContextWorld, openContextWorld } from '../../../../test/support/context-world.ts';
import { databases } from '../../../../test/support/databases.ts';
import { parseAddress } from '../identity/address.ts';
import type { OutboundContent } from '../messages/outbound-content.ts';
import { groupAlike } from './alike.ts';

const [{ open } = { open: () => Promise.reject(new Error('There is no database.')) }] = databases;

describe('mail whose facts are loaded together', () => {
  let world: ContextWorld;
  beforeEach(async () => {
    world = await openContextWorld(open);
  });
  afterEach(() => world.close());

  const mail = (to: string, change: Partial<OutboundContent> = {}): OutboundContent => ({
    ...{ id: to, mailbox: world.mailbox.address, threadId: 't', internetMessageId: 'm' },
    ...{ references: [], to: [parseAddress(to)], cc: [], bcc: [], subject: 's', body: 'b' },
    ...{ text: 't', html: 'h', headers: [], attachments: [], category: 'marketing' as const },
    ...{ nonce: 'n', campaign: 'spring' },
    ...change,
  });
  const sizes = (
    mails: readonly OutboundContent[],
    dailyLimit?: number,
    phase: 'request' | 'claim' = 'claim',
  ) => {
    const mailbox = { ...world.mailbox, ...(dailyLimit === undefined ? {} : { dailyLimit }) };
    const toMail = (content: OutboundContent) => ({ mailbox, content });
    const groups = groupAlike(world.ctx, { items: mails, phase, toMail });
    expect(groups.flat()).toEqual(mails);
    return groups.map((group) => group.length);
  };

  it('is marketing of one campaign to different people', () => {
    const people = ['ana@example.com', 'ben@example.com', 'eva@example.com'];
    expect(sizes(people.map((to) => mail(to)))).toEqual([3]);
  });

  it('P7: has no person twice, in any spelling', () => {
    expect(sizes([mail('ana@example.com'), mail('ana+1@example.com')])).toEqual([1, 1]);
  });

  it.each([
    ['another campaign', { campaign: 'autumn' }],
    ['another topic', { topic: 'news' }],
    ['another step', { variant: 'b' }],
    ['an answer', { parentId: 'p' }],
    ['two recipients', { cc: [parseAddress('eva@example.com')] }],
    ['a conversation', { category: 'conversational' }],
  ] as const)('has nothing of %s', (_, change) => {
    expect(sizes([mail('ana@example.com'), mail('ben@example.com', change)])).toEqual([1, 1]);
  });

  it('has nothing of a mailbox provider with requirements of its own', () => {
    expect(sizes([mail('ana@example.com'), mail('ben@gmail.com')])).toEqual([1, 1]);
  });

  it('P7: is one message when a daily limit counts across messages', () => {
    const mails = [mail('ana@example.com'), mail('ben@example.com')];
    expect(sizes(mails, 10)).toEqual([1, 1]);
    // At request it is advice, which no request changes.
    expect(sizes(mails, 10, 'request')).toEqual([2]);
  });
});
