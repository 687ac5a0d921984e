import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ContextWorld, openContextWorld } from '../../../../test/support/context-world.ts';
import { databases } from '../../../../test/support/databases.ts';
import { parseAddress } from '../identity/address.ts';
import { ingestRaw } from '../inbound/ingest-raw.ts';
import { loadRecipientFacts } from './load-recipient-facts.ts';

const ANA = parseAddress('ana@example.com');

describe.each(databases)('who wrote to a mailbox on $name', ({ open }) => {
  let world: ContextWorld;
  beforeEach(async () => {
    world = await openContextWorld(open, { trustedAuthservId: 'mx.acme.example' });
  });
  afterEach(() => world.close());

  const write = (verdict: string) =>
    ingestRaw(
      world.ctx,
      world.mailbox.address,
      `Authentication-Results: ${verdict}\nFrom: ${ANA}\nMessage-ID: <${verdict.length}@x.example>\n\nHi\n`,
    );
  const load = async () => {
    const question = { mailbox: world.mailbox.address, messageIds: ['none'] };
    const [facts] = await loadRecipientFacts(world.ctx.storage.db, world.ctx, question, [ANA]);
    return facts;
  };

  it.each([
    'mx.acme.example; dmarc=fail header.from=example.com',
    'mx.acme.example; dmarc=none',
    'mx.elsewhere.example; dmarc=pass header.from=example.com',
  ])('P10: mail that nobody proved, %s, makes nobody known', async (verdict) => {
    await write(verdict);
    const facts = await load();
    expect(facts?.newcomer).toBe(true);
    expect(facts?.lastHeardFromAt).toBeUndefined();
  });

  it('proven mail does, and a forged one after it changes nothing', async () => {
    const at = world.clock.now;
    await write('mx.acme.example; dmarc=pass header.from=example.com');
    world.clock.now += 400 * 86_400_000;
    await write('mx.acme.example; dmarc=fail');
    const facts = await load();
    expect(facts?.newcomer).toBeUndefined();
    expect(facts?.lastHeardFromAt).toBe(at);
  });
});
