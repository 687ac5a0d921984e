import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { ImapFlow } from 'imapflow';
import { afterEach, describe, expect, test } from 'vitest';
import { startDovecot } from '../../../../test/support/dovecot.ts';
import { createTestMailbox, type TestMailbox } from '../../../../test/support/shared-dovecot.ts';
import { startTcpRelay } from '../../../../test/support/tcp-relay.ts';
import type { MailwardenError } from '../errors/mailwarden-error.ts';
import { imap } from '../imap.ts';
import { resolveImapOptions } from './imap-options.ts';
import type { FetchedMessage, FolderCursor, Inbox } from './inbox.ts';

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** Keeps what is stored and where each folder stands, as a database would. */
function createStore() {
  const cursors = new Map<string, FolderCursor>();
  const stored: FetchedMessage[] = [];
  return {
    stored,
    cursor: async (folder: string) => cursors.get(folder),
    async store(messages: readonly FetchedMessage[]) {
      stored.push(...messages);
      for (const { folder, uidValidity, uid } of messages) {
        cursors.set(folder, { folder, uidValidity, lastUid: uid });
      }
    },
    subjects: () => stored.map(({ raw }) => /^Subject: (.*?)\r?$/m.exec(text(raw))?.[1]),
  };
}

function text(raw: Uint8Array): string {
  return Buffer.from(raw).toString('latin1');
}

function open(mailbox: TestMailbox, options: Partial<Parameters<typeof imap>[0] & object> = {}) {
  const inbox = imap({ ...mailbox.login, ...options });
  ends.push(() => inbox.close());
  return inbox;
}

function message(subject: string, body = 'body'): string {
  return `From: ana@example.com\nSubject: ${subject}\n\n${body}\n`;
}

async function asOwner<T>(mailbox: TestMailbox, work: (client: ImapFlow) => Promise<T>) {
  const client = new ImapFlow({ ...mailbox.login, doSTARTTLS: false, logger: false });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.logout();
  }
}

async function refusal(work: Promise<unknown>): Promise<MailwardenError> {
  return work.then(
    () => expect.unreachable('it went through'),
    (error) => error,
  );
}

