import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openStored, type Stored } from '../faults/stored.ts';
import { databases } from '../support/databases.ts';
import { openWorld, type WardenWorld } from '../support/warden-world.ts';
import { type GivenEvent, PROVIDERS, toRelayId } from '../support/webhook-posts.ts';
import {
  notify,
  type Posted,
  signMailgun,
  signResend,
  signSendgrid,
  signSns,
  startAmazon,
  TOPIC,
  webhookOptions,
} from '../support/webhook-signatures.ts';

const HOUR = 3_600_000;
const [SES, SENDGRID, POSTMARK, , RESEND] = PROVIDERS;

describe.each(databases)('what providers post, on $name', ({ open }) => {
  const amazon = startAmazon();
  let world: WardenWorld;
  let stored: Stored;
  let people = 0;
  /** Nobody has heard of them before. */
  let ana: string;

  // One world for all: each test has people of its own.
  beforeAll(async () => {
    world = await openWorld(open, {
      webhooks: webhookOptions(amazon),
      budgets: { sendsPerRun: 1_000, firstContactsPerDay: 1_000, sendsPerDay: 1_000 },
    });
    stored = await openStored(world.database);
  });
  afterAll(() => world.close());
  beforeEach(() => {
    ana = nextPerson();
  });

  function nextPerson(): string {
    people += 1;
    return `p${people}@customer.example`;
  }
  /** Sends marketing and lets it go out; gives its Message-ID. */
  async function send(to = ana): Promise<string> {
    await world.agent().send({ to, campaign: 'spring', subject: `News for ${to}`, body: 'Hello' });
    await world.warden.tick();
    const about = (world.sink.messages.at(-1)?.header('Message-ID') ?? '').slice(1, -1);
    await knowByRelayId(about);
    return about;
  }
  /** As the answer of a relay would have told. */
  async function knowByRelayId(about: string): Promise<void> {
    await stored.storage.unit(async (tx) => {
      const alias = await tx
        .selectFrom('message_id_alias')
        .selectAll()
        .where('internet_message_id', '=', about)
        .executeTakeFirstOrThrow();
      const name = { internet_message_id: toRelayId(about) };
      await tx
        .insertInto('message_id_alias')
        .values({ ...alias, ...name })
        .execute();
    });
  }
  const request = (name: string, { body, headers }: Posted) =>
    new Request(`https://mail.acme.example/any/webhooks/${name}`, {
      method: 'POST',
      body,
      headers,
    });
  /** Status and code of the answer. */
  async function post(name: string, posted: Posted, warden = world.warden): Promise<string> {
    const response = await warden.handler(request(name, posted));
    const text = await response.text();
    return `${response.status} ${text.split(':')[0]?.trim()}`;
  }
  const suppressions = async (address = ana) =>
    (await world.warden.system().check(address)).suppressions.map(
      ({ reason, scope }) => `${reason} ${scope}`,
    );
  const row = () =>
    stored.storage.db
      .selectFrom('delivery')
      .selectAll()
      .where('recipient', '=', ana)
      .executeTakeFirstOrThrow();
  async function delivery() {
    const { state, bounced_at, delivered_at, complained_at, ...rest } = await row();
    const { unsubscribed_at, failure_code } = rest;
    return { state, bounced_at, delivered_at, complained_at, unsubscribed_at, failure_code };
  }
  const SENT = {
    ...{ state: 'sent', bounced_at: null, delivered_at: null, complained_at: null },
    ...{ unsubscribed_at: null, failure_code: null },
  };
  const lose = () =>
    stored.storage.unit((tx) =>
      tx
        .updateTable('delivery')
        .set({ state: 'unknown', sent_at: null })
        .where('recipient', '=', ana)
        .execute(),
    );
  async function countTold(type: string): Promise<number> {
    const { id } = await row();
    await world.warden.tick();
    return world.events.filter((each) => each.type === type && each.deliveryId === id).length;
  }
  /** What a provider's figures grow by: done, repeated, foreign. */
  async function counting(name: string, work: () => Promise<void>): Promise<readonly number[]> {
    const read = async () => {
      const days = await world.warden.system().webhookDays();
      const day = days.find(({ provider }) => provider === name);
      return [day?.done ?? 0, day?.repeated ?? 0, day?.foreign ?? 0];
    };
    const before = await read();
    await work();
    const after = await read();
    return after.map((count, at) => count - (before[at] ?? 0));
  }
  const given = (kind: GivenEvent['kind'], about: string, more: Partial<GivenEvent> = {}) => ({
    ...{ kind, about, to: ana, at: world.clock.now, ...more },
  });

  describe.each(PROVIDERS)('$name', (provider) => {
    const say = (event: GivenEvent) => post(provider.name, provider.post(event));

    it('each event does once what a report does', async () => {
      const about = await send();
      const at = world.clock.now;
      expect(await say(given('deferred', about))).toBe('200 ok');
      expect(await delivery()).toEqual(SENT);
      expect(await say(given('delivered', about))).toBe('200 ok');
      expect(await delivery()).toEqual({ ...SENT, delivered_at: at });
      const complaint = provider.post(given('complained', about));
      const counts = await counting(provider.name, async () => {
        expect(await post(provider.name, complaint)).toBe('200 ok');
        expect(await post(provider.name, complaint)).toBe('200 ok');
      });
      expect(counts).toEqual([1, 1, 0]);
      expect(await delivery()).toEqual({ ...SENT, delivered_at: at, complained_at: at });
      expect(await suppressions()).toEqual(['complaint marketing']);
      expect(await countTold('delivery.complained')).toBe(1);
    });

    it('a dead address is suppressed, and never again by the same bounce', async () => {
      const bounce = given('bounced', await send(), { id: `b1 ${ana}` });
      await say(bounce);
      expect(await delivery()).toMatchObject({
        ...{ state: 'sent', bounced_at: world.clock.now, failure_code: 'user_unknown' },
      });
      expect(await suppressions()).toEqual(['hard_bounce all']);
      await world.warden.reviewer('rita').liftSuppression(ana, 'They have a new server.');
      await say(bounce);
      await say({ ...bounce, id: `b2 ${ana}` });
      expect(await suppressions()).toEqual([]);
    });

    it('a full mailbox is not', async () => {
      await say(given('soft', await send()));
      expect(await delivery()).toMatchObject({
        ...{ bounced_at: world.clock.now, failure_code: 'mailbox_full' },
      });
      expect(await suppressions()).toEqual([]);
    });

    it('who unsubscribes there is unsubscribed', async () => {
      const about = await send();
      await say(given('unsubscribed', about));
      await say(given('unsubscribed', about, { at: world.clock.now - 1_000 }));
      const isKnown = !provider.lacks.includes('unsubscribed');
      expect(await suppressions()).toEqual(isKnown ? ['unsubscribe marketing'] : []);
      const unsubscribed_at = isKnown ? world.clock.now : null;
      expect(await delivery()).toEqual({ ...SENT, unsubscribed_at });
      expect(await countTold('recipient.unsubscribed')).toBe(isKnown ? 1 : 0);
    });

    it('ends the same in any order, also for what was unknown', async () => {
      const kinds = ['delivered', 'soft', 'bounced'] as const;
      const ends = new Set<string>();
      for (const order of ['012', '210', '120']) {
        ana = nextPerson();
        const about = await send();
        await lose();
        for (const at of order) await say(given(kinds[Number(at)] ?? 'soft', about));
        ends.add(JSON.stringify({ ...(await delivery()), found: await suppressions() }));
      }
      const at = world.clock.now;
      expect([...ends].map((end) => JSON.parse(end))).toEqual([
        {
          ...{ ...SENT, bounced_at: at, delivered_at: at, failure_code: 'user_unknown' },
          found: ['hard_bounce all'],
        },
      ]);
    });

    it('that it has the message settles what was unknown', async () => {
      const about = await send();
      await lose();
      await say(given('deferred', about));
      const { state, reason_code, sent_at, first_attempt_at } = await row();
      expect({ state, reason_code, sent_at }).toEqual({
        ...{ state: 'sent', reason_code: 'PROVIDER_EVENT', sent_at: first_attempt_at },
      });
    });

    it('mail that is not ours, and people whom it did not go to, are counted and no more', async () => {
      const about = await send();
      const counts = await counting(provider.name, async () => {
        expect(await say(given('bounced', 'somebody@else.example'))).toBe('200 ok');
        expect(await say(given('bounced', about, { to: 'eve@else.example' }))).toBe('200 ok');
      });
      expect(counts).toEqual([0, 0, 2]);
      expect(await delivery()).toEqual(SENT);
      expect(await suppressions()).toEqual([]);
      expect(await suppressions('eve@else.example')).toEqual([]);
    });

    it('what is forged, old or too long is refused with a code and writes nothing', async () => {
      const about = await send();
      const event = given('bounced', about);
      const { body, headers } = provider.post(event);
      const wrong = Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [
          name,
          name === 'Content-Type' ? value : value.replace(/.{8}$/, 'AAAAAAA='),
        ]),
      );
      const changed = body.replace(
        /("signature":\s*")(.)/i,
        (_, start: string, first: string) => `${start}${first === 'a' ? 'b' : 'a'}`,
      );
      const forged = { body: changed, headers: wrong };
      const long = { body: 'x'.repeat(1_048_577), headers };
      const old = { ...event, at: world.clock.now - 26 * HOUR };
      const early = { ...event, at: world.clock.now + HOUR };
      const counts = await counting(provider.name, async () => {
        expect(await post(provider.name, forged)).toBe('401 WEBHOOK_FORGED');
        expect(await post(provider.name, { body: '{}', headers: {} })).toMatch(/^40[13] WEBHOOK_/);
        expect(await post(provider.name, long)).toBe('413 BODY_TOO_LARGE');
        expect(await say(old)).toBe('400 WEBHOOK_STALE');
        expect(await say(early)).toBe('400 WEBHOOK_STALE');
      });
      expect(counts).toEqual([0, 0, 0]);
      expect(await delivery()).toEqual(SENT);
      expect(await suppressions()).toEqual([]);
      expect(await say(event)).toBe('200 ok');
      expect(await suppressions()).toEqual(['hard_bounce all']);
    });
  });

  const sns = (Type: string, more: Readonly<Record<string, string>> = {}) => ({
    ...{ Type, MessageId: 'm', TopicArn: TOPIC, Message: 'You have chosen to subscribe.' },
    ...{ Timestamp: new Date(world.clock.now).toISOString(), ...more },
  });

  it('SES: an event of a topic that is not ours is refused before anything is fetched', async () => {
    const away = startAmazon();
    const warden = await world.another({ webhooks: webhookOptions(away) });
    const other = sns('Notification', { TopicArn: TOPIC.replace('mail-events', 'other') });
    expect(await post('ses', signSns(other), warden)).toBe('403 WEBHOOK_TOPIC_UNKNOWN');
    expect(away.asked).toEqual([]);
  });

  it('SES: a subscription to our topic is confirmed where the topic is, and no other', async () => {
    const confirmation = (more: Readonly<Record<string, string>> = {}) => {
      const confirm = { Token: 'to&ken', SubscribeURL: 'https://evil.example/x', ...more };
      return signSns(sns('SubscriptionConfirmation', confirm));
    };
    const forged = confirmation();
    const body = forged.body.replace('to&ken', 'tokem');
    expect(await post('ses', { ...forged, body })).toBe('401 WEBHOOK_FORGED');
    const other = confirmation({ TopicArn: TOPIC.replace('mail', 'x') });
    expect(await post('ses', other)).toBe('403 WEBHOOK_TOPIC_UNKNOWN');
    const Timestamp = new Date(world.clock.now - 26 * HOUR).toISOString();
    expect(await post('ses', confirmation({ Timestamp }))).toBe('400 WEBHOOK_STALE');
    expect(amazon.asked.filter((url) => !url.endsWith('.pem'))).toEqual([]);
    expect(await post('ses', confirmation())).toBe('200 ok');
    const url = new URL(amazon.asked.at(-1) ?? '');
    expect(url.origin).toBe('https://sns.eu-west-1.amazonaws.com');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      ...{ Action: 'ConfirmSubscription', TopicArn: TOPIC, Token: 'to&ken' },
    });
  });

  it('SES: certificates come from Amazon only, once; signatures may be of version 1', async () => {
    const away = startAmazon();
    const warden = await world.another({ webhooks: webhookOptions(away) });
    const event = notify({}, world.clock.now);
    const addresses = [
      'http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem',
      'https://sns.eu-west-1.amazonaws.com.evil.example/SimpleNotificationService-1.pem',
      'https://sns.eu-west-1.amazonaws.com@evil.example/SimpleNotificationService-1.pem',
      'https://sns.eu-west-1.amazonaws.com:8443/SimpleNotificationService-1.pem',
      'https://evil.s3.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem',
      'https://sns.eu-west-1.amazonaws.com/other/SimpleNotificationService-1.pem',
      'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem?x=1',
      'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem#x',
      'no address',
    ];
    for (const SigningCertURL of addresses) {
      const body = JSON.stringify({ ...JSON.parse(event.body), SigningCertURL });
      expect(await post('ses', { ...event, body }, warden)).toBe('401 WEBHOOK_FORGED');
    }
    expect(away.asked).toEqual([]);
    for (const version of ['1', '2'] as const) {
      const signed = signSns(sns('Notification'), { version });
      expect(await post('ses', signed, warden)).toBe('200 ok');
    }
    expect(away.asked).toHaveLength(1);
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const stranger = signSns(sns('Notification'), { key: privateKey });
    expect(await post('ses', stranger, warden)).toBe('401 WEBHOOK_FORGED');
  });

  it('SES: while Amazon cannot be reached, it is asked to come back', async () => {
    const answer = { status: 500 };
    const away = startAmazon(answer);
    const warden = await world.another({ webhooks: webhookOptions(away) });
    const posted = SES.post(given('bounced', await send()));
    const refused = await warden.handler(request('ses', posted));
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '60']);
    expect(await refused.text()).toContain('WEBHOOK_UNAVAILABLE');
    expect(await suppressions()).toEqual([]);
    answer.status = 200;
    expect(await post('ses', posted, warden)).toBe('200 ok');
    expect(await suppressions()).toEqual(['hard_bounce all']);
  });

  it('SES: a certificate that has run out signs nothing', async () => {
    const { now } = world.clock;
    world.clock.now = Date.UTC(2027, 5, 1);
    expect(await post('ses', notify({}, world.clock.now))).toBe('401 WEBHOOK_FORGED');
    world.clock.now = now;
  });

  it('SES: a complaint that may be of several people is lifted by a reviewer', async () => {
    const both = [ana, nextPerson()];
    const about = await send();
    const own = await row();
    const bob = { ...own, id: `${own.id}-bob`, recipient: both[1] ?? '', idempotency_key: null };
    await stored.storage.unit((tx) =>
      tx
        .insertInto('delivery')
        .values({ ...bob, recipient_canonical: 'bob' })
        .execute(),
    );
    const complaint = {
      complainedRecipients: both.map((emailAddress) => ({ emailAddress })),
      ...{ timestamp: new Date(world.clock.now).toISOString(), feedbackId: `f ${ana}` },
    };
    const mail = { destination: both, commonHeaders: { messageId: `<${about}>` } };
    await post('ses', notify({ eventType: 'Complaint', complaint, mail }, world.clock.now));
    expect(await suppressions()).toEqual(['complaint marketing']);
    const lift = () => world.warden.reviewer('rita').liftSuppression(ana, 'It was Bob.');
    await lift();
    expect(await suppressions()).toEqual([]);
    expect(await post('ses', SES.post(given('complained', about)))).toBe('200 ok');
    expect(await suppressions()).toEqual(['complaint marketing']);
    await expect(lift()).rejects.toMatchObject({ code: 'LIFT_NOT_ALLOWED' });
  });

  it('SES: our own header field names the mail, whatever else became of its names', async () => {
    await send();
    const mailwardenId = world.sink.messages.at(-1)?.header('X-Mailwarden-Id') ?? '';
    const complain = (value: string, feedbackId: string) => {
      const complaint = { complainedRecipients: [{ emailAddress: ana }], feedbackId };
      const mail = { messageId: 'new', headers: [{ name: 'X-Mailwarden-Id', value }] };
      const event = { eventType: 'Complaint', complaint, mail };
      return post('ses', notify(event, world.clock.now));
    };
    await complain(`${mailwardenId.slice(0, -2)}xx`, 'forged');
    expect(await suppressions()).toEqual([]);
    await complain(mailwardenId, 'own');
    expect(await suppressions()).toEqual(['complaint marketing']);
  });

  it('SendGrid: a batch is worked on one by one, and repeated as a whole', async () => {
    const everybody = Array.from({ length: 6 }, nextPerson);
    const events: unknown[] = [];
    for (const to of everybody) {
      const timestamp = Math.floor(world.clock.now / 1_000);
      const base = { email: to, timestamp, 'smtp-id': `<${await send(to)}>` };
      events.push({ ...base, event: 'delivered', sg_event_id: `d ${to}` });
      events.push({ ...base, event: 'spamreport', sg_event_id: `s ${to}` });
      events.push({ ...base, event: 'open', sg_event_id: `o ${to}` });
    }
    const batch = signSendgrid(events, world.clock.now);
    const counts = await counting('sendgrid', async () => {
      const answers = await Promise.all([post('sendgrid', batch), post('sendgrid', batch)]);
      expect(answers).toEqual(['200 ok', '200 ok']);
    });
    for (const to of everybody) expect(await suppressions(to)).toEqual(['complaint marketing']);
    expect(counts).toEqual([12, 12, 0]);
  });

  it('Mailgun: a token that somebody saw signs no other body', async () => {
    const about = await send();
    const event = (kind: string) => ({
      ...{ event: kind, id: kind, timestamp: world.clock.now / 1_000, recipient: ana },
      message: { headers: { 'message-id': about } },
    });
    const first = signMailgun(event('delivered'), world.clock.now, 'token-1');
    expect(await post('mailgun', first)).toBe('200 ok');
    const second = signMailgun(event('complained'), world.clock.now, 'token-1');
    expect(await post('mailgun', second)).toBe('409 WEBHOOK_REPLAYED');
    expect(await post('mailgun', first)).toBe('200 ok');
    expect(await suppressions()).toEqual([]);
  });

  it('Resend: a signature is good for five minutes, each repetition has its own', async () => {
    const { body } = RESEND.post(given('complained', await send()));
    const { now } = world.clock;
    expect(await post('resend', signResend(body, now - 301_000, 'm1'))).toBe('400 WEBHOOK_STALE');
    const counts = await counting('resend', async () => {
      expect(await post('resend', signResend(body, now - 300_000, 'm1'))).toBe('200 ok');
      expect(await post('resend', signResend(body, now, 'm1'))).toBe('200 ok');
    });
    expect(counts).toEqual([1, 1, 0]);
  });

  it('Postmark: who is taken off a list there is not taken off one here', async () => {
    const { body, headers } = POSTMARK.post(given('unsubscribed', await send()));
    const back = { ...JSON.parse(body), SuppressSending: false };
    await post('postmark', { body, headers });
    expect(await post('postmark', { body: JSON.stringify(back), headers })).toBe('200 ok');
    expect(await suppressions()).toEqual(['unsubscribe marketing']);
  });

  it('ids are forgotten after three days, and what they did is not done again', async () => {
    const complaint = given('complained', await send(), { id: `c ${ana}` });
    await post('ses', SES.post(complaint));
    const count = () => stored.storage.db.selectFrom('webhook_event').select('event_id').execute();
    const { now } = world.clock;
    world.clock.now += 72 * HOUR;
    await world.warden.tick();
    expect(await count()).not.toEqual([]);
    world.clock.now += 1;
    await world.warden.tick();
    expect(await count()).toEqual([]);
    await post('ses', SES.post(complaint, world.clock.now));
    expect(await countTold('delivery.complained')).toBe(1);
    world.clock.now = now;
  });

  it('there is nothing for providers that are not set up, nor for GET', async () => {
    const other = await world.another({ webhooks: {} });
    for (const name of ['ses', 'mandrill', '__proto__', 'constructor']) {
      expect(await post(name, { body: '{}', headers: {} }, other)).toBe('404 NOT_FOUND');
    }
    const get = await world.warden.handler(new Request('https://mail.acme.example/webhooks/ses'));
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('while the database is away, the provider is asked to come back', async () => {
    const posted = SENDGRID.post(given('bounced', await send()));
    const other = await world.another();
    await other.stop();
    const response = await other.handler(request('sendgrid', posted));
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '60']);
  });
});
