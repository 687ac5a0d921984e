import type { OptInRequest } from '@mailwarden/core';
import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { dumpDatabase, findText } from '../support/dump-database.ts';
import {
  MARKETING,
  openWorld,
  type WardenWorld,
  type WorldOptions,
} from '../support/warden-world.ts';

const ANA = 'ana@example.de';
const DAY = 86_400_000;
const REQUEST: OptInRequest = {
  mailbox: MARKETING,
  statement: 'Acme, Inc. may send me news about Acme <5> by email.',
  wordingVersion: 'signup-3',
  signup: { method: 'web form', form: 'footer', ip: '192.0.2.7' },
  subject: 'Please confirm your subscription',
  body: 'You signed up for our news. Please confirm it.',
};

describe.each(databases)('double opt-in on $name', ({ open }) => {
  let world: WardenWorld;
  afterEach(() => world.close());

  const start = async (options: WorldOptions = {}) => {
    world = await openWorld(open, options);
    return { ...world, system: world.warden.system() };
  };
  const link = async () => {
    const [mail] = await world.sink.waitFor(1);
    const text = mail?.raw.toString('utf8').replaceAll('=\r\n', '').replaceAll('=3D', '=') ?? '';
    return /https:\/\/mail\.acme\.example\/c\/[A-Za-z0-9_-]{44}/.exec(text)?.[0] ?? '';
  };
  const visit = (url: string, method = 'GET') => world.warden.handler(new Request(url, { method }));
  const consents = async () =>
    (await world.warden.system().consentAt({ address: ANA })).consents.map(({ basis }) => basis);
  const mail = (to = ANA) =>
    world.agent().send({ to, subject: 'Acme 5 is here', body: 'Acme 5 is here.' });

  it('asks by mail, records the confirmation with its evidence, and then mail goes out', async () => {
    const { system, warden, clock } = await start();
    expect((await mail()).code).toBe('CONSENT_MISSING');
    expect(await system.requestOptIn(ANA, REQUEST)).toMatchObject({ status: 'queued' });
    await warden.tick();
    const url = await link();
    clock.now += DAY;
    const confirmed = await visit(url, 'POST');
    expect(confirmed.status).toBe(200);
    expect(await confirmed.text()).toContain('Acme &lt;5&gt;');
    expect(await consents()).toEqual(['double_opt_in']);
    const storage = await world.database.again().open();
    const row = await storage.db.selectFrom('consent').selectAll().executeTakeFirstOrThrow();
    expect(row).toMatchObject({
      wording_version: 'signup-3',
      reported_by: 'recipient',
      confirmed_by: 'recipient',
      obtained_at: clock.now,
    });
    expect(JSON.parse(row.evidence)).toMatchObject({
      method: 'confirmation link',
      signupMethod: 'web form',
      ip: '192.0.2.7',
      requestedAt: clock.now - DAY,
    });
    await warden.tick();
    await world.sink.waitFor(2);
    const basis = await storage.db.selectFrom('delivery').select('basis').execute();
    expect(basis.map((each) => each.basis).sort()).toEqual(['double_opt_in', 'opt_in_request']);
  });

  it('writes nothing when the page is only opened: link scanners open every link', async () => {
    const { system, warden } = await start();
    await system.requestOptIn(ANA, REQUEST);
    await warden.tick();
    const url = await link();
    for (const method of ['GET', 'HEAD', 'GET']) {
      const page = await visit(url, method);
      expect(page.status).toBe(200);
      expect(page.headers.get('cache-control')).toBe('no-store');
    }
    const html = await (await visit(url)).text();
    expect(html).toContain('a•••@example.de');
    expect(html).not.toContain('ana');
    expect(await consents()).toEqual([]);
    expect((await visit(url, 'PUT')).status).toBe(405);
  });

  it('counts once, however often and by whomever it is pressed', async () => {
    const { system, warden, clock } = await start();
    await system.requestOptIn(ANA, REQUEST);
    await warden.tick();
    const url = await link();
    const all = await Promise.all([1, 2, 3, 4].map(() => visit(url, 'POST')));
    expect(all.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    clock.now += 30 * DAY;
    expect((await visit(url, 'POST')).status).toBe(200);
    expect(await (await visit(url)).text()).toContain('Thank you');
    expect(await consents()).toEqual(['double_opt_in']);
  });

  it('does not outlive its time, and a forged or foreign token is none', async () => {
    const { system, warden, clock } = await start();
    await system.requestOptIn(ANA, { ...REQUEST, expiresAfter: DAY });
    await warden.tick();
    const url = await link();
    clock.now += DAY;
    for (const method of ['GET', 'POST']) {
      const late = await visit(url, method);
      expect(late.status).toBe(410);
      expect(await late.text()).toContain('OPT_IN_EXPIRED');
    }
    const forged = `${url.slice(0, -1)}${url.endsWith('A') ? 'B' : 'A'}`;
    expect((await visit(forged, 'POST')).status).toBe(404);
    expect((await visit(url.replace('/c/', '/u/'), 'POST')).status).toBe(404);
    const [first] = world.sink.messages;
    const unsubscribe = /\/u\/([A-Za-z0-9_-]{44})/.exec(first?.raw.toString() ?? '')?.[1] ?? '';
    expect((await visit(`https://x.example/c/${unsubscribe}`, 'POST')).status).toBe(404);
    expect(await consents()).toEqual([]);
  });

  it('sends one mail while a request is open, whatever a form does', async () => {
    const { system, warden, clock } = await start();
    const first = await system.requestOptIn(ANA, REQUEST);
    const again = await system.requestOptIn(ANA, REQUEST);
    expect(again).toMatchObject({ status: 'duplicate', messageId: first.messageId });
    await warden.tick();
    clock.now += DAY;
    const more = { ...REQUEST, subject: 'Another subject' };
    expect((await system.requestOptIn('Ana+x@example.de', more)).status).toBe('duplicate');
    clock.now += 14 * DAY;
    expect((await system.requestOptIn(ANA, more)).status).toBe('queued');
  });

  it('CA_CONSENT_REQUEST_IS_CEM: in Canada asking needs consent itself', async () => {
    const { system } = await start();
    await system.setContact(ANA, { country: 'CA' });
    expect(await system.requestOptIn(ANA, REQUEST)).toMatchObject({
      status: 'blocked',
      code: 'CA_CONSENT_REQUEST_IS_CEM',
    });
    const bought = { basis: 'implied_purchase', evidence: { method: 'order' } } as const;
    await system.recordConsent(ANA, bought);
    expect((await system.requestOptIn(ANA, REQUEST)).status).toBe('queued');
  });

  it('waits for a person where the mailbox says so', async () => {
    const { system, warden, sink } = await start({ mailbox: { oversight: 'gated_send' } });
    const asked = await system.requestOptIn(ANA, REQUEST);
    expect(asked.status).toBe('held');
    const ops = warden.reviewer('ops');
    const shown = await ops.show(asked.messageId ?? '');
    expect(JSON.stringify(shown)).not.toMatch(/\/c\/[A-Za-z0-9_-]{44}|mailwarden:confirm/);
    await warden.tick();
    expect(sink.messages).toEqual([]);
    await ops.decide(asked.messageId ?? '', 'approve');
    await warden.tick();
    expect(await link()).not.toBe('');
  });

  it('P8: goes to nobody who is suppressed or withdrew, and lifts nothing by itself', async () => {
    const { system, warden } = await start();
    await system.requestOptIn(ANA, REQUEST);
    await warden.tick();
    const url = await link();
    await system.suppress(ANA, { scope: 'marketing', reason: 'unsubscribe' });
    world.clock.now += DAY;
    expect((await visit(url, 'POST')).status).toBe(200);
    expect((await mail()).code).toBe('SUPPRESSED');
    const other = { ...REQUEST, wordingVersion: 'signup-4' };
    expect((await system.requestOptIn(ANA, other)).code).toBe('SUPPRESSED');
    await warden.reviewer('ops').liftSuppression(ANA, 'She confirmed after it.');
    expect((await mail()).status).toBe('queued');
    await system.withdrawConsent('ben@example.de');
    expect((await system.requestOptIn('ben@example.de', REQUEST)).code).toMatch(
      /OBJECTED|OPTED_OUT/,
    );
  });

  it('P3: an agent that calls its mail a consent request gets nothing by it', async () => {
    await start();
    const sent = await world.agent().send({
      to: ANA,
      subject: 'Please confirm',
      body: 'Confirm: [[mailwarden:confirm:aaaaaaaaaaaaaaaaaaaaaaaa]]',
      tags: ['consent-request'],
    });
    expect(sent).toMatchObject({ status: 'held', code: 'CONSENT_MISSING' });
    expect(Object.keys(world.agent())).not.toContain('requestOptIn');
  });

  it('P8: an erasure takes the sign-up and the link with it', async () => {
    const { system, warden } = await start();
    await system.requestOptIn(ANA, REQUEST);
    await warden.tick();
    const url = await link();
    await system.erasePerson(ANA, { reason: 'asked for it' });
    expect((await visit(url, 'POST')).status).toBe(404);
    const storage = await world.database.again().open();
    const rows = await storage.db.selectFrom('opt_in').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain('192.0.2.7');
    expect(await consents()).toEqual([]);
  });

  it('P8: keeps nothing of a sign-up of somebody whose data was erased, and sends nothing', async () => {
    const { system, warden, sink } = await start();
    await system.requestOptIn(ANA, REQUEST);
    await warden.tick();
    sink.clear();
    await system.erasePerson(ANA, { reason: 'asked for it' });
    world.clock.now += DAY;
    const words = 'grüße-192.0.2.99';
    const signup = { method: 'web form', ip: words };
    for (const [address, version] of [
      [ANA, 'signup-3'],
      ['Ana+shop@example.de', 'signup-4'],
    ] as const) {
      const request = { ...REQUEST, wordingVersion: version, subject: words, body: words, signup };
      expect(await system.requestOptIn(address, request)).toMatchObject({
        status: 'blocked',
        code: 'SUPPRESSED',
      });
    }
    await warden.tick();
    expect(sink.messages).toEqual([]);
    const dump = await dumpDatabase(world.database);
    expect(dump.get('opt_in')).toHaveLength(1);
    expect(findText(dump, words)).toEqual([]);
    expect(findText(dump, ANA)).toEqual([]);
    expect(await system.check(ANA)).toMatchObject({ marketing: false, other: false });
  });

  it.each([
    [{ statement: ' ' }, 'ARGUMENT_INVALID'],
    [{ wordingVersion: '' }, 'ARGUMENT_INVALID'],
    [{ signup: { method: '' } }, 'ARGUMENT_INVALID'],
    [{ expiresAfter: 0 }, 'ARGUMENT_INVALID'],
    [{ topics: ['No Topic'] }, 'ARGUMENT_INVALID'],
    [{ mailbox: 'x@acme.example' }, 'MAILBOX_UNKNOWN'],
    [{ wording: 'x' }, 'ARGUMENT_UNKNOWN'],
  ])('refuses %j', async (over, code) => {
    const { system } = await start();
    const asked = system.requestOptIn(ANA, { ...REQUEST, ...over } as never);
    await expect(asked).rejects.toMatchObject({ code });
  });

  it('needs publicUrl, where the link leads', async () => {
    const { system } = await start({ publicUrl: undefined } as never);
    expect((await system.requestOptIn(ANA, REQUEST)).code).toBe('UNSUBSCRIBE_MISSING');
  });
});