describe('sync', () => {
  test('hands over what is new, oldest first, and nothing twice', async () => {
    const mailbox = createTestMailbox();
    const inbox = open(mailbox);
    const store = createStore();
    expect(await inbox.sync(store)).toBe(0);
    await mailbox.deliverAll([message('one'), message('two')]);
    expect(await inbox.sync(store)).toBe(2);
    expect(await inbox.sync(store)).toBe(0);
    await mailbox.deliver(message('three'));
    expect(await inbox.sync(store)).toBe(1);
    expect(store.subjects()).toEqual(['one', 'two', 'three']);
    expect(store.stored.every(({ receivedAt }) => receivedAt > 1_600_000_000_000)).toBe(true);
  });

  test('hands over 300 messages in order, the bytes as they lie there', async () => {
    const mailbox = createTestMailbox();
    const raws = Array.from({ length: 300 }, (_, n) => message(`n${n}`, `\x01é `.repeat(n)));
    await mailbox.deliverAll(raws);
    const store = createStore();
    const lefts: (number | undefined)[] = [];
    const telling = {
      ...store,
      store: (fetched: readonly FetchedMessage[], left?: number) => {
        lefts.push(left);
        return store.store(fetched);
      },
    };
    expect(await open(mailbox).sync(telling)).toBe(300);
    expect(lefts).toEqual([100, 0]);
    expect(store.subjects()).toEqual(raws.map((_, n) => `n${n}`));
    const last = store.stored.at(-1)?.raw ?? new Uint8Array();
    expect(Buffer.from(last).toString()).toContain(`\x01é `.repeat(299));
  });

  test('leaves \\Seen alone', async () => {
    const mailbox = createTestMailbox();
    await mailbox.deliver(message('unseen'));
    await open(mailbox).sync(createStore());
    const flags = await asOwner(mailbox, async (client) => {
      await client.mailboxOpen('INBOX', { readOnly: true });
      return (await client.fetchAll('1', { flags: true }))[0]?.flags;
    });
    expect([...(flags ?? ['none'])].filter((flag) => flag !== '\\Recent')).toEqual([]);
  });

  test('gives two hundred at a time and resumes at those that could not be stored', async () => {
    const mailbox = createTestMailbox();
    const subjects = Array.from({ length: 220 }, (_, n) => `n${n}`);
    await mailbox.deliverAll(subjects.map((subject) => message(subject)));
    const inbox = open(mailbox);
    const store = createStore();
    const failing = {
      ...store,
      store: (fetched: readonly FetchedMessage[]) =>
        fetched.some(({ raw }) => text(raw).includes('Subject: n210'))
          ? Promise.reject(new Error('disk full'))
          : store.store(fetched),
    };
    await expect(inbox.sync(failing)).rejects.toThrow('disk full');
    expect(store.subjects()).toEqual(subjects.slice(0, 200));
    expect(await inbox.sync(store)).toBe(20);
    expect(store.subjects()).toEqual(subjects);
  });

  test('starts a folder afresh when UIDVALIDITY changed', async () => {
    const mailbox = createTestMailbox();
    const refill = (subject: string, replace: boolean) =>
      asOwner(mailbox, async (client) => {
        if (replace) await client.mailboxDelete('Support');
        await client.mailboxCreate('Support');
        await client.append('Support', message(subject));
      });
    await refill('before', false);
    const inbox = open(mailbox, { folders: ['Support'] });
    const store = createStore();
    await inbox.sync(store);
    await refill('after', true);
    expect(await inbox.sync(store)).toBe(1);
    expect(store.subjects()).toEqual(['before', 'after']);
    const [before, after] = store.stored;
    expect(after?.uid).toBe(before?.uid);
    expect(after?.uidValidity).not.toBe(before?.uidValidity);
  });

  test('reads several folders, each with its own cursor', async () => {
    const mailbox = createTestMailbox();
    await mailbox.deliver(message('in inbox'));
    await asOwner(mailbox, async (client) => {
      await client.mailboxCreate('Leads/Été');
      await client.append('Leads/Été', message('in leads'));
    });
    const inbox = open(mailbox, { folders: ['INBOX', 'Leads/Été'] });
    const store = createStore();
    expect(await inbox.sync(store)).toBe(2);
    expect(store.stored.map(({ folder }) => folder)).toEqual(['INBOX', 'Leads/Été']);
    expect(await inbox.sync(store)).toBe(0);
  });

  test('passes over messages that vanished', async () => {
    const mailbox = createTestMailbox();
    await mailbox.deliverAll(['a', 'b', 'c'].map((subject) => message(subject)));
    await asOwner(mailbox, async (client) => {
      await client.mailboxOpen('INBOX');
      await client.messageDelete('2');
    });
    const store = createStore();
    expect(await open(mailbox).sync(store)).toBe(2);
    expect(store.subjects()).toEqual(['a', 'c']);
  });

  test('gives large and small ones in order, no more at once than memory may hold', async () => {
    const mailbox = createTestMailbox();
    const large = message('large', 'x'.repeat(3 * 1024 * 1024));
    await mailbox.deliverAll([message('a'), large, message('b'), large, large, message('c')]);
    const store = createStore();
    const batches: number[] = [];
    await open(mailbox).sync({
      ...store,
      store: async (fetched) => {
        batches.push(fetched.length);
        await store.store(fetched);
      },
    });
    expect(store.subjects()).toEqual(['a', 'large', 'b', 'large', 'large', 'c']);
    expect(batches).toEqual([4, 2]);
    expect(store.stored.every(({ receivedAt }) => receivedAt > 0)).toBe(true);
  });

  test('asks a server for all sizes that does not tell which messages are large', async () => {
    const server = await startScriptedImap([
      [/ UID SEARCH .*LARGER/, 'NO'],
      [/ UID FETCH .*BODY\.PEEK\[\]<0\.20>/, '* 2 FETCH (UID 2 BODY[]<0> {4}\r\nlong)'],
      [/ UID FETCH .*BODY/, '* 1 FETCH (UID 1 RFC822.SIZE 5 BODY[] {5}\r\nshort)'],
      [/ UID FETCH /, '* 1 FETCH (UID 1 RFC822.SIZE 5)', '* 2 FETCH (UID 2 RFC822.SIZE 90)'],
      [/ UID SEARCH /, '* SEARCH 1 2'],
      [/ EXAMINE /, '* 2 EXISTS', '* OK [UIDVALIDITY 7] x', '* OK [UIDNEXT 3] x'],
      [/ LIST /, '* LIST () "/" INBOX'],
      [/ CAPABILITY/, '* CAPABILITY IMAP4rev1'],
    ]);
    const store = createStore();
    await open(createTestMailbox(), { port: server, maxMessageBytes: 20 }).sync(store);
    expect(store.stored.map(({ cut, raw }) => [text(raw), cut])).toEqual([
      ['short', undefined],
      ['long', true],
    ]);
  });

  test('reads only the beginning of a message that is too long, and marks it', async () => {
    const mailbox = createTestMailbox();
    await mailbox.deliverAll([message('long', 'x'.repeat(20_000)), message('short')]);
    const store = createStore();
    await open(mailbox, { maxMessageBytes: 5_000 }).sync(store);
    expect(store.stored.map(({ raw, cut }) => [raw.byteLength > 4_999, cut ?? false])).toEqual([
      [true, true],
      [false, false],
    ]);
    expect(store.stored[0]?.raw.byteLength).toBe(5_000);
  });

  test('stops between two batches when it is aborted', async () => {
    const mailbox = createTestMailbox();
    await mailbox.deliverAll(Array.from({ length: 220 }, (_, n) => message(`n${n}`)));
    const inbox = open(mailbox);
    const store = createStore();
    const abort = new AbortController();
    const stopping = {
      ...store,
      store: async (fetched: readonly FetchedMessage[]) => {
        await store.store(fetched);
        abort.abort();
      },
      signal: abort.signal,
    };
    expect(await inbox.sync(stopping)).toBe(200);
    expect(await inbox.sync(store)).toBe(20);
  });

  test('lets two syncs at once take turns', async () => {
    const mailbox = createTestMailbox();
    await mailbox.deliverAll(['a', 'b'].map((subject) => message(subject)));
    const inbox = open(mailbox);
    const store = createStore();
    const counts = await Promise.all([inbox.sync(store), inbox.sync(store)]);
    expect(counts).toEqual([2, 0]);
  });
});

