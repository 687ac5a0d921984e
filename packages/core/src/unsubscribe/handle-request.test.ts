import { afterEach, beforeEach, describe, expect, it, type Mock, vi } from 'vitest';
import { databases, openStorage, type TestDatabase } from '../../../../test/support/databases.ts';
import { insertDelivery } from '../../../../test/support/insert-delivery.ts';
import { parseAddress } from '../identity/address.ts';
import { createKeyRing } from '../keys/create-key-ring.ts';
import type { Storage } from '../storage/database.ts';
import { findSuppressions } from '../suppression/find-suppressions.ts';
import { handleRequest } from './handle-request.ts';
import type { UnsubscribeContext } from './unsubscribe-context.ts';

const keys = createKeyRing([{ id: 'k1', secret: 'a-secret-of-32-characters-or-more' }], 'default');
const ONE_CLICK = 'List-Unsubscribe=One-Click';

describe.each(databases)('the unsubscribe page on $name', ({ open }) => {
  let database: TestDatabase;
  let storage: Storage;
  let ctx: UnsubscribeContext;
  let delivery: string;
  let report: Mock;
  let url: string;

  beforeEach(async () => {
    ({ database, storage } = await openStorage(open));
    report = vi.fn();
    const settings = { frequency: { caps: [], quietHours: undefined, topics: { tips: 'Tips' } } };
    const now = () => 5_000;
    ctx = {
      tenant: 'default',
      storage,
      keys,
      now,
      mailboxes: new Map(),
      report,
      settings,
      wake() {},
    };
    await storage.unit((tx) =>
      tx
        .insertInto('sender')
        .values({
          tenant: 'default',
          id: 'acme',
          legal_name: 'Acme & <Sons>, Inc.',
          postal_address: '123 Main St\nSan Francisco CA 94105',
          updated_at: 1,
        })
        .execute(),
    );
    delivery = await insertDelivery(storage, {
      keys,
      recipient: 'alice+shop@example.com',
      delivery: { topic: 'tips' },
    });
    url = `https://mail.acme.example/any/mount/u/${keys.createToken('unsubscribe', delivery)}`;
  });
  afterEach(() => database.dispose());

  const handle = (init?: RequestInit, target = url) =>
    handleRequest(ctx, new Request(target, init));
  const post = (body: FormData | URLSearchParams) => handle({ method: 'POST', body });
  const form = (text: string) => post(new URLSearchParams(text));
  const scopes = async () => {
    const identity = keys.identify(parseAddress('Alice@example.com'));
    const found = await findSuppressions(storage.db, ctx, [identity]);
    return (found.get(identity.exact) ?? []).map((fact) => `${fact.scope} of ${fact.senderId}`);
  };
  const unsubscribedAt = async () => {
    const row = await storage.db
      .selectFrom('delivery')
      .select('unsubscribed_at')
      .where('id', '=', delivery)
      .executeTakeFirstOrThrow();
    return row.unsubscribed_at;
  };
  const events = async () => {
    const rows = await storage.db.selectFrom('event').selectAll().execute();
    return rows.filter(({ type }) => type === 'recipient.unsubscribed');
  };

  describe('one-click (RFC 8058)', () => {
    it('P1: stops all marketing of the sender, for every spelling', async () => {
      const response = await form(ONE_CLICK);
      expect(response.status).toBe(200);
      expect(response.headers.get('set-cookie')).toBeNull();
      expect(response.headers.get('content-type')).toContain('text/plain');
      expect(await response.text()).toBe('You are unsubscribed.\n');
      expect(await scopes()).toEqual(['marketing of acme']);
      expect(await unsubscribedAt()).toBe(5_000);
      expect(await events()).toMatchObject([
        {
          actor: 'recipient',
          mailbox: 'news@acme.example',
          delivery_id: delivery,
          data: '{"scope":"marketing","via":"one-click"}',
        },
      ]);
    });

    it('takes a multipart form', async () => {
      const body = new FormData();
      body.set('List-Unsubscribe', 'One-Click');
      expect((await post(body)).status).toBe(200);
      expect(await scopes()).toEqual(['marketing of acme']);
    });

    it.each([
      ['no body', {}],
      ['a body of another type', { body: '{}', headers: { 'content-type': 'application/json' } }],
      ['a broken form', { body: 'x', headers: { 'content-type': 'multipart/form-data' } }],
      ['other fields', { body: new URLSearchParams('a=b') }],
    ])('counts with %s too', async (_, init) => {
      expect((await handle({ method: 'POST', ...init })).status).toBe(200);
      expect(await scopes()).toEqual(['marketing of acme']);
    });

    it('changes nothing when it is repeated, also at the same time', async () => {
      await Promise.all(Array.from({ length: 5 }, () => form(ONE_CLICK)));
      expect((await form(ONE_CLICK)).status).toBe(200);
      expect(await scopes()).toHaveLength(1);
      expect(await events()).toHaveLength(1);
    });

    it('takes a body of 8,192 bytes and no more', async () => {
      const padded = (size: number) => `${ONE_CLICK}&x=`.padEnd(size, 'x');
      const tooLarge = await form(padded(8_193));
      expect(tooLarge.status).toBe(413);
      expect(await scopes()).toEqual([]);
      expect((await form(padded(8_192))).status).toBe(200);
      expect(await scopes()).toHaveLength(1);
    });
  });

  describe('the page', () => {
    it('shows a masked address and the sender, and changes nothing', async () => {
      const response = await handle();
      const html = await response.text();
      expect(response.status).toBe(200);
      expect(html).toContain('a•••@example.com');
      expect(html).not.toContain('alice');
      expect(html).toContain('Acme &amp; &lt;Sons&gt;, Inc.');
      expect(html).toContain('Stop only “tips”');
      expect(html).not.toContain('<script');
      expect(await scopes()).toEqual([]);
      expect(await unsubscribedAt()).toBeNull();
    });

    it('answers HEAD with the same headers, without a body, and changes nothing', async () => {
      const head = await handle({ method: 'HEAD' });
      const get = await handle();
      expect(await head.text()).toBe('');
      expect(head.status).toBe(200);
      expect([...head.headers]).toEqual([...get.headers]);
      expect(await scopes()).toEqual([]);
    });

    it('sends headers that allow its style and nothing else', async () => {
      const { headers } = await handle();
      expect(headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
      );
      expect(Object.fromEntries(headers)).toMatchObject({
        'referrer-policy': 'no-referrer',
        'x-robots-tag': 'noindex, nofollow',
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
        'content-type': 'text/html; charset=utf-8',
      });
    });

    it('stops all marketing by its first button', async () => {
      const response = await form('scope=marketing');
      const html = await response.text();
      expect(response.status).toBe(200);
      expect(html).toContain('You are unsubscribed');
      expect(await scopes()).toEqual(['marketing of acme']);
      expect(await events()).toMatchObject([{ data: '{"scope":"marketing","via":"page"}' }]);
    });

    it('stops one topic by its second button, and then still the rest', async () => {
      const html = await (await form('scope=topic')).text();
      expect(html).toContain('no more “tips” email');
      expect(html).toContain('Stop all marketing email');
      expect(await scopes()).toEqual(['topic:tips of acme']);
      await form('scope=marketing');
      expect(await scopes()).toEqual(['topic:tips of acme', 'marketing of acme']);
      expect(await events()).toHaveLength(2);
    });

    it('offers no topic, and stops everything, when the mail had none', async () => {
      const id = await insertDelivery(storage, { keys, recipient: 'alice@example.com' });
      const target = `https://x.example/u/${keys.createToken('unsubscribe', id)}`;
      expect(await (await handle({}, target)).text()).not.toContain('Stop only');
      await handle({ method: 'POST', body: new URLSearchParams('scope=topic') }, target);
      expect(await scopes()).toEqual(['marketing of acme']);
    });
  });

  describe('what it refuses', () => {
    it('answers forged, cut, foreign and forgotten tokens alike', async () => {
      const forged = `${url.slice(0, -1)}${url.endsWith('A') ? 'B' : 'A'}`;
      const forgotten = keys.createToken('unsubscribe', '0198c0de-0000-7000-8000-000000000000');
      const cursor = keys.createToken('cursor', delivery);
      const targets = [
        forged,
        url.slice(0, -1),
        ...[forgotten, cursor, 'x', '%00', delivery].map((token) => `https://x.example/u/${token}`),
      ];
      const seen = new Set<string>();
      for (const method of ['GET', 'POST']) {
        for (const target of targets) {
          const response = await handle({ method }, target);
          expect(response.status).toBe(404);
          seen.add(`${JSON.stringify([...response.headers])}${await response.text()}`);
        }
      }
      expect(seen.size).toBe(1);
      expect([...seen][0]).toContain('TOKEN_INVALID');
      expect(await scopes()).toEqual([]);
    });

    it.each(['/', '/u', '/u/', '/unsubscribe/x', '/u/x/y'])('has nothing at %s', async (path) => {
      const response = await handle({ method: 'POST' }, `https://x.example${path}`);
      expect(response.status).toBe(404);
      expect(await response.text()).toContain('NOT_FOUND');
    });

    it.each(['PUT', 'DELETE', 'OPTIONS', 'PATCH'])(
      'refuses %s and names what it takes',
      async (method) => {
        const response = await handle({ method });
        expect(response.status).toBe(405);
        expect(response.headers.get('allow')).toBe('GET, HEAD, POST');
        expect(await scopes()).toEqual([]);
      },
    );
  });

  it('says 503 and when to come back while the database is away', async () => {
    await storage.close();
    for (const method of ['GET', 'POST', 'HEAD']) {
      const response = await handle({ method });
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('60');
    }
  });

  it('answers what it did not foresee with 503 too, and reports it', async () => {
    const fault = new Error('unforeseen');
    ctx = {
      ...ctx,
      now: () => {
        throw fault;
      },
    };
    const response = await form(ONE_CLICK);
    expect(response.status).toBe(503);
    expect(await response.text()).not.toContain('unforeseen');
    expect(report).toHaveBeenCalledExactlyOnceWith(fault);
    expect(await scopes()).toEqual([]);
  });
});
