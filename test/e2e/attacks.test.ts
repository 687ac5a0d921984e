import {
  type AgentHandle,
  createMailwarden,
  type MailboxOptions,
  type Mailwarden,
  type ReviewerHandle,
  type Rule,
  runTool,
  type SendEmailInput,
} from '@mailwarden/core';
import { smtp } from '@mailwarden/core/smtp';
import { afterEach, describe, expect, it } from 'vitest';
import { approveTemplate } from '../support/approve-template.ts';
import { databases } from '../support/databases.ts';
import {
  MARKETING,
  openWorld,
  SUPPORT,
  type WardenWorld,
  type WorldOptions,
} from '../support/warden-world.ts';

const MAIL = { to: 'ana@example.com', subject: 'News', body: 'Hello Ana' };
const KEYS = {
  k1: { id: 'k1', secret: 'a secret that only these tests know, 1' },
  k2: { id: 'k2', secret: 'another secret that only tests know, 2' },
};
const ORDER = {
  id: 'order',
  subject: 'Order {{ number }}',
  body: 'Thank you, {{ name }}.',
  category: 'transactional',
  variables: { number: 'text', name: 'text' },
} as const;

describe.each(databases)('attacks on $name', ({ open }) => {
  let world: WardenWorld;
  const start = async (options: WorldOptions = {}) => {
    world = await openWorld(open, options);
    return world;
  };
  /** Lets everything go out that may, and tells to whom. */
  const sentTo = async (...wardens: readonly Mailwarden[]): Promise<readonly string[]> => {
    await Promise.all([world.warden, ...wardens].map((warden) => warden.tick()));
    return world.sink.messages.flatMap((mail) => mail.envelope.rcptTo).sort();
  };
  const addsUp = async (): Promise<void> => {
    const { candidates, ...buckets } = await world.warden.system().accounting();
    expect(Object.values(buckets).reduce((sum, count) => sum + count, 0)).toBe(candidates);
  };
  afterEach(() => world.close());

  describe('with a handle', () => {
    it('P3: an agent’s handle has no decision on it, however it is cast, copied or bound', async () => {
      const { agent, warden } = await start({ mailbox: { oversight: 'gated_send' } });
      const bot = agent();
      const held = await bot.send(MAIL);
      const args = { message_id: held.messageId, decision: 'approve' };
      const cast = bot as unknown as ReviewerHandle;
      expect(cast.decide).toBeUndefined();
      expect(cast.liftSuppression).toBeUndefined();
      expect(cast.setMode).toBeUndefined();
      expect(Object.isFrozen(bot) && Object.isFrozen(bot.principal)).toBe(true);
      expect(Object.isFrozen(bot.principal.mailboxes)).toBe(true);
      const forged = { ...bot, principal: { kind: 'reviewer', id: 'ops' } };
      const inherited = Object.create(warden.reviewer('ops')) as AgentHandle;
      for (const handle of [forged, inherited, new Proxy(bot, {})]) {
        const call = async () =>
          runTool(handle as AgentHandle, 'decide_email' as 'send_email', args as never);
        const answer = await call().catch((error: unknown) => error);
        expect(answer).toMatchObject({ code: 'NOT_PERMITTED' });
      }
      const result = await runTool(bot, 'decide_email' as 'send_email', args as never);
      expect(JSON.stringify(result)).not.toContain('queued');
      expect(await sentTo()).toEqual([]);
    });

    it('a list of mailboxes that the caller changes later changes nothing', async () => {
      const { warden } = await start();
      const mailboxes = [MARKETING];
      const bot = warden.agent('bot', { mailboxes });
      mailboxes.push(SUPPORT);
      const sent = await bot.send({ ...MAIL, mailbox: SUPPORT });
      expect(sent).toMatchObject({ status: 'invalid', code: 'MAILBOX_UNKNOWN' });
    });

    it('reaches no message of another mailbox, agent or tenant', async () => {
      const { warden, agent, database } = await start({ mailbox: { oversight: 'gated_send' } });
      const other = await createMailwarden({
        database: database.again(),
        tenant: 'other',
        keys: [KEYS.k1],
        mailboxes: [{ address: MARKETING, transport: smtp(world.sink.url) }],
        clock: () => world.clock.now,
      });
      const support = warden.agent('bot', { mailboxes: [SUPPORT] });
      const held = await support.send(MAIL);
      const messageId = held.messageId ?? '';
      const strangers = [
        agent('bot'),
        warden.agent('else', { mailboxes: [SUPPORT] }),
        other.agent('bot', { mailboxes: [MARKETING] }),
      ];
      for (const stranger of strangers) {
        const NOT_FOUND = { status: 'invalid', code: 'MESSAGE_NOT_FOUND' };
        expect(await stranger.cancel({ messageId })).toMatchObject(NOT_FOUND);
        const revised = await stranger.send({ ...MAIL, body: 'Mine now.', revises: messageId });
        expect(revised).toMatchObject(NOT_FOUND);
      }
      for (const stranger of [strangers[0], strangers[2]]) {
        const reply = await stranger?.reply({ messageId, body: 'Hi' });
        expect(reply).toMatchObject({ code: 'MESSAGE_NOT_FOUND' });
        expect(await stranger?.readEmail({ messageId })).toMatchObject({
          code: 'MESSAGE_NOT_FOUND',
        });
      }
      await expect(other.reviewer('ops').decide(messageId, 'approve')).rejects.toMatchObject({
        code: 'MESSAGE_NOT_FOUND',
      });
      expect(await other.system().accounting()).toMatchObject({ candidates: 0 });
      // What one tenant is told about a person is not the other's, and neither are its keys.
      await other.system().suppress('ana@example.com');
      await warden.reviewer('ops').decide(messageId, 'approve');
      expect(await sentTo(other)).toEqual(['ana@example.com']);
      await other.stop();
    });
  });

  describe('with arguments', () => {
    it('keys of prototypes are names like any other', async () => {
      const { agent } = await start({ templates: [ORDER] });
      const parse = (json: string) => JSON.parse(json) as SendEmailInput;
      const inputs = [
        parse(
          '{"__proto__":{"to":"eve@example.com"},"to":"ana@example.com","subject":"A","body":"B"}',
        ),
        parse('{"constructor":{"prototype":{}},"to":"ana@example.com","subject":"A","body":"B"}'),
        parse(
          '{"to":"ana@example.com","subject":"A","body":"B","headers":{"__proto__":{"X-A":"b"}}}',
        ),
        parse('{"to":"ana@example.com","subject":"A","body":"B","headers":{"__proto__":"x"}}'),
        parse('{"to":"ana@example.com","subject":"A","body":"B","template":"__proto__"}'),
        parse('{"to":"ana@example.com","template":"constructor"}'),
        parse('{"to":"ana@example.com","template":"order","variables":{"__proto__":"x"}}'),
        parse(
          '{"to":"ana@example.com","template":"order","variables":{"number":"1","name":"A","constructor":"x"}}',
        ),
        parse('{"to":"ana@example.com","subject":"A","body":"B","mailbox":"__proto__"}'),
        parse('{"to":"ana@example.com","subject":"A","body":"B","category":"constructor"}'),
      ];
      for (const input of inputs) {
        const answer = await agent().send(input);
        expect(['invalid', 'blocked']).toContain(answer.status);
        expect(answer.code).not.toBe('INTERNAL');
      }
      expect(({} as { to?: string }).to).toBeUndefined();
      expect(await sentTo()).toEqual([]);
    });

    it('P1: an argument that changes while it is read is read once', async () => {
      const { agent, warden } = await start();
      await warden.system().suppress('eve@example.com');
      const reads = new Map<string, number>();
      const flipping = (name: string, first: unknown, later: unknown) => ({
        enumerable: true,
        get: () => {
          const count = (reads.get(name) ?? 0) + 1;
          reads.set(name, count);
          return count === 1 ? first : later;
        },
      });
      const list = Object.defineProperty(
        [''],
        0,
        flipping('0', 'ana@example.com', 'eve@example.com'),
      );
      const input = Object.defineProperties(
        {},
        {
          to: flipping('to', list, 'eve@example.com'),
          subject: flipping('subject', 'News', 'Evil\r\nBcc: eve@example.com'),
          body: flipping('body', 'Hello', 7),
          oversightMode: flipping('oversightMode', 'gated_send', undefined),
          idempotencyKey: flipping('idempotencyKey', 'k', undefined),
          tags: flipping('tags', ['a'], ['b']),
        },
      ) as SendEmailInput;
      const sent = await agent().send(input);
      expect(sent).toMatchObject({ status: 'held', to: ['ana@example.com'] });
      expect([...reads.values()]).toEqual([...reads.values()].map(() => 1));
      await warden.reviewer('ops').decide(sent.messageId ?? '', 'approve');
      expect(await sentTo()).toEqual(['ana@example.com']);
    });

    it('takes lists with holes and nothing that only looks like text, and no list without end', async () => {
      const { agent } = await start();
      // biome-ignore lint/suspicious/noSparseArray: that is the attack.
      const holes = [, 'ana@example.com', , ''] as unknown as string[];
      expect((await agent().send({ ...MAIL, to: holes })).to).toEqual(['ana@example.com']);
      for (const to of [
        new String('ana@example.com'),
        { toString: () => 'ana@example.com' },
        ['ana@example.com', { trim: () => 'eve@example.com' }],
        [['ana@example.com']],
        Symbol('ana@example.com'),
        12n,
        () => 'ana@example.com',
        Number.NaN,
      ]) {
        const refused = await agent().send({ ...MAIL, to: to as never });
        expect(refused).toMatchObject({ status: 'invalid', code: 'ARGUMENT_INVALID' });
      }
      const many = Array.from({ length: 100_000 }, (_, at) => `p${at}@example.com`);
      const refused = await agent().send({ ...MAIL, to: many });
      expect(refused).toMatchObject({ status: 'invalid', code: 'ARGUMENT_INVALID' });
      expect(refused.reason.length).toBeLessThan(1_000);
      expect(await sentTo()).toEqual(['ana@example.com']);
    });

    it('what has another type than it says is refused with a code, and changes nothing', async () => {
      const { agent, warden } = await start({ mailbox: { oversight: 'gated_send' } });
      const { messageId: id = '' } = await agent().send(MAIL);
      const [ops, system, bot] = [warden.reviewer('ops'), warden.system(), agent()];
      const wrong = [Number.NaN, -1, 1.5, 1e300, null, {}, [], [id], true, 10n, Symbol('x')];
      for (const value of wrong as never[]) {
        const calls = [
          ...[() => bot.send(value), () => bot.reply(value), () => bot.cancel(value)],
          ...[() => bot.cancel({ messageId: value }), () => bot.listPending({ limit: value })],
          ...[() => bot.readEmail({ messageId: value }), () => bot.getThread({ threadId: value })],
          () => ops.decide(value, 'approve'),
          () => ops.decide(id, value),
          () => ops.decide(id, 'reject', { reason: value }),
          () => ops.decide(id, 'approve', { revision: value }),
          () => ops.decide(id, 'approve', { review: value, revision: 7 }),
          () => ops.decide(id, 'approve', { edit: value, revision: 7 }),
          () => ops.decide(id, 'approve', { edit: { subject: value } }),
          () => ops.decide(id, 'approve', { edit: { body: value } }),
          () => ops.setMode(MARKETING, value, 'A reason'),
          () => ops.setMode(MARKETING, 'gated_send', value),
          () => ops.setMode(value, 'read_only', 'A reason'),
          () => ops.show(value),
          () => ops.resolveUnknown(value, 'sent', 'A reason'),
          () => ops.resolveUnknown(id, value, 'A reason'),
          () => system.pause(value, 'A reason'),
          () => system.deliveries({ limit: value }),
        ];
        for (const call of calls) {
          const answer = await call().catch((error: unknown) => error);
          const { status = 'thrown', code } = answer as { status?: string; code?: string };
          if (status === 'ok') continue;
          expect({ call: call.toString(), code }).toMatchObject({
            code: expect.stringMatching(
              /(INVALID|UNKNOWN|REQUIRED|NOT_FOUND|NOT_PENDING|CONFLICT|CEILING)$/,
            ),
          });
        }
      }
      await expect(ops.setMode(MARKETING, 'read_only', 'x', 1.5)).rejects.toMatchObject({
        code: 'ARGUMENT_INVALID',
      });
      expect(await ops.deliveries(id)).toMatchObject([{ state: 'held' }]);
      expect(await sentTo()).toEqual([]);
    });

    it('a time that no calendar has is refused, not stored', async () => {
      const { agent, warden } = await start();
      for (const sendAt of [8.64e15 + 1, Number.MAX_SAFE_INTEGER, 1e300, -1, 0.5, Number.NaN]) {
        const answer = await agent().send({ ...MAIL, sendAt: sendAt as never });
        expect(answer).toMatchObject({ status: 'invalid', code: 'ARGUMENT_INVALID' });
      }
      expect(await warden.system().accounting()).toMatchObject({ candidates: 0 });
    });

    it.each([
      ['one line breaks into two', 'ana@example.com\r\nRCPT TO:<eve@example.com>'],
      ['a trailing dot', 'ana@example.com.'],
      ['a quoted local part', '"eve@evil.example,"@example.com'],
      ['a quoted space', '"ana eve"@example.com'],
      ['a comment', 'ana(eve)@example.com'],
      ['an IP literal', 'ana@[127.0.0.1]'],
      ['an IP address', 'ana@127.0.0.1'],
      ['a number that is one', 'ana@2130706433'],
      ['an invisible character', 'an\u200Ba@example.com'],
      ['a right-to-left override', 'ana\u202E@example.com'],
      ['angle brackets', '<ana@example.com>'],
      ['a percent sign in the domain', 'ana@example%2ecom'],
      ['a port', 'ana@example.com:25'],
      ['a user in the domain', 'ana@user@example.com'],
      ['nothing before the at sign', '@example.com'],
    ])('refuses an address with %s', async (_, to) => {
      const { agent } = await start();
      expect((await agent().send({ ...MAIL, to })).status).toBe('invalid');
      expect(await sentTo()).toEqual([]);
    });
  });

  describe('on who is written to', () => {
    it('P1: no spelling of an address gets around a suppression', async () => {
      const { agent, warden } = await start();
      await warden.system().suppress('Ana.Lee+shop@GoogleMail.com', { reason: 'unsubscribe' });
      await warden.system().suppress('ben@example.com', { reason: 'unsubscribe' });
      for (const to of [
        'analee@gmail.com',
        'A.n.a.L.e.e+other@googlemail.com',
        'ANALEE@GMAIL.COM',
        'BEN@example.com',
        'ben+1@EXAMPLE.com',
        'ben@example。com',
        'ben@ｅxample.com',
      ]) {
        const sent = await agent().send({ ...MAIL, to });
        expect({ to, code: sent.code }).toEqual({ to, code: 'SUPPRESSED' });
      }
      expect(await sentTo()).toEqual([]);
    });

    it('P8: nor does one of them after the keys were rotated', async () => {
      const { warden, another } = await start();
      await warden.system().suppress('ana+a@example.com', { reason: 'unsubscribe' });
      const rotated = await another({ keys: [KEYS.k2, KEYS.k1] });
      const bot = rotated.agent('bot', { mailboxes: [MARKETING] });
      expect(await bot.send({ ...MAIL, to: 'Ana+b@example.com' })).toMatchObject({
        code: 'SUPPRESSED',
      });
      await rotated.system().suppress('ben@example.com', { reason: 'unsubscribe' });
      // The process that has the keys in the old order meets what the other one wrote.
      const old = await another({ keys: [KEYS.k1, KEYS.k2] });
      const late = old.agent('bot', { mailboxes: [MARKETING] });
      expect(await late.send({ ...MAIL, to: 'Ben+x@example.com' })).toMatchObject({
        code: 'SUPPRESSED',
      });
      expect(await sentTo(rotated, old)).toEqual([]);
    });

    it('P6: one idempotency key is one message, also in another spelling and after a rotation', async () => {
      const { agent, another } = await start();
      const step = { ...MAIL, idempotencyKey: 'step-1' };
      const first = await agent().send(step);
      expect(await agent().send({ ...step, to: 'Ana@example.com' })).toMatchObject({
        status: 'duplicate',
        messageId: first.messageId,
      });
      world.clock.now += 86_400_000;
      const rotated = await another({ keys: [KEYS.k2, KEYS.k1] });
      const bot = rotated.agent('bot', { mailboxes: [MARKETING] });
      for (const to of ['ana@example.com', 'ANA@EXAMPLE.COM']) {
        expect((await bot.send({ ...step, to })).status).toBe('duplicate');
      }
      const other = await bot.send({ ...step, to: 'aNa@example.com', body: 'Something else' });
      expect(other).toMatchObject({ status: 'invalid', code: 'IDEMPOTENCY_CONFLICT' });
      // A tagged address is another mailbox: a key holds for each of them.
      expect((await bot.send({ ...step, to: 'ana+2@example.com', body: 'Two' })).status).toBe(
        'queued',
      );
      expect(await sentTo(rotated)).toEqual(['ana+2@example.com', 'ana@example.com']);
    });

    it('P6: two spellings in one call, or the same person in to, cc and bcc, are one recipient', async () => {
      const { agent, warden } = await start({ internalDomains: ['people.example'] });
      const sent = await agent().send({
        to: ['kim@people.example', 'Kim@people.example'],
        cc: ['lee@people.example', 'KIM@people.example'],
        bcc: ['lee@people.example', 'max@people.example'],
        subject: 'Minutes',
        body: 'Here they are.',
        idempotencyKey: 'minutes',
      });
      expect(sent.status).toBe('queued');
      expect((await sentTo()).map((address) => address.toLowerCase())).toEqual([
        'kim@people.example',
        'lee@people.example',
        'max@people.example',
      ]);
      expect(await warden.system().accounting()).toMatchObject({ candidates: 3, sent: 3 });
      expect(world.sink.messages.length).toBe(1);
    });

    it('does not write to its own mailboxes, in any spelling', async () => {
      const { agent } = await start();
      for (const to of [MARKETING.toUpperCase(), SUPPORT, 'Support+loop@Acme.Example']) {
        expect(await agent().send({ ...MAIL, to })).toMatchObject({
          status: 'blocked',
          code: 'LOOP_OWN_ADDRESS',
        });
      }
      expect(await sentTo()).toEqual([]);
    });

    it('only an address of exactly an internal domain is a colleague', async () => {
      const { agent } = await start({
        internalDomains: ['People.Example', 'bücher.example'],
        mailbox: { oversight: { default: 'gated_send', conversational: 'autonomous' } },
      });
      for (const [to, status] of [
        ['kim@people.example', 'queued'],
        ['kim@PEOPLE.EXAMPLE', 'queued'],
        ['kim@bücher.example', 'queued'],
        ['kim@xn--bcher-kva.example', 'queued'],
        ['kim@sub.people.example', 'held'],
        ['kim@notpeople.example', 'held'],
        ['kim@people.example.evil.example', 'held'],
        ['kim@pеople.example', 'held'], // The first e is Cyrillic.
        ['kim@people.exаmple', 'held'],
        ['people.example@evil.example', 'held'],
      ] as const) {
        const sent = await agent().send({ ...MAIL, to, body: `Hello ${to}` });
        expect({ to, status: sent.status }).toEqual({ to, status });
      }
      const mixed = await agent().send({
        ...MAIL,
        to: 'kim@people.example',
        bcc: 'eve@evil.example',
        category: 'conversational',
      });
      expect(mixed).toMatchObject({ status: 'blocked', code: 'MARKETING_SHAPE' });
    });
  });

  describe('on the category', () => {
    const mailbox: Partial<MailboxOptions> = {
      oversight: { default: 'gated_send', transactional: 'autonomous' },
    };
    const order = {
      to: 'ana@example.com',
      template: 'order',
      variables: { number: '1', name: 'Ana' },
    };

    it('is transactional only by a template that a person approved, for one recipient', async () => {
      const { agent, warden } = await start({ templates: [ORDER], mailbox });
      const early = await agent().send({ ...order, category: 'transactional' });
      expect(early.status).toBe('held');
      await approveTemplate(warden.reviewer('ops'), 'order');
      const two = await agent().send({
        ...order,
        to: ['ana@example.com', 'ben@example.com'],
        category: 'transactional',
      });
      expect(two.messages.map((message) => message.status)).not.toContain('queued');
      const text = await agent().send({ ...MAIL, category: 'transactional', body: 'Buy now' });
      expect(text.status).toBe('held');
      expect(
        (await agent().send({ ...order, variables: { number: '2', name: 'Ana' } })).status,
      ).toBe('queued');
      expect(await sentTo()).toEqual(['ana@example.com']);
    });

    it('a marketing template stays marketing, whatever is claimed', async () => {
      const { agent, warden } = await start({
        templates: [{ ...ORDER, category: 'marketing' }],
        mailbox,
      });
      await approveTemplate(warden.reviewer('ops'), 'order');
      for (const category of ['transactional', 'conversational'] as const) {
        const sent = await agent().send({
          ...order,
          category,
          variables: { number: category, name: 'A' },
        });
        expect(sent.status).toBe('held');
        const shown = await warden.reviewer('ops').show(sent.messageId ?? '');
        expect(shown).toMatchObject({ category: 'marketing' });
        expect(shown.text).toContain('Acme, Inc.');
      }
    });

    it('P4: a template that changed in code is not the one that was approved', async () => {
      const { agent, warden, another } = await start({ templates: [ORDER], mailbox });
      await approveTemplate(warden.reviewer('ops'), 'order');
      const changed = await another({ templates: [{ ...ORDER, body: 'Buy more, {{ name }}!' }] });
      const bot = changed.agent('bot', { mailboxes: [MARKETING] });
      expect((await bot.send(order)).status).toBe('held');
      // Mail made from the approved text still is; once the new text is approved, the old is not.
      const old = await agent().send({ ...order, variables: { number: '2', name: 'Ben' } });
      expect(old.status).toBe('queued');
      await approveTemplate(changed.reviewer('ops'), 'order');
      expect(await sentTo(changed)).toEqual([]);
      expect(await warden.reviewer('ops').deliveries(old.messageId ?? '')).toMatchObject([
        { state: 'held', code: 'TEMPLATE_NOT_APPROVED' },
      ]);
    });
  });

  describe('on approval', () => {
    it('P1: approve, cancel, revise and suppress at once: nobody suppressed is written to', async () => {
      const { agent, warden, another } = await start({ mailbox: { oversight: 'gated_send' } });
      const wardens = [warden, await another()];
      for (let round = 0; round < 5; round += 1) {
        const to = `p${round}@example.com`;
        const held = await agent().send({ ...MAIL, to });
        const messageId = held.messageId ?? '';
        await Promise.allSettled([
          ...wardens.map((each) => each.reviewer('ops').decide(messageId, 'approve')),
          agent().cancel({ messageId }),
          agent().send({ ...MAIL, to, body: 'Better', revises: messageId }),
          wardens[1]?.system().suppress(to),
        ]);
        expect(await sentTo(...wardens)).toEqual([]);
        await addsUp();
      }
    });

    it('P4: approve, reject, cancel and revise at once: one of them wins', async () => {
      const { agent, warden, another } = await start({ mailbox: { oversight: 'gated_send' } });
      const second = await another();
      for (let round = 0; round < 5; round += 1) {
        const to = `p${round}@example.com`;
        const { messageId = '' } = await agent().send({ ...MAIL, to });
        const settled = await Promise.allSettled([
          warden.reviewer('ops').decide(messageId, 'approve'),
          second.reviewer('eva').decide(messageId, 'reject', { reason: 'No.' }),
          agent().cancel({ messageId }),
          agent().send({ ...MAIL, to, body: 'Better', revises: messageId }),
        ]);
        const [approved, rejected, cancelled] = settled;
        const mail = (await sentTo(second)).filter((address) => address === to);
        const [original] = await warden.reviewer('ops').deliveries(messageId);
        expect(['sent', 'rejected', 'cancelled']).toContain(original?.state);
        expect(mail.length).toBe(original?.state === 'sent' ? 1 : 0);
        if (original?.state === 'sent') expect(approved.status).toBe('fulfilled');
        if (original?.state === 'rejected') expect(rejected.status).toBe('fulfilled');
        if (cancelled.status === 'fulfilled' && cancelled.value.status === 'ok') {
          expect(mail).toEqual([]);
        }
        await addsUp();
      }
    });

    it('P4: of two edits at once one is sent, and exactly as its editor wrote it', async () => {
      const { agent, warden, another, sink } = await start({
        mailbox: { oversight: 'gated_send' },
      });
      const second = await another();
      const { messageId = '' } = await agent().send(MAIL);
      const settled = await Promise.allSettled(
        [warden, second, warden, second].map((each, at) =>
          each
            .reviewer(`person-${at}`)
            .decide(messageId, 'approve', { edit: { body: `Text ${at}` } }),
        ),
      );
      const winners = settled.flatMap((each, at) => (each.status === 'fulfilled' ? at : []));
      expect(winners.length).toBe(1);
      expect(await sentTo(second)).toEqual(['ana@example.com']);
      expect(sink.messages[0]?.part('text/plain')).toContain(`Text ${winners[0]}`);
      await expect(
        warden.reviewer('ops').decide(messageId, 'approve', { edit: { body: 'Again' } }),
      ).rejects.toMatchObject({ code: 'NOT_PENDING' });
    });

    it('P4: an approval covers what was shown, not a rule that was in shadow then', async () => {
      const rule: Rule = {
        id: 'acme-legal',
        version: '1',
        evaluate: () => [
          {
            effect: 'hold',
            needs: 'look',
            code: 'ACME_LEGAL',
            message: 'Ask legal.',
            evidence: {},
          },
        ],
      };
      const { agent, warden, another } = await start({
        mailbox: { oversight: 'gated_send' },
        rules: [{ ...rule, shadow: true }],
      });
      const { messageId = '' } = await agent().send({ ...MAIL });
      await warden.system().pause(MARKETING, 'until the rule is on');
      await warden.reviewer('ops').decide(messageId, 'approve');
      const strict = await another({ rules: [rule] });
      await strict.system().resume(MARKETING);
      await strict.tick();
      expect(world.sink.messages).toEqual([]);
      expect(await strict.reviewer('ops').deliveries(messageId)).toMatchObject([
        { state: 'held', code: 'ACME_LEGAL' },
      ]);
    });
  });

  describe('on the worker', () => {
    it('P6: passes at the same time, from one warden and several, send once', async () => {
      const { agent, warden, another } = await start();
      const second = await another();
      await agent().send(MAIL);
      await Promise.all([warden, second, warden, second, warden].map((each) => each.tick()));
      expect(await sentTo()).toEqual(['ana@example.com']);
    });

    it('a listener may make a pass, send and stop the warden itself', async () => {
      const seen: string[] = [];
      const { agent, warden } = await start({
        onEvent: async (event) => {
          seen.push(event.type);
          if (event.type === 'delivery.queued') await warden.tick();
          if (event.type === 'delivery.sent') await warden.stop();
        },
      });
      await agent().send(MAIL);
      await warden.tick().catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'STOPPED' });
      });
      expect(seen).toContain('delivery.sent');
      expect(world.sink.messages.length).toBe(1);
    });

    it('stopping in the middle of a pass leaves nothing unknown and nothing claimed', async () => {
      const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
      const { promise: hold, resolve: release } = Promise.withResolvers<void>();
      const { agent, another } = await start({ dispatch: { concurrency: 2 } });
      const inner = smtp(world.sink.url);
      const slow = await another({
        mailbox: {
          transport: {
            maxConnections: 2,
            verify: () => inner.verify(),
            close: () => inner.close(),
            async send(envelope, raw) {
              reach();
              await hold;
              return inner.send(envelope, raw);
            },
          },
        },
      });
      const to = Array.from({ length: 6 }, (_, at) => `p${at}@example.com`);
      await agent().send({ ...MAIL, to });
      const pass = slow.tick().catch((error: unknown) => error);
      await reached;
      const stopped = slow.stop();
      release();
      await stopped;
      await pass;
      const accounting = await world.warden.system().accounting();
      expect(accounting).toMatchObject({ candidates: 6, unknown: 0 });
      expect(accounting.sent).toBe(world.sink.messages.length);
      const states = (await world.warden.system().deliveries()).map((delivery) => delivery.state);
      expect(new Set(states)).toEqual(new Set(['sent', 'queued']));
      expect(await sentTo()).toEqual(to);
    });

    it('stopping while a claim commits gives back what was claimed', async () => {
      const { promise: reached, resolve: reach } = Promise.withResolvers<void>();
      const signal: Rule = {
        id: 'acme-signal',
        version: '1',
        evaluate: ({ phase }) => {
          if (phase === 'claim') reach();
          return [];
        },
      };
      const { agent, another } = await start();
      await agent().send(MAIL);
      const leaving = await another({ rules: [signal] });
      const pass = leaving.tick().catch((error: unknown) => error);
      await reached;
      await leaving.stop();
      await pass;
      expect(await world.warden.system().deliveries()).toMatchObject([{ state: 'queued' }]);
      expect(await sentTo()).toEqual(['ana@example.com']);
    });

    it('a send that stop() overtakes is recorded or refused with a code', async () => {
      const { agent, another } = await start();
      const leaving = await another();
      const bot = leaving.agent('bot', { mailboxes: [MARKETING] });
      const calls = Array.from({ length: 10 }, (_, at) =>
        bot.send({ ...MAIL, to: `p${at}@example.com` }),
      );
      await leaving.stop();
      const answers = await Promise.all(calls);
      const queued = answers.filter((answer) => answer.status === 'queued');
      for (const answer of answers) {
        if (answer.status !== 'queued') expect(answer.code).toBe('STOPPED');
      }
      expect((await sentTo()).length).toBe(queued.length);
      expect(agent).toBeDefined();
    });

    it('a rule that puts off until the past does not keep the worker busy', async () => {
      let looks = 0;
      const rule: Rule = {
        id: 'acme-later',
        version: '1',
        evaluate: ({ phase }) => {
          if (phase === 'request') return [];
          looks += 1;
          return [
            { effect: 'defer', until: 0, code: 'ACME_LATER', message: 'Later.', evidence: {} },
          ];
        },
      };
      const { agent, warden } = await start({ rules: [rule] });
      await agent().send(MAIL);
      await warden.tick({ maxMs: 2_000 });
      expect(looks).toBe(1);
      expect(await warden.system().accounting()).toMatchObject({ deferred: 1 });
    });

    it('P2: a warden does not decide on mail of a policy that it does not know', async () => {
      const hold: Rule = {
        id: 'acme-hold',
        version: '1',
        evaluate: ({ phase }) =>
          phase === 'claim'
            ? [{ effect: 'hold', needs: 'look', code: 'ACME_HOLD', message: 'Stop.', evidence: {} }]
            : [],
      };
      const { agent, warden, another } = await start();
      const strict = await another({ rules: [hold] });
      const bot = strict.agent('bot', { mailboxes: [MARKETING] });
      const sent = await bot.send(MAIL);
      await warden.tick();
      expect(world.sink.messages).toEqual([]);
      await strict.tick();
      expect(await strict.reviewer('ops').deliveries(sent.messageId ?? '')).toMatchObject([
        { state: 'held', code: 'ACME_HOLD' },
      ]);
      expect((await agent().send({ ...MAIL, to: 'ben@example.com' })).status).toBe('queued');
      expect(await sentTo()).toEqual(['ben@example.com']);
    });

    it('P2: policies that start at the same moment never share an epoch', async () => {
      const { database } = await start();
      const names = ['a', 'b', 'c', 'd'];
      // Each has a mailbox of its own, so that they do not wait for each other's mailbox row.
      const wardens = await Promise.all(
        names.map((name) =>
          createMailwarden({
            database: database.again(),
            keys: [KEYS.k1],
            mailboxes: [{ address: `${name}@acme.example` }],
            clock: () => world.clock.now,
          }),
        ),
      );
      const storage = await database.again().open();
      const epochs = [];
      for (const [at, warden] of wardens.entries()) {
        const bot = warden.agent('bot', { mailboxes: [`${names[at]}@acme.example`] });
        const sent = await bot.send(MAIL);
        await warden.stop();
        const row = await storage.db
          .selectFrom('delivery')
          .select('policy_epoch')
          .where('message_id', '=', sent.messageId ?? '')
          .executeTakeFirst();
        epochs.push(row?.policy_epoch);
      }
      await storage.close();
      expect(new Set(epochs).size).toBe(4);
    });

    it('a clock that runs backwards loses nothing and loosens nothing', async () => {
      const { agent, warden, clock } = await start({ mailbox: { dailyLimit: 2 } });
      const mail = (to: string) => agent().send({ ...MAIL, to, idempotencyKey: 'once' });
      await mail('a@example.com');
      await mail('b@example.com');
      await warden.tick();
      clock.now -= 3 * 86_400_000;
      expect((await mail('a@example.com')).status).toBe('duplicate');
      expect((await agent().send({ ...MAIL, to: 'a@example.com' })).status).toBe('duplicate');
      await mail('c@example.com');
      expect(await sentTo()).toEqual(['a@example.com', 'b@example.com']);
      expect(await warden.system().accounting()).toMatchObject({ candidates: 3, deferred: 1 });
      clock.now += 4 * 86_400_000 + 1;
      expect((await sentTo()).length).toBe(3);
    });
  });
});