describe('news', () => {
  const HOUR = 3_600_000;
  const never = new AbortController().signal;

  test('are pushed by a server that can', async () => {
    const mailbox = createTestMailbox();
    const inbox = open(mailbox, { pollInterval: HOUR, folders: ['INBOX'] });
    const store = createStore();
    await inbox.sync(store);
    const waiting = inbox.wait?.(never);
    await mailbox.deliver(message('pushed'));
    await waiting;
    expect(await inbox.sync(store)).toBe(1);
    const again = inbox.wait?.(never);
    await mailbox.deliver(message('once more'));
    await again;
    expect(await inbox.sync(store)).toBe(1);
  });

  test('that came between a sync and the wait are not waited for', async () => {
    const mailbox = createTestMailbox();
    const inbox = open(mailbox, { pollInterval: HOUR });
    await inbox.sync(createStore());
    await mailbox.deliver(message('in between'));
    await inbox.wait?.(never);
  });

  test('are waited for until the time for a poll, a stop or the end of the connection', async () => {
    const mailbox = createTestMailbox();
    const relay = await startTcpRelay(mailbox.server.imapPort);
    ends.push(() => relay.stop());
    const polled = open(mailbox, { pollInterval: 20 });
    await polled.sync(createStore());
    await polled.wait?.(never);
    const inbox = open(mailbox, { pollInterval: HOUR, port: relay.port });
    await inbox.sync(createStore());
    const stop = new AbortController();
    const stopped = inbox.wait?.(stop.signal);
    stop.abort();
    await stopped;
    const broken = inbox.wait?.(never);
    await relay.cut();
    await broken;
  });

  test('come by polling, and all else works, where the server can nothing but the base', async () => {
    const server = await startDovecot({ capability: 'IMAP4rev1' });
    ends.push(() => server.stop());
    const mailbox = createTestMailbox(server);
    const inbox = open(mailbox, { pollInterval: 20, folders: ['INBOX', 'Leads'] });
    await asOwner(mailbox, (client) => client.mailboxCreate('Leads'));
    const store = createStore();
    await mailbox.deliver(message('one'));
    expect(await inbox.sync(store)).toBe(1);
    await mailbox.deliver(message('two'));
    await inbox.wait?.(never);
    expect(await inbox.sync(store)).toBe(1);
    await asOwner(mailbox, async (client) => {
      await client.mailboxOpen('INBOX');
      await client.messageDelete('1:*');
      await client.append('Leads', message('three'));
    });
    expect(await inbox.sync(store)).toBe(1);
    expect(store.subjects()).toEqual(['one', 'two', 'three']);
  });
});

