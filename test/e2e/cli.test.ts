import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Io, run } from '@mailwarden/cli';
import {
  type AgentHandle,
  createMailwarden,
  type Mailwarden,
  type MailwardenEvent,
} from '@mailwarden/core';
import { type SmtpSink, startSmtpSink } from '@mailwarden/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import options from '../fixtures/cli/mailwarden.config.ts';

const CONFIG = fileURLToPath(new URL('../fixtures/cli', import.meta.url));
const MAIN = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
const REVIEWER = ['--as', 'ops@acme.example'];

describe('mailwarden', () => {
  let directory: string;
  let sink: SmtpSink;
  let warden: Mailwarden;
  let agent: AgentHandle;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mailwarden-cli-'));
    sink = await startSmtpSink();
    vi.stubEnv('MAILWARDEN_FILE', join(directory, 'mail.db'));
    vi.stubEnv('MAILWARDEN_KEY', 'a secret that only these tests know, 1');
    vi.stubEnv('MAILWARDEN_SMTP', sink.url);
    warden = await createMailwarden(options());
    agent = warden.agent('winback-bot', { mailboxes: ['lifecycle@acme.example'] });
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await warden.stop();
    await sink.close();
    await rm(directory, { recursive: true, force: true });
  });

  const draft = async (to = 'ana@example.com', subject = 'We miss you') => {
    const sent = await agent.send({ to, subject, body: `Hello ${to}`, tags: ['win_back'] });
    expect(sent.status).toBe('held');
    return sent.messageId ?? '';
  };
  /** Runs a command as another process would; gives what it printed and its exit code. */
  const call = async (argv: readonly string[], given: Partial<Io> & { columns?: number } = {}) => {
    let out = '';
    let err = '';
    const tty = given.columns === undefined ? {} : { isTTY: true, columns: given.columns };
    const code = await run(argv, {
      stdout: { write: (text) => (out += text), ...tty },
      stderr: { write: (text) => (err += text) },
      env: {},
      cwd: CONFIG,
      now: Date.now,
      untilStopped: () => new Promise(() => {}),
      ...given,
    });
    return { code, out, err };
  };
  const sendAll = async () => {
    await warden.tick();
    return sink.messages.map(({ envelope }) => envelope.rcptTo.join());
  };

  it('lists what waits, shows it, and lets it out', async () => {
    const id = await draft();
    const list = await call(['pending']);
    expect(list).toMatchObject({ code: 0, err: '' });
    expect(list.out).toMatch(/ID +WAITS +LEFT +AGENT +TO +SUBJECT +WHY\n/);
    expect(list.out).toContain(id);
    expect(list.out).toContain('1 message waits.');
    const view = await call(['show', id]);
    for (const text of ['We miss you', 'ana@example.com', 'Why held', 'Hello ana@example.com']) {
      expect(view.out).toContain(text);
    }
    expect(view.out).not.toMatch(/\/u\/[\w-]{44}/);
    expect(await sendAll()).toEqual([]);
    const approved = await call(['approve', id, '--revision', '1', ...REVIEWER]);
    expect(approved).toMatchObject({ code: 0, err: '' });
    expect(approved.out).toContain('now queued');
    expect(await sendAll()).toEqual(['ana@example.com']);
    expect((await call(['pending'])).out).toBe('Nothing waits for a person.\n');
  });

  it('rejects with a reason that the agent reads', async () => {
    const id = await draft();
    const rejected = await call(['reject', id, '--reason', 'Too pushy.', ...REVIEWER]);
    expect(rejected).toMatchObject({ code: 0, err: '' });
    expect(await agent.listPending()).toMatchObject({
      messages: [{ id, reason: expect.stringContaining('Too pushy.') }],
    });
    expect(await sendAll()).toEqual([]);
  });

  it('shows a group, and lets out what it showed', async () => {
    for (const name of ['ana', 'ben', 'cem', 'dora']) await draft(`${name}@example.com`);
    const list = await call(['groups'], { env: { NO_COLOR: '1' }, columns: 80 });
    expect(list.out).toContain('1 group, 4 messages.');
    expect(Math.max(...list.out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    const [short = ''] = /[0-9a-f]{6}-[0-9a-f]{6}/.exec(list.out) ?? [];
    const shown = await call(['group', short, '--sample', '3', ...REVIEWER]);
    expect(shown.out).toContain('4 messages of one kind, 3 of them below');
    expect(shown.out).toContain('What differs between them');
    expect(shown.out).toMatch(/^ {2}Hello \w+@example\.com$/m);
    expect(shown.out).not.toMatch(/\/u\/[\w-]{44}/);
    const [command = ''] = /approve-group .*/.exec(shown.out) ?? [];
    expect(await sendAll()).toEqual([]);
    const approved = await call([...command.split(' '), ...REVIEWER]);
    expect(approved).toMatchObject({ code: 0, out: 'Approved  4 of 4 messages\n' });
    expect(await call([...command.split(' '), ...REVIEWER])).toEqual(approved);
    expect(await sendAll()).toHaveLength(4);
    expect((await call(['groups'])).out).toBe('No group waits for a person.\n');
    const told = await call(['feedback']);
    expect(told.out).toContain('1 of the last 1 approved unchanged');
  });

  it('shows a template, and approves the one that it showed', async () => {
    expect((await call(['templates'])).out).toMatch(
      /^shipped {2}transactional {2}new {2}[0-9a-f]{12}\n$/,
    );
    const shown = await call(['template', 'shipped']);
    expect(shown.out).toContain('Order **{{ order }}** left on {{ day }}.');
    expect(shown.out).toContain('  day: date');
    expect(shown.out).toContain('left on 2026-05-07.');
    const [command = ''] = /approve-template .*/.exec(shown.out) ?? [];
    expect((await call(command.split(' '))).err).toContain('Say who decides');
    const other = ['approve-template', 'shipped', '--hash', 'f'.repeat(64), ...REVIEWER];
    expect((await call(other)).err).toContain('not the one that was shown');
    expect(await call([...command.split(' '), ...REVIEWER])).toMatchObject({ code: 0 });
    expect((await call(['templates'])).out).toContain('approved');
  });

  it('says which messages of a group fell out', async () => {
    const id = await draft('ana@example.com');
    await draft('ben@example.com');
    const { out } = await call(['groups', '--json']);
    const group = (JSON.parse(out) as { groups: { id: string }[] }).groups[0]?.id ?? '';
    const shown = await call(['group', group, '--json', ...REVIEWER]);
    const { review } = JSON.parse(shown.out) as { review: string };
    await call(['reject', id, '--reason', 'No.', ...REVIEWER]);
    await draft('cem@example.com');
    const decided = await call(['approve-group', group, '--review', review, ...REVIEWER]);
    expect(decided).toMatchObject({ code: 1, err: '' });
    expect(decided.out).toContain('Approved  1 of 2 messages');
    expect(decided.out).toContain(`  ${id}  NOT_PENDING`);
    expect(decided.out).toContain('1 came since you looked');
  });

  it('pauses a campaign, says so, and resumes it', async () => {
    expect(await call(['pauses'])).toMatchObject({ code: 0, out: 'Nothing is paused.\n' });
    const spring = ['--campaign', 'spring'];
    const done = await call(['pause', ...spring, '--reason', 'wrong price', ...REVIEWER]);
    expect(done).toMatchObject({ code: 0, out: 'Paused  campaign spring\n', err: '' });
    expect((await call(['pauses'])).out).toMatch(
      /^campaign spring {2}by reviewer:ops@acme.example, for [^:]+: wrong price\n$/,
    );
    expect(await warden.system().pauses()).toMatchObject([{ subject: 'spring' }]);
    expect((await call(['resume', ...spring])).out).toBe('Resumed  campaign spring\n');
    expect(await call(['resume', ...spring, '--json'])).toMatchObject({
      code: 1,
      out: expect.stringContaining('not_paused'),
    });
    for (const argv of [
      ['pause', '--reason', 'x'],
      ['resume', 'a@acme.example', '--tenant'],
    ]) {
      expect(await call(argv)).toMatchObject({ code: 2, err: expect.stringContaining('Name one') });
    }
  });

  it('suppresses an address, by default for all mail', async () => {
    const done = await call(['suppress', 'Ana@example.com', '--note', 'phoned']);
    expect(done).toMatchObject({ code: 0, out: 'Suppressed  Ana@example.com  all\n' });
    const sent = await agent.send({ to: 'ana@example.com', subject: 'News', body: 'Hi' });
    expect(sent).toMatchObject({ status: 'blocked', code: 'SUPPRESSED' });
  });

  it('checks an address and names what stands against it', async () => {
    const free = await call(['check', 'ana@example.com']);
    expect(free).toMatchObject({ code: 0, err: '' });
    expect(free.out).toContain('marketing   may be sent');
    expect((await call(['suppress', '@example.com', '--scope', 'marketing'])).code).toBe(0);
    const stopped = await call(['check', 'ana@example.com']);
    expect(stopped.code).toBe(1);
    expect(stopped.out).toMatch(/marketing {3}is stopped\n {2}other mail {2}may be sent\n.*manual/);
    expect(stopped.out).toContain('whole domain');
    const { out } = await call(['check', 'ana@example.com', '--json']);
    expect(JSON.parse(out)).toMatchObject({ marketing: false, other: true });
    expect((await call(['check', 'nobody'])).err).toContain('ADDRESS_INVALID');
  });

  it('lists the mistakes of a policy file with their places, without any configuration', async () => {
    const cwd = directory;
    const file = (text: string) => writeFile(join(directory, 'policy.yaml'), text);
    await file('mailboxes:\n  - address: a@acme.example\n    oversigth: monitored\n');
    const bad = await call(['policy', 'check', 'policy.yaml'], { cwd });
    expect(bad).toMatchObject({ code: 1, err: '' });
    expect(bad.out).toMatch(
      /^policy\.yaml:3:5 {2}mailboxes\[0\] has no "oversigth"\. Did you mean "oversight"\?/,
    );
    expect(bad.out).toMatch(/\n1 mistake\.\n$/);
    const json = await call(['policy', 'check', 'policy.yaml', '--json'], { cwd });
    expect(JSON.parse(json.out)).toMatchObject({ ok: false, issues: [{ line: 3, column: 5 }] });
    await file('budgets: { sendsPerRun: 5 }');
    const good = await call(['policy', 'check', 'policy.yaml'], { cwd });
    expect(good).toMatchObject({ code: 0, out: 'Good  policy.yaml says budgets.\n' });
    expect((await call(['policy', 'check', 'none.yaml'], { cwd })).code).toBe(2);
  });

  it('says what another policy would have decided, over what is stored and what was sent before', async () => {
    const id = await draft();
    await draft('ben@example.com');
    await writeFile(
      join(directory, 'looser.yaml'),
      'mailboxes: [{ address: lifecycle@acme.example, oversight: autonomous }]',
    );
    const policy = join(directory, 'looser.yaml');
    const simulated = await call(['simulate', '--policy', policy]);
    expect(simulated).toMatchObject({ code: 0, err: '' });
    expect(simulated.out).toContain(
      '2 stored decisions: 0 the same, 2 different (2 recipients), 0 not to be asked again',
    );
    expect(simulated.out).toMatch(
      /COUNT {2}WAS +WOULD BE +FOR EXAMPLE\n2 +hold REVIEW_REQUIRED +allowed +/,
    );
    expect(simulated.out).toContain(id);
    expect(simulated.out).toContain('Nothing was sent and nothing was changed.');
    const json = await call(['simulate', '--policy', policy, '--json', '--from', '2100-01-01']);
    expect(JSON.parse(json.out)).toMatchObject({ decisions: 0 });
    const history = join(directory, 'history.csv');
    await writeFile(
      history,
      `at,from,to,subject\n0,lifecycle@acme.example,ana@example.com,Hi\n0,x,y,z\n`,
    );
    const before = await call(['simulate', '--policy', policy, '--history', history]);
    expect(before.out).toContain('1 decision over the history: 1 the same');
    expect(before.out).toContain('line 3 from has to be an email address.');
    await writeFile(join(directory, 'looser.yaml'), 'mailbox: []');
    const wrong = await call(['simulate', '--policy', policy]);
    expect(wrong).toMatchObject({ code: 1, out: '' });
    expect(wrong.err).toContain('looser.yaml:1:1 It has no "mailbox". Did you mean "mailboxes"?');
  });

  it('exports a person as a page and as data, and erases them when told twice', async () => {
    await draft();
    const [page, data] = [join(directory, 'ana.html'), join(directory, 'ana.json')];
    const done = await call(['person', 'export', 'ana@example.com', page]);
    expect(done).toMatchObject({ code: 0, err: '' });
    expect(done.out).toContain('1 messages, 1 contacts');
    expect(await readFile(page, 'utf8')).toContain('What is held about ana@example.com');
    expect((await stat(page)).mode & 0o777).toBe(0o600);
    expect((await call(['person', 'export', 'ana@example.com', data, '--json'])).code).toBe(0);
    expect(JSON.parse(await readFile(data, 'utf8'))).toMatchObject({ address: 'ana@example.com' });
    expect((await call(['person', 'export', 'ana@example.com', page])).code).toBe(2);
    expect((await call(['person', 'export', 'nobody', join(directory, 'no.json')])).code).toBe(1);
    expect(
      (await call(['person', 'export', 'ana@example.com', join(directory, 'a.txt')])).code,
    ).toBe(2);
    const erase = ['person', 'erase', 'Ana@example.com', '--reason', 'Request 17'];
    const asked = await call(erase);
    expect(asked).toMatchObject({ code: 1, err: '' });
    expect(asked.out).toMatch(/messages {3}1\n.*\nNothing was erased/);
    const erased = await call([...erase, '--yes', '--json']);
    expect(JSON.parse(erased.out)).toMatchObject({ status: 'ok', contacts: 1, cancelled: 1 });
    expect((await call([...erase, '--yes'])).out).toContain('Erased  Ana@example.com');
    expect((await call(['pending'])).out).toBe('Nothing waits for a person.\n');
    expect((await call(['check', 'ana+x@example.com'])).code).toBe(1);
  });

  it('prints JSON for programs', async () => {
    const id = await draft();
    const page = JSON.parse((await call(['pending', '--json', '--tag', 'win_back'])).out);
    expect(page).toMatchObject({ total: 1, messages: [{ id, to: ['ana@example.com'] }] });
    expect(JSON.parse((await call(['--json', 'show', id])).out)).toMatchObject({ id, revision: 1 });
    const decided = await call(['approve', id, '--json', ...REVIEWER]);
    expect(JSON.parse(decided.out)).toMatchObject({ messageId: id, state: 'queued' });
    const refused = await call(['approve', id, '--json', ...REVIEWER]);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(JSON.parse(refused.err)).toMatchObject({ error: { code: 'NOT_PENDING' } });
  });

  it('fits a terminal, where an id is its last eight characters', async () => {
    const id = await draft('somebody.with.a.long.name@customer.example', 'A rather long subject');
    const { out } = await call(['pending'], { env: { NO_COLOR: '1' }, columns: 80 });
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(out).toContain(`…${id.slice(-8)}`);
    const { code } = await call(['reject', id.slice(-8), '--reason', 'No.', ...REVIEWER]);
    expect(code).toBe(0);
  });

  it('colours a terminal and nothing else, and NO_COLOR wins', async () => {
    await draft();
    const sequence = '\u001b[';
    expect((await call(['pending'], { columns: 80 })).out).toContain(sequence);
    expect((await call(['pending'])).out).not.toContain(sequence);
    const plain = await call(['pending'], { columns: 80, env: { NO_COLOR: '1' } });
    expect(plain.out).not.toContain(sequence);
  });

  it('shows a control character of a draft instead of obeying it', async () => {
    const sent = await agent.send({
      to: 'ana@example.com',
      subject: 'Hello',
      body: 'Fine.\u001b[2J\u202eevil',
    });
    const { out } = await call(['show', sent.messageId ?? '']);
    expect(out).not.toMatch(/(?!\n)\p{Cc}|\u202e/u);
  });

  it('takes the reviewer from the environment', async () => {
    const id = await draft();
    const env = { MAILWARDEN_REVIEWER: 'ops@acme.example' };
    expect((await call(['approve', id], { env })).code).toBe(0);
  });

  it.each([
    ['an unknown command', ['decide']],
    ['no command', []],
    ['a missing id', ['show']],
    ['a missing reason', ['reject', 'x', ...REVIEWER]],
    ['a decision by nobody', ['approve', '0198c0de-0000-7000-8000-000000000000']],
    ['a limit that is no number', ['pending', '--limit', 'many']],
    ['half an id', ['show', 'abc']],
    ['half a group', ['group', 'abc', ...REVIEWER]],
    ['a look by nobody', ['group', 'abcdef-123456']],
    ['a group without its look', ['approve-group', 'abcdef-123456', ...REVIEWER]],
    ['a missing configuration', ['pending', '--config', 'nowhere.ts']],
  ])('answers %s with exit code 2', async (_, argv) => {
    const { code, out, err } = await call(argv);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).not.toBe('');
    expect(err).not.toContain('    at ');
  });

  it.each([
    ['MESSAGE_NOT_FOUND', ['approve', '0198c0de-0000-7000-8000-000000000000', ...REVIEWER]],
    ['MESSAGE_NOT_FOUND', ['show', '01234567']],
    ['GROUP_NOT_FOUND', ['group', 'abcdef-123456', ...REVIEWER]],
    ['ADDRESS_INVALID', ['suppress', 'nobody']],
    ['ARGUMENT_INVALID', ['suppress', 'a@example.com', '--scope', 'everything']],
    ['MAILBOX_UNKNOWN', ['pending', '--mailbox', 'x@example.com']],
  ])('answers %s with exit code 1', async (expected, argv) => {
    const { code, out, err } = await call(argv);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toMatch(new RegExp(`^error ${expected}  `));
  });

  it('P4: refuses the author, and a revision that was not the one shown', async () => {
    const id = await draft();
    const author = await call(['approve', id, '--as', 'winback-bot']);
    expect(author).toMatchObject({ code: 1, err: expect.stringContaining('OWN_MESSAGE') });
    const stale = await call(['approve', id, '--revision', '7', ...REVIEWER]);
    expect(stale).toMatchObject({ code: 1, err: expect.stringContaining('REVISION_CONFLICT') });
    expect(await sendAll()).toEqual([]);
  });

  it('P8: does not start with another key', async () => {
    vi.stubEnv('MAILWARDEN_KEY', 'another secret that is long enough for it');
    const { code, err } = await call(['suppress', 'a@example.com']);
    expect(code).toBe(1);
    expect(err).toContain('error KEY_MISMATCH');
    expect(err).toContain('k1');
  });

  it('leaves events to the process that has the worker', async () => {
    await draft();
    const told: string[] = [];
    const listening = {
      ...options(),
      onEvent: (event: MailwardenEvent) => void told.push(event.type),
    };
    const looking = await createMailwarden(listening);
    await looking.start({ worker: false });
    await looking.reviewer('ops@acme.example').listPending();
    await looking.stop();
    expect(told).toEqual([]);
    const working = await createMailwarden(listening);
    await working.stop();
    expect(told).toContain('delivery.held');
  });

  it('exports the sealed audit and checks it without the configuration', async () => {
    const id = await draft();
    await call(['approve', id, '--reason', 'Looks right', ...REVIEWER]);
    const file = join(directory, 'audit.ndjson');
    const exported = await call(['audit', 'export', file, '--json']);
    expect(exported).toMatchObject({ code: 0, err: '' });
    const { head, entries } = JSON.parse(exported.out) as { head: string; entries: number };
    // What the configuration asserts about unknown countries, the draft, the approval.
    expect(entries).toBe(3);
    expect((await call(['audit', 'export', file])).code).toBe(2);
    const elsewhere = { cwd: directory };
    const intact = await call(['audit', 'verify', 'audit.ndjson', '--head', head], elsewhere);
    expect(intact).toMatchObject({ code: 0, err: '' });
    expect(intact.out).toContain(`Intact  ${entries} entries proven`);
    expect(intact.out).not.toContain('No anchored head');
    const text = await readFile(file, 'utf8');
    await writeFile(
      file,
      text.replaceAll('reviewer:ops@acme.example', 'reviewer:eve@acme.example'),
    );
    const forged = await call(['audit', 'verify', 'audit.ndjson'], elsewhere);
    expect(forged.code).toBe(1);
    expect(forged.out).toContain('is not what was sealed.');
    expect(forged.out).toContain('No anchored head: a cut-off end cannot be seen (--head).');
    const other = await call(['audit', 'verify', file, '--key', 'k1=AAAA', '--json'], elsewhere);
    const { faults } = JSON.parse(other.out) as { faults: { kind: string }[] };
    expect(faults.map(({ kind }) => kind)).toContain('key_unknown');
    expect((await call(['audit', 'verify', file, '--key', 'AAAA'])).code).toBe(2);
  });

  it('runs as a program', async () => {
    await draft();
    const flags = ['--conditions=@mailwarden/source', MAIN];
    const child = (...argv: string[]) =>
      new Promise<{ code: number; out: string; err: string }>((resolve) => {
        const child = execFile(
          process.execPath,
          [...flags, ...argv],
          { cwd: CONFIG, env: process.env },
          (_, out, err) => resolve({ code: child.exitCode ?? -1, out, err }),
        );
      });
    const [list, usage] = await Promise.all([child('pending'), child('nonsense')]);
    expect(list).toMatchObject({ code: 0, err: '' });
    expect(list.out).toContain('winback-bot');
    expect(usage).toMatchObject({ code: 2, out: '' });
  });

  it('sends as a program until it is told to end', async () => {
    const id = await draft();
    await call(['approve', id, '--revision', '1', ...REVIEWER]);
    const flags = ['--conditions=@mailwarden/source', MAIN, 'worker', '--json'];
    const child = spawn(process.execPath, flags, { cwd: CONFIG, env: process.env });
    const closed = once(child, 'close');
    let out = '';
    child.stdout.on('data', (chunk) => (out += chunk));
    await sink.waitFor(1);
    child.kill('SIGTERM');
    expect(await closed).toEqual([0, null]);
    const said = out.split('\n').filter(Boolean);
    expect(said.map((line) => JSON.parse(line))).toEqual([
      { status: 'working' },
      { status: 'stopping' },
    ]);
    expect(sink.messages.map(({ envelope }) => envelope.rcptTo)).toEqual([['ana@example.com']]);
  });

  it('ends when it is told to, and says why it cannot begin', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    await draft();
    const worked = call(['worker', '--no-inbox'], { untilStopped: () => promise });
    resolve();
    expect(await worked).toMatchObject({ code: 0, err: '' });
    vi.stubEnv('MAILWARDEN_KEY', 'another secret that was never used, 12');
    const refused = await call(['worker'], { untilStopped: () => promise });
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toMatch(/^error [A-Z_]+ /);
  });

  it('says on stderr what goes wrong while it works, and goes on', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    vi.stubEnv('MAILWARDEN_IMAP', `imap://bot:secret@127.0.0.1:${port}`);
    const { promise: told, resolve: stop } = Promise.withResolvers<void>();
    let err = '';
    const worked = call(['worker', '--config', 'inbox.config.ts'], {
      untilStopped: () => told,
      stderr: { write: (text) => (err += text) },
    });
    await expect.poll(() => err, { timeout: 20_000 }).toMatch(/^INBOX_UNAVAILABLE {2}\S.*\n/);
    expect(err).not.toContain('secret');
    const id = await draft();
    await call(['approve', id, '--revision', '1', ...REVIEWER]);
    await sink.waitFor(1);
    stop();
    expect(await worked).toMatchObject({ code: 0 });
  });
});
