import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ContextWorld, openContextWorld } from '../../../../../test/support/context-world.ts';
import { databases } from '../../../../../test/support/databases.ts';
import { parseAddress } from '../../identity/address.ts';
import { createKeyRing } from '../../keys/create-key-ring.ts';
import { findSuppressions } from '../find-suppressions.ts';
import { type ExportedSuppression, exportSuppressions } from './export-suppressions.ts';
import { importSuppressions } from './import-suppressions.ts';

const FILES: readonly {
  readonly name: string;
  readonly format: string;
  readonly text: string;
  readonly finds: Readonly<Record<string, readonly string[]>>;
}[] = [
  {
    name: 'SES, JSON of list-suppressed-destinations',
    format: 'ses',
    text: `{ "SuppressedDestinationSummaries": [
      { "EmailAddress": "ann@example.com", "Reason": "BOUNCE", "LastUpdateTime": 1700000000 },
      { "EmailAddress": "ben@example.com", "Reason": "COMPLAINT", "LastUpdateTime": "2024-01-05T10:00:00Z" }
    ], "NextToken": "t" }`,
    finds: { 'ann@example.com': ['hard_bounce all'], 'ben@example.com': ['complaint all'] },
  },
  {
    name: 'SES, one JSON object per line',
    format: 'ses',
    text: '{"emailAddress":"ann@example.com","reason":"BOUNCE"}\n{"emailAddress":"ben@example.com","reason":"COMPLAINT"}\n',
    finds: { 'ann@example.com': ['hard_bounce all'], 'ben@example.com': ['complaint all'] },
  },
  {
    name: 'SendGrid, bounces',
    format: 'sendgrid',
    text: 'status,reason,email,created\r\n5.1.1,"550 5.1.1 no such user, said ""mx""",ann@example.com,1700000000\r\n4.2.2,452 full,ben@example.com,1700000000\r\n',
    finds: { 'ann@example.com': ['hard_bounce all'], 'ben@example.com': [] },
  },
  {
    name: 'SendGrid, global unsubscribes',
    format: 'sendgrid',
    text: 'email,created\nann@example.com,2023-04-01 10:00:00\n',
    finds: { 'ann@example.com': ['unsubscribe marketing'] },
  },
  {
    name: 'SendGrid, spam reports as JSON',
    format: 'sendgrid',
    text: '[{"created":1443651154,"email":"ann@example.com","ip":"203.0.113.7"}]',
    finds: { 'ann@example.com': ['complaint all'] },
  },
  {
    name: 'Mailchimp, unsubscribed',
    format: 'mailchimp',
    text: '\uFEFF"Email Address","First Name",MEMBER_RATING,UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_REASON\nann@example.com,Ann,2,"2024-02-01 08:00:00",Spring,"NORMAL"\nben@example.com,"Ben\nB.",1,"2024-02-01 08:00:00",Spring,"spammy content"\n',
    finds: {
      'ann@example.com': ['unsubscribe marketing'],
      'ben@example.com': ['complaint all', 'unsubscribe marketing'],
    },
  },
  {
    name: 'Mailchimp, cleaned',
    format: 'mailchimp',
    text: 'Email Address,First Name,CLEAN_TIME,CLEAN_CAMPAIGN_TITLE\nann@example.com,Ann,2024-02-01 08:00:00,Spring\n',
    finds: { 'ann@example.com': ['hard_bounce all'] },
  },
  {
    name: 'HubSpot, unsubscribes and bounces',
    format: 'hubspot',
    text: 'Email,Portal Bounce,Portal Unsubscribe,Portal Spam Report,Global Bounce,Marketing Information\nann@example.com,TRUE,TRUE,FALSE,FALSE,FALSE\nben@example.com,FALSE,FALSE,TRUE,FALSE,TRUE\ncy@example.com,FALSE,FALSE,FALSE,FALSE,FALSE\n',
    finds: {
      'ann@example.com': ['hard_bounce all', 'unsubscribe marketing'],
      'ben@example.com': ['complaint all'],
      'cy@example.com': [],
    },
  },
  {
    name: 'HubSpot, contacts with their properties',
    format: 'hubspot',
    text: 'Record ID;Email;Unsubscribed from all email;Email hard bounce reason\n1;ann@example.com;Yes;\n2;ben@example.com;No;UNKNOWN_USER\n3;cy@example.com;No;\n',
    finds: {
      'ann@example.com': ['unsubscribe marketing'],
      'ben@example.com': ['hard_bounce all'],
      'cy@example.com': [],
    },
  },
  {
    name: 'Klaviyo, suppressed profiles',
    format: 'klaviyo',
    text: 'Email,Suppression Reason,Timestamp\nann@example.com,HARD_BOUNCE,2024-05-01T00:00:00+00:00\nben@example.com,USER_SUPPRESSED,2024-05-01T00:00:00+00:00\ncy@example.com,SPAM_COMPLAINT,2024-05-01T00:00:00+00:00\n',
    finds: {
      'ann@example.com': ['hard_bounce all'],
      'ben@example.com': ['unsubscribe marketing'],
      'cy@example.com': ['complaint all'],
    },
  },
  {
    name: 'listmonk, subscribers as CSV',
    format: 'listmonk',
    text: 'uuid,email,name,attributes,status,created_at,updated_at\nu1,ann@example.com,Ann,"{""city"": ""Rome""}",blocklisted,2024-01-01,2024-02-01\nu2,ben@example.com,Ben,{},enabled,2024-01-01,2024-02-01\n',
    finds: { 'ann@example.com': ['unsubscribe all'], 'ben@example.com': [] },
  },
  {
    name: 'listmonk, subscribers as the API gives them',
    format: 'listmonk',
    text: '{"data":{"results":[{"id":1,"uuid":"u1","email":"ann@example.com","lists":[{"id":9,"name":"{["}],"attribs":{"a":[{}]},"status":"blocklisted"},\n{"id":2,"uuid":"u2","email":"ben@example.com","lists":[],"status":"enabled"}],"total":2}}',
    finds: { 'ann@example.com': ['unsubscribe all'], 'ben@example.com': [] },
  },
];