describe('an access token', () => {
  test('is asked for at each log-in', async () => {
    const mailbox = createTestMailbox();
    const relay = await startTcpRelay(mailbox.server.imapPort);
    ends.push(() => relay.stop());
    let asked = 0;
    const accessToken = async () => {
      asked += 1;
      return mailbox.password;
    };
    const inbox = open(mailbox, { port: relay.port, auth: { user: mailbox.user, accessToken } });
    const store = createStore();
    await mailbox.deliver(message('one'));
    expect(await inbox.sync(store)).toBe(1);
    await inbox.sync(store);
    expect(asked).toBe(1);
    await relay.cut();
    await untilStored(inbox, store);
    expect(asked).toBe(2);
  });

  test('that is refused is not repeated, and none at all is a fault of the inbox', async () => {
    const mailbox = createTestMailbox();
    const auth = (accessToken: () => string) => ({ auth: { user: mailbox.user, accessToken } });
    const wrong = open(
      mailbox,
      auth(() => 'a-token-of-yesterday'),
    );
    const error = await refusal(wrong.sync(createStore()));
    expect(error.code).toBe('INBOX_UNAVAILABLE');
    const everything = JSON.stringify([error, error.message, error.stack, error.cause]);
    expect(everything).not.toContain('a-token-of-yesterday');
    const none = open(
      mailbox,
      auth(() => ''),
    );
    expect((await refusal(none.sync(createStore()))).code).toBe('ACCESS_TOKEN_UNAVAILABLE');
  });
});

describe('the connection', () => {
  test('is kept between syncs and opened again when it died', async () => {
    const mailbox = createTestMailbox();
    const relay = await startTcpRelay(mailbox.server.imapPort);
    ends.push(() => relay.stop());
    const inbox = open(mailbox, { port: relay.port });
    const store = createStore();
    await inbox.sync(store);
    await inbox.sync(store);
    expect(relay.opened()).toBe(1);
    await relay.cut();
    await mailbox.deliver(message('later'));
    expect(await untilStored(inbox, store)).toBe(1);
    expect(relay.opened()).toBe(2);
  });

  test('that breaks in the middle loses nothing', async () => {
    const mailbox = createTestMailbox();
    await mailbox.deliverAll(
      Array.from({ length: 500 }, (_, n) => message(`n${n}`, 'x'.repeat(500))),
    );
    const relay = await startTcpRelay(mailbox.server.imapPort);
    ends.push(() => relay.stop());
    const inbox = open(mailbox, { port: relay.port });
    const store = createStore();
    relay.cutAfter(260_000);
    expect((await refusal(inbox.sync(store))).code).toBe('INBOX_UNAVAILABLE');
    expect(store.stored.length).toBeGreaterThan(0);
    relay.cutAfter(undefined);
    await inbox.sync(store);
    expect(store.subjects()).toEqual(Array.from({ length: 500 }, (_, n) => `n${n}`));
  });

  test('is encrypted with IMAPS and with STARTTLS, and the certificate is checked', async () => {
    const mailbox = createTestMailbox();
    await mailbox.deliver(message('secret'));
    const { ca, imapsPort } = mailbox.server;
    const tls = { ca, servername: 'localhost' };
    const relay = await startTcpRelay(mailbox.server.imapPort);
    ends.push(() => relay.stop());
    const viaImaps = open(mailbox, { port: imapsPort, secure: true, tls });
    expect(await viaImaps.sync(createStore())).toBe(1);
    const viaStartTls = open(mailbox, { port: relay.port, requireTls: true, tls });
    expect(await viaStartTls.sync(createStore())).toBe(1);
    expect(relay.written()).toContain('STARTTLS');
    expect(relay.written()).not.toContain(mailbox.user);
    const untrusted = open(mailbox, { port: imapsPort, secure: true });
    expect((await refusal(untrusted.sync(createStore()))).code).toBe('INBOX_UNAVAILABLE');
  });

  test('is not used any more after close', async () => {
    const inbox = open(createTestMailbox());
    await inbox.sync(createStore());
    await inbox.close();
    expect((await refusal(inbox.sync(createStore()))).code).toBe('STOPPED');
  });
});

