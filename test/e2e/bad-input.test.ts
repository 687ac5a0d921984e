import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMailwarden } from '@mailwarden/core';
import { imap } from '@mailwarden/core/imap';
import { smtp } from '@mailwarden/core/smtp';
import { sqlite } from '@mailwarden/core/sqlite';
import { startSmtpSink } from '@mailwarden/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { openWorld, type WardenWorld, type WorldOptions } from '../support/warden-world.ts';

const MAIL = { to: 'ana@example.com', subject: 'Hello', body: 'Hi Ana' };
const KEYS = [{ id: 'k1', secret: 'a secret that only these tests know, 1' }];

describe.each(databases)('bad input on $name', ({ open }) => {
  let world: WardenWorld;
  const start = async (options: WorldOptions = {}) => {
    world = await openWorld(open, options);
    return world;
  };
  afterEach(() => world.close());

  it.each([
    ['an unknown mailbox', { mailbox: 'nobody@acme.example' }, 'MAILBOX_UNKNOWN'],
    ['a mailbox of another agent', { mailbox: 'support@acme.example' }, 'MAILBOX_UNKNOWN'],
    ['a malformed address', { to: 'not an address' }, 'ADDRESS_INVALID'],
    [
      'an address with a line break',
      { to: 'ana@example.com\r\nRCPT TO:<x@y.example>' },
      'ADDRESS_INVALID',
    ],
    ['no recipient', { to: [] }, 'ARGUMENT_INVALID'],
    ['no subject', { subject: '' }, 'ARGUMENT_INVALID'],
    ['an oversized body', { body: 'x'.repeat(1_000_001) }, 'BODY_TOO_LARGE'],
    ['an unknown argument', { importance: 'high' }, 'ARGUMENT_UNKNOWN'],
    ['an unknown category', { category: 'urgent' }, 'ARGUMENT_INVALID'],
    ['an unknown mode', { oversightMode: 'yolo' }, 'ARGUMENT_INVALID'],
    ['an unknown template', { subject: '', body: '', template: 'nope' }, 'TEMPLATE_UNKNOWN'],
    ['a time without offset', { sendAt: '2026-11-24 09:00' }, 'ARGUMENT_INVALID'],
    ['an attachment that is not there', { attachments: ['nope'] }, undefined],
    ['text that is no Unicode', { body: 'a\ud800b' }, 'ARGUMENT_INVALID'],
    ['text with a NUL', { body: 'a\0b' }, 'ARGUMENT_INVALID'],
  ])('answers %s with a code and records nothing', async (_, bad, code) => {
    const { warden, agent } = await start();
    const result = await agent().send({ ...MAIL, ...bad } as never);
    expect(result.status).toBe('invalid');
    if (code !== undefined) expect(result.code).toBe(code);
    expect(result.reason).not.toMatch(/node_modules|packages\/|\n\s+at /);
    expect(await warden.system().accounting()).toMatchObject({ candidates: 0 });
  });

  it('takes a body of exactly the limit, and holds what mail programs would cut', async () => {
    const { agent } = await start();
    const body = 'x'.repeat(1_000_000 - MAIL.subject.length);
    const sent = await agent().send({ ...MAIL, body });
    expect(sent).toMatchObject({ status: 'held', code: 'HTML_TOO_LARGE' });
  });

  it('treats empty text, null and empty lists as absent', async () => {
    const { agent } = await start();
    const empty = {
      cc: [],
      bcc: '',
      topic: '',
      campaign: null,
      sendAt: '',
      headers: [],
      tags: null,
    };
    expect((await agent().send({ ...MAIL, ...empty } as never)).status).toBe('queued');
  });

  it('names the filters when one does not exist', async () => {
    const { agent } = await start();
    const result = await agent().checkInbox({ filter: { colour: 'blue' } as never });
    expect(result).toMatchObject({ status: 'invalid', code: 'ARGUMENT_UNKNOWN' });
    expect(result).toHaveProperty('reason', expect.stringContaining('hasReplies'));
  });

  it('refuses another secret for a key, and a key that is gone', async () => {
    const { another, agent, warden } = await start();
    await agent().send(MAIL);
    const secret = 'another secret that nobody gave to anyone';
    await expect(another({ keys: [{ id: 'k1', secret }] })).rejects.toMatchObject({
      code: 'KEY_MISMATCH',
    });
    await expect(another({ keys: [{ id: 'k2', secret }] })).rejects.toMatchObject({
      code: 'KEY_MISMATCH',
    });
    const rotated = await another({ keys: [{ id: 'k2', secret }, ...KEYS] });
    expect(await rotated.system().accounting()).toMatchObject({ candidates: 1 });
    expect(await warden.system().accounting()).toMatchObject({ candidates: 1 });
  });

  it('P8: somebody suppressed stays so after the keys were rotated', async () => {
    const { another, warden, sink } = await start();
    await warden.system().suppress('ana@example.com');
    const secret = 'another secret that nobody gave to anyone';
    const rotated = await another({ keys: [{ id: 'k2', secret }, ...KEYS] });
    const agent = rotated.agent('bot', { mailboxes: ['lifecycle@acme.example'] });
    expect(await agent.send(MAIL)).toMatchObject({ status: 'blocked', code: 'SUPPRESSED' });
    await rotated.tick();
    expect(sink.messages).toEqual([]);
  });

  it('keeps mail queued while the SMTP password is wrong, and reports no secret', async () => {
    const guarded = await startSmtpSink({ auth: { user: 'acme', pass: 'right' } });
    const smtpUrl = `smtp://acme:wrong-password@127.0.0.1:${guarded.port}`;
    const { warden, agent, clock, another } = await start({ smtpUrl });
    const sent = await agent().send(MAIL);
    await warden.tick();
    const [delivery] = await warden.reviewer('ops').deliveries(sent.messageId ?? '');
    expect(delivery).toMatchObject({ state: 'deferred', attempts: 1 });
    expect(JSON.stringify(delivery)).not.toContain('wrong-password');
    clock.now += 3_600_000;
    const mended = await another({ smtpUrl: guarded.url });
    await mended.tick();
    expect((await guarded.waitFor(1)).length).toBe(1);
    await guarded.close();
  });

  it('reports an IMAP server that is down and goes on', async () => {
    const inbox = imap({ host: '127.0.0.1', port: 1, auth: { user: 'x', pass: 'hidden-secret' } });
    const { warden, errors, agent, sink } = await start({
      mailbox: { oversight: 'autonomous', inbox },
    });
    await agent().send(MAIL);
    expect(await warden.tick()).toMatchObject({ received: 0 });
    expect((await sink.waitFor(1)).length).toBe(1);
    expect(errors.map((error) => error.code)).toContain('INBOX_UNAVAILABLE');
    expect(errors.map(String).join()).not.toContain('hidden-secret');
  });
});