describe.each(databases)('importSuppressions on $name', ({ name, open }) => {
  let world: ContextWorld;

  beforeEach(async () => {
    world = await openContextWorld(open);
  });
  afterEach(() => world.close());

  const find = async (address: string, ctx = world.ctx) => {
    const identity = ctx.keys.identify(parseAddress(address));
    const found = await findSuppressions(ctx.storage.db, ctx, [identity]);
    return (found.get(identity.exact) ?? []).map((fact) => `${fact.reason} ${fact.scope}`).sort();
  };

  it.each(FILES)('reads $name', async ({ text, format, finds }) => {
    // In pieces of five bytes: a piece ends anywhere, inside a character too.
    const bytes = Buffer.from(text);
    const pieces = Array.from({ length: Math.ceil(bytes.length / 5) }, (_, at) =>
      bytes.subarray(at * 5, at * 5 + 5),
    );
    const report = await importSuppressions(world.ctx, pieces);
    expect(report).toMatchObject({ format, failed: 0, errors: [] });
    expect(report.added).toBe(Object.values(finds).flat().length);
    for (const [address, expected] of Object.entries(finds)) {
      expect(await find(address)).toEqual(expected);
    }
    const again = await importSuppressions(world.ctx, text);
    expect(again).toMatchObject({ added: 0, known: report.added, rows: report.rows });
  });

  it('names the lines that cannot be taken, and takes the others', async () => {
    const text = 'email,created\nann@example.com,1\n"not\nan address",1\n\nben@example.com,1\n,1\n';
    const report = await importSuppressions(world.ctx, text);
    expect(report).toMatchObject({ rows: 4, added: 2, failed: 2, known: 0 });
    expect(report.errors.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '3 ADDRESS_INVALID',
      '7 ADDRESS_INVALID',
    ]);
    expect(JSON.stringify(report.errors)).not.toContain('not');
  });

  it.each([
    ['columns that nobody knows', 'name,mail\nAnn,ann@example.com\n'],
    ['an open quote', 'email,created\n"ann@example.com,1\n'],
    ['JSON that is cut', '[{"email":"ann@example.com","created":1}'],
    ['JSON that is none', '[{"email":ann@example.com}]'],
  ])('refuses %s', async (_, text) => {
    await expect(importSuppressions(world.ctx, text)).rejects.toThrow(
      expect.objectContaining({ code: 'IMPORT_INVALID' }),
    );
  });

  it('P3: lifts nothing, and suppresses again what was lifted', async () => {
    await importSuppressions(world.ctx, 'email,created\nann@example.com,1\n');
    await importSuppressions(world.ctx, 'email,created\nben@example.com,1\n');
    expect(await find('ann@example.com')).toEqual(['unsubscribe marketing']);
    await world.ctx.storage.unit((tx) =>
      tx.updateTable('suppression').set({ lifted_at: 1 }).execute(),
    );
    await importSuppressions(world.ctx, 'email,created\nann@example.com,1\n');
    expect(await find('ann@example.com')).toEqual(['unsubscribe marketing']);
  });

  it('adds nobody twice after the keys were rotated', async () => {
    const text = 'email,created\nann@example.com,1\n';
    await importSuppressions(world.ctx, text);
    const keys = [
      { id: 'k2', secret: 'another secret of these tests, for 2' },
      { id: 'k1', secret: 'a secret that only these tests know, 1' },
    ];
    const rotated = { ...world.ctx, keys: createKeyRing(keys, 'default') };
    expect(await importSuppressions(rotated, text)).toMatchObject({ added: 0, known: 1 });
    expect(await find('ann@example.com', rotated)).toEqual(['unsubscribe marketing']);
  });

  it('refuses a sender that no mailbox has, since it would stop nothing', async () => {
    const text = 'email,created\nann@example.com,1\n';
    await expect(importSuppressions(world.ctx, text, { senderId: 'acmee' })).rejects.toThrow(
      expect.objectContaining({ code: 'ARGUMENT_INVALID' }),
    );
    expect(await importSuppressions(world.ctx, text, { senderId: 'acme' })).toMatchObject({
      added: 1,
    });
  });

  it('takes whole domains and a reason for all', async () => {
    const options = { format: 'plain', reason: 'legal', scope: 'all' } as const;
    const report = await importSuppressions(world.ctx, 'address\n@rival.example\n', options);
    expect(report).toMatchObject({ added: 1, failed: 0 });
    expect(await find('anybody@mail.rival.example')).toEqual(['legal all']);
    expect(await find('anybody@rival.example.com')).toEqual([]);
  });

  it('exports HMACs, and addresses only of those who are contacts', async () => {
    await importSuppressions(world.ctx, 'email,created\nann@example.com,1\nben@example.com,1\n');
    const { exact, canonical } = world.ctx.keys.identify(parseAddress('ann@example.com'));
    await world.ctx.storage.unit((tx) =>
      tx
        .insertInto('contact')
        .values({
          ...{ tenant: 'default', id: 'c', address: 'ann@example.com', exact, canonical },
          ...{ name: null, attributes: '{}', created_at: 1, updated_at: 1 },
        })
        .execute(),
    );
    const rows: ExportedSuppression[] = [];
    for await (const row of exportSuppressions(world.ctx)) rows.push(row);
    expect(rows.map((row) => row.addresses).sort()).toEqual([[], ['ann@example.com']]);
    expect(JSON.stringify(rows)).not.toContain('ben@');
  });

  // One database is enough to see that nothing piles up; the SQL is the same.
  it.each(name === 'sqlite' ? [200_000] : [])(
    'streams %d rows in bounded memory',
    async () => {
      setFlagsFromString('--expose-gc');
      const collect = runInNewContext('gc') as () => void;
      const heaps: number[] = [];
      async function* rows(): AsyncGenerator<string> {
        yield 'uuid,email,name,status\n';
        for (let at = 0; at < 200_000; at += 500) {
          if (at % 50_000 === 0) {
            collect();
            heaps.push(process.memoryUsage().heapUsed);
          }
          // One in a hundred is blocked; the others are read and passed over.
          yield Array.from({ length: 500 }, (_, n) => {
            const status = n % 100 === 0 ? 'blocklisted' : 'enabled';
            return `u${at + n},person${at + n}@example.com,Somebody With A Name,${status}\n`;
          }).join('');
        }
      }
      const report = await importSuppressions(world.ctx, rows());
      expect(report).toMatchObject({ rows: 200_000, added: 2_000, skipped: 198_000, failed: 0 });
      expect(Math.max(...heaps) - (heaps[0] ?? 0)).toBeLessThan(8 * 1_048_576);
    },
    60_000,
  );
});
