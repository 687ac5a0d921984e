import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type ContextWorld,
  openContextWorld,
  type SentMessage,
} from '../../../../../test/support/context-world.ts';
import { databases } from '../../../../../test/support/databases.ts';
import { answer } from '../../../../../test/support/report-mail.ts';
import { parseAddress } from '../../identity/address.ts';
import type { ReviewerPrincipal } from '../../principal/principal.ts';
import { decideStopRequest } from '../../stop-requests/decide-stop-request.ts';
import { listStopRequests } from '../../stop-requests/list-stop-requests.ts';
import { checkSuppression } from '../../suppression/check-suppression.ts';
import { ingestRaw } from '../ingest-raw.ts';

const RITA: ReviewerPrincipal = { kind: 'reviewer', id: 'rita' };

describe.each(databases)('a request to stop on $name', ({ open }) => {
  let world: ContextWorld;
  beforeEach(async () => {
    world = await openContextWorld(open);
  });
  afterEach(() => world.close());

  const db = () => world.ctx.storage.db;
  const say = (words: string, about?: SentMessage, fields: Record<string, string> = {}) =>
    ingestRaw(
      world.ctx,
      'support@acme.example',
      answer({ From: 'Ana <ana@example.com>', ...fields }, words, about?.internetMessageId),
    );
  const delivery = ({ deliveryId }: SentMessage) =>
    db().selectFrom('delivery').selectAll().where('id', '=', deliveryId).executeTakeFirstOrThrow();
  const reasons = async (address = 'ana@example.com') =>
    (await checkSuppression(world.ctx, address)).suppressions.map(
      ({ reason, scope, senderId }) => `${reason} ${scope} ${senderId}`,
    );
  const waiting = () => listStopRequests(world.ctx, RITA);
  const events = async (type: string) =>
    (await db().selectFrom('event').selectAll().orderBy('seq').execute()).filter(
      (event) => event.type === type,
    );

  test('a clear one in our thread is an unsubscribe, once, and a reply', async () => {
    const sent = await world.insertSent({ to: 'Ana+news@example.com' });
    await say('Please remove me from your list.\n\n> Unsubscribe: https://x.example', sent);
    await say('Please remove me from your list!', sent);
    expect(await reasons()).toEqual(['unsubscribe marketing acme']);
    const at = world.clock.now;
    expect(await delivery(sent)).toMatchObject({ unsubscribed_at: at, replied_at: at });
    expect(await events('recipient.unsubscribed')).toMatchObject([
      { actor: 'recipient', data: '{"scope":"marketing","via":"reply"}' },
    ]);
    expect(await waiting()).toEqual([]);
  });

  test('words that were quoted from us are not theirs', async () => {
    const sent = await world.insertSent();
    await say('Thanks!\n\nOn Monday Acme wrote:\n> please unsubscribe me\n> stop', sent);
    expect(await reasons()).toEqual([]);
    expect(await waiting()).toEqual([]);
  });

  test('unclear ones wait for a person, each of them', async () => {
    const sent = await world.insertSent();
    await say('unsubscribe the details from the thread', sent);
    await say('and how do I unsubscribe?', sent);
    expect(await reasons()).toEqual([]);
    expect((await waiting()).map(({ from, text }) => `${from} ${text}`).sort()).toEqual([
      'ana@example.com and how do I unsubscribe?',
      'ana@example.com unsubscribe the details from the thread',
    ]);
    expect(await events('stop_request.opened')).toHaveLength(2);
    const only = { ...RITA, mailboxes: [parseAddress('sales@acme.example')] };
    expect(await listStopRequests(world.ctx, only)).toEqual([]);
  });

  test('a person decides: stop suppresses, continue needs a reason', async () => {
    const sent = await world.insertSent();
    await say('unsubscribe the details from the thread', sent);
    const decide = (decision: 'stop' | 'continue', reason?: string, principal = RITA) =>
      waiting().then(([first]) =>
        decideStopRequest(world.ctx, principal, {
          ...{ requestId: first?.id ?? '', decision },
          ...(reason === undefined ? {} : { reason }),
        }),
      );
    await expect(decide('continue')).rejects.toMatchObject({ code: 'REASON_REQUIRED' });
    const other = { ...RITA, mailboxes: [parseAddress('sales@acme.example')] };
    await expect(decide('stop', '', other)).rejects.toMatchObject({ code: 'NOT_PENDING' });
    await decide('continue', 'They meant the invoice.');
    expect(await waiting()).toEqual([]);
    expect(await reasons()).toEqual([]);
    await say('but do not unsubscribe me', sent);
    await decide('stop');
    expect(await waiting()).toEqual([]);
    expect(await reasons()).toEqual(['unsubscribe marketing acme']);
    expect(await events('recipient.unsubscribed')).toMatchObject([{ actor: 'reviewer:rita' }]);
    await expect(decide('stop')).rejects.toMatchObject({ code: 'NOT_PENDING' });
  });

  test('a clear one closes what was open', async () => {
    const sent = await world.insertSent();
    await say('How do I unsubscribe?', sent);
    await say('Unsubscribe me', sent);
    expect(await waiting()).toEqual([]);
    const [decided] = await events('stop_request.decided');
    expect(decided).toMatchObject({ actor: 'recipient' });
  });

  test('from another address in the thread it waits for a person', async () => {
    const sent = await world.insertSent();
    await say('Unsubscribe me', sent, { From: 'eve@elsewhere.example' });
    expect(await reasons()).toEqual([]);
    expect(await reasons('eve@elsewhere.example')).toEqual([]);
    const canonical = (await delivery(sent)).recipient_canonical;
    expect(await db().selectFrom('stop_request').select('canonical').execute()).toEqual([
      { canonical },
    ]);
  });

  test('outside a thread it waits for a person, and a stranger changes nothing', async () => {
    await world.insertSent();
    await say('', undefined, { Subject: 'Unsubscribe' });
    await say('Unsubscribe me', undefined, { From: 'stranger@elsewhere.example' });
    expect(await reasons()).toEqual([]);
    expect(await waiting()).toMatchObject([{ from: 'ana@example.com', subject: 'Unsubscribe' }]);
    expect(await reasons('stranger@elsewhere.example')).toEqual([]);
  });

  test('outside a thread mail from another mailbox of the sender counts, too', async () => {
    const sales = parseAddress('sales@acme.example');
    await world.insertSent({ message: { mailbox: sales }, delivery: { mailbox: sales } });
    const fields = { From: 'ana@example.com', Subject: 'Unsubscribe', To: 'support@acme.example' };
    await say('', undefined, fields);
    expect(await db().selectFrom('stop_request').select('sender_id').execute()).toEqual([]);
    await ingestRaw(world.ctx, sales, answer({ ...fields, To: sales }, ''));
    await world.insertSent({ to: 'cy@example.com' });
    await ingestRaw(world.ctx, sales, answer({ ...fields, From: 'cy@example.com' }, ''));
    expect(await db().selectFrom('stop_request').select('mailbox').execute()).toEqual([
      { mailbox: sales },
      { mailbox: sales },
    ]);
  });

  test('a subject of ours is not their word', async () => {
    const sent = await world.insertSent();
    await say('Great, thanks.', sent, { Subject: 'AW: Unsubscribe' });
    expect(await reasons()).toEqual([]);
    expect(await waiting()).toEqual([]);
  });

  test('programs ask for nothing', async () => {
    const sent = await world.insertSent();
    const automatic = { 'Auto-Submitted': 'auto-replied', Subject: 'Automatic reply' };
    await say('I am away. Stop emailing me.', sent, automatic);
    expect(await reasons()).toEqual([]);
    expect(await waiting()).toEqual([]);
  });

  test('the button of a mail client names the delivery by its token, whoever sends it', async () => {
    const sent = await world.insertSent();
    const token = world.ctx.keys.createToken('unsubscribe', sent.deliveryId);
    const from = { From: 'ana.private@elsewhere.example' };
    await say('', undefined, { ...from, Subject: `unsubscribe ${token.slice(0, -2)}xx` });
    expect(await reasons()).toEqual([]);
    await say('', undefined, { ...from, Subject: `unsubscribe ${token}` });
    expect(await reasons()).toEqual(['unsubscribe marketing acme']);
    expect((await delivery(sent)).unsubscribed_at).toBe(world.clock.now);
  });

  test('P3: what a forged request can do is stop mail', async () => {
    const sent = await world.insertSent();
    await say('Unsubscribe me', sent);
    const { state, sent_at } = await delivery(sent);
    expect({ state, sent_at }).toEqual({ state: 'sent', sent_at: world.clock.now });
    expect(await reasons()).toEqual(['unsubscribe marketing acme']);
    const consents = await db().selectFrom('consent').selectAll().execute();
    expect(consents).toEqual([]);
  });
});