describe('a fault', () => {
  test('of the password is told without it', async () => {
    const mailbox = createTestMailbox();
    const auth = { user: mailbox.user, pass: 'not-the-password' };
    const error = await refusal(open(mailbox, { auth }).sync(createStore()));
    expect(error.code).toBe('INBOX_UNAVAILABLE');
    expect(error.message).toContain('refused the login');
    const everything = JSON.stringify([error, error.message, error.stack, error.cause]);
    expect(everything).not.toContain('not-the-password');
    expect(everything).not.toContain(mailbox.user);
  });

  test('of the network names the server and what happened', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    server.close();
    await once(server, 'close');
    const error = await refusal(open(createTestMailbox(), { port }).sync(createStore()));
    expect(error.code).toBe('INBOX_UNAVAILABLE');
    expect(error.message).toContain(`127.0.0.1:${port}`);
    expect(error.fields.reason).toBe('ECONNREFUSED');
  });

  test('of a server that never answers ends the sync', async () => {
    const sockets = new Set<{ destroy(): void }>();
    const server = createServer((socket) => sockets.add(socket)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    ends.push(async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const { port } = server.address() as { port: number };
    const inbox = open(createTestMailbox(), { port, timeout: 100 });
    expect((await refusal(inbox.sync(createStore()))).code).toBe('INBOX_UNAVAILABLE');
  });

  test('of a server that withholds a message stops there and loses nothing', async () => {
    const content = 'Subject: one\r\n\r\nbody\r\n';
    const server = await startScriptedImap([
      [
        / UID FETCH .*BODY/,
        `* 1 FETCH (UID 1 BODY[] {${content.length}}\r\n${content})`,
        '* 2 FETCH (UID 2 BODY[] "")',
      ],
      [/ UID FETCH /, '* 1 FETCH (UID 1 RFC822.SIZE 24)', '* 2 FETCH (UID 2 RFC822.SIZE 90)'],
      [/ UID SEARCH /, '* SEARCH 1 2'],
      [/ EXAMINE /, '* 2 EXISTS', '* OK [UIDVALIDITY 7] x', '* OK [UIDNEXT 3] x'],
      [/ LIST /, '* LIST () "/" INBOX'],
      [/ CAPABILITY/, '* CAPABILITY IMAP4rev1'],
    ]);
    const store = createStore();
    const error = await refusal(open(createTestMailbox(), { port: server }).sync(store));
    expect(error).toMatchObject({ code: 'INBOX_UNAVAILABLE', fields: { uid: 2 } });
    expect(store.subjects()).toEqual(['one']);
  });

  test('of a folder that is not there names it', async () => {
    const inbox = open(createTestMailbox(), { folders: ['Nowhere'] });
    const error = await refusal(inbox.sync(createStore()));
    expect(error.message).toContain('no folder "Nowhere"');
  });
});

describe('options', () => {
  test('come as a URL too', () => {
    const parsed = resolveImapOptions('imaps://ana%40acme.example:p%40ss@imap.acme.example');
    expect(parsed).toMatchObject({
      host: 'imap.acme.example',
      port: 993,
      secure: true,
      user: 'ana@acme.example',
      credential: 'p@ss',
      folders: ['INBOX'],
    });
    expect(resolveImapOptions('imap://a:b@127.0.0.1:1143')).toMatchObject({
      port: 1143,
      secure: false,
      requireTls: false,
    });
  });

  test('require TLS except on loopback', () => {
    const auth = { user: 'a', pass: 'b' };
    expect(resolveImapOptions({ host: 'imap.example.com', auth }).requireTls).toBe(true);
    expect(resolveImapOptions({ host: '::1', auth }).requireTls).toBe(false);
  });

  test.each([
    ['http://a:b@example.com'],
    ['imaps://example.com'],
    ['imaps://a:b@example.com/INBOX'],
    [{ host: 'example.com', auth: { user: 'a', pass: undefined } }],
    [{ host: 'example.com', auth: { user: 'a', pass: 'b', accessToken: () => 'c' } }],
    [{ host: 'example.com', auth: { user: 'a', pass: 'b' }, folders: [] }],
    [{ host: 'example.com', auth: { user: 'a', pass: 'b' }, port: 0 }],
  ])('%j cannot be used', (options) => {
    expect(() => imap(options)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
  });

  test('with an unknown name are refused', () => {
    const options = { host: 'example.com', auth: { user: 'a', pass: 'b' }, folder: 'INBOX' };
    expect(() => imap(options)).toThrow(expect.objectContaining({ code: 'OPTION_UNKNOWN' }));
  });
});

/** Answers each command with the lines of the first pattern that fits it, then with OK; or with NO. */
async function startScriptedImap(script: readonly [RegExp, ...string[]][]): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.write('* OK ready\r\n');
    createInterface({ input: socket }).on('line', (line) => {
      const [, ...answers] = script.find(([pattern]) => pattern.test(line)) ?? [/./];
      const isRefused = answers[0] === 'NO';
      for (const answer of isRefused ? [] : answers) socket.write(`${answer}\r\n`);
      socket.write(`${line.split(' ')[0]} ${isRefused ? 'NO' : 'OK'} done\r\n`);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as { port: number }).port;
}

/** A socket that the other side just closed may still look open: then the next try is the one. */
async function untilStored(inbox: Inbox, store: ReturnType<typeof createStore>): Promise<number> {
  return inbox.sync(store).catch(() => inbox.sync(store));
}