describe('bad options', () => {
  const mailboxes = [{ address: 'a@acme.example', transport: smtp('smtp://127.0.0.1:1') }];
  const base = { database: sqlite(':memory:'), keys: KEYS, mailboxes };

  it.each([
    ['no key', { keys: [] }, 'KEYS_REQUIRED'],
    ['an undefined secret', { keys: [{ id: 'k1', secret: undefined }] }, 'KEYS_REQUIRED'],
    ['no mailbox', { mailboxes: [] }, 'OPTION_INVALID'],
    ['an unknown option', { retries: 3 }, 'OPTION_UNKNOWN'],
    ['a country in words', { audience: { unknownCountry: 'Germany' } }, 'OPTION_INVALID'],
    ['an unknown audience', { audience: { country: 'US' } }, 'OPTION_UNKNOWN'],
    ['a pack without an id', { jurisdictions: [{ id: '' }] }, 'OPTION_INVALID'],
    ['an http publicUrl', { publicUrl: 'http://mail.acme.example' }, 'OPTION_INVALID'],
    ['an unknown mode', { mailboxes: [{ ...mailboxes[0], oversight: 'yolo' }] }, 'OPTION_INVALID'],
    [
      'a sender that is not there',
      { mailboxes: [{ ...mailboxes[0], sender: 'x' }] },
      'OPTION_INVALID',
    ],
    [
      'a monitored mailbox without a listener',
      { mailboxes: [{ ...mailboxes[0], oversight: 'monitored' }] },
      'MONITOR_LISTENER_REQUIRED',
    ],
    // Of smtp() a send may take 60 s.
    ['a lease as long as a send may take', { dispatch: { lease: 60_000 } }, 'LEASE_TOO_SHORT'],
  ])('refuses %s', async (_, bad, code) => {
    await expect(createMailwarden({ ...base, ...bad } as never)).rejects.toMatchObject({ code });
  });

  it('refuses a file that is no database, and leaves it as it is', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'mw-bad-')), 'notes.db');
    await writeFile(file, 'these are my notes, not a database '.repeat(200));
    await expect(createMailwarden({ ...base, database: sqlite(file) })).rejects.toMatchObject({
      code: 'DATABASE_UNREADABLE',
    });
  });
});
