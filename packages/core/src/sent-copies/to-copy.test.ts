import { describe, expect, test } from 'vitest';
import { openContextWorld } from '../../../../test/support/context-world.ts';
import { databases } from '../../../../test/support/databases.ts';
import { smtp } from '../smtp.ts';
import { toCopy } from './to-copy.ts';

const inbox = {
  pollInterval: 1,
  sync: () => Promise.resolve(0),
  keepCopy: () => Promise.resolve('stored' as const),
  close: () => Promise.resolve(),
};
const mail = {
  mailbox: 'support@acme.example',
  category: 'conversational',
  campaign: null,
} as const;

describe.each(databases.slice(0, 1))('mail that is copied', ({ open }) => {
  test.each([
    ['a conversation', {}, {}, true],
    ['transactional mail', { category: 'transactional' }, {}, true],
    ['marketing', { category: 'marketing' }, {}, false],
    ['a campaign', { category: 'transactional', campaign: 'spring' }, {}, false],
    ['Gmail does it', {}, { transport: smtp('smtp://smtp.gmail.com:587') }, false],
    ['the relay of Google does not', {}, { transport: smtp('smtp://smtp-relay.gmail.com') }, true],
    ['Microsoft does it', {}, { transport: smtp('smtp://smtp.office365.com') }, false],
    [
      'the operator knows better',
      {},
      { transport: smtp('smtp://smtp.gmail.com'), copyToSent: true },
      true,
    ],
    ['the operator wants none', {}, { copyToSent: false }, false],
    ['another process reads', {}, { inbox: undefined, copyToSent: true }, true],
    ['nobody reads', {}, { inbox: undefined }, false],
    ['an inbox that cannot', {}, { inbox: { ...inbox, keepCopy: undefined } }, false],
    [
      'the inbox of another',
      { mailbox: 'sales@acme.example' },
      { addresses: '*@acme.example' },
      true,
    ],
  ] as const)('%s', async (_, delivery, mailbox, expected) => {
    const all = { inbox, ...mailbox } as object;
    const given = Object.fromEntries(
      Object.entries(all).filter(([, value]) => value !== undefined),
    );
    const world = await openContextWorld(open, { mailbox: given });
    const patch = toCopy(world.ctx, { ...mail, ...delivery });
    expect(patch).toEqual(expected ? { copy_due_at: world.clock.now } : {});
    await world.close();
  });
});
