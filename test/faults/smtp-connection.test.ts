import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  type SmtpScript,
  type SmtpSink,
  type SmtpSinkOptions,
  startSmtpSink,
} from '@mailwarden/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { MailwardenError } from '../../packages/core/src/errors/mailwarden-error.ts';
import { smtp } from '../../packages/core/src/transport/smtp.ts';
import type { SmtpOptions } from '../../packages/core/src/transport/smtp-options.ts';
import type { Transport } from '../../packages/core/src/transport/transport.ts';
import { type Harness, MESSAGE, startHarness, toEnvelope } from './smtp-harness.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});
const start = async (script?: SmtpScript, options?: SmtpOptions): Promise<Harness> => {
  const harness = await startHarness(script, options);
  open.push(harness);
  return harness;
};
const startSink = async (options: SmtpSinkOptions): Promise<SmtpSink> => {
  const sink = await startSmtpSink(options);
  open.push(sink);
  return sink;
};
const connect = (url: string, options?: SmtpOptions): Transport => {
  const transport = smtp(url, options);
  open.push(transport);
  return transport;
};
const unavailable = async (transport: Transport): Promise<MailwardenError> => {
  const error = await transport.verify().then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof MailwardenError)) throw new TypeError('verify() did not fail as coded');
  expect(error.code).toBe('SMTP_UNAVAILABLE');
  return error;
};

const LOGIN = { user: 'ops@acme.example', pass: 'hunter2:&' };

describe('smtp(): TLS and credentials', () => {
  it.each(['starttls', 'implicit'] as const)('authenticates over %s', async (tls) => {
    const sink = await startSink({ tls, auth: LOGIN });
    const transport = connect(sink.url, { tls: { ca: sink.certificate }, requireTls: true });
    await transport.verify();
    expect((await transport.send(toEnvelope(), MESSAGE)).phase).toBe('done');
    const [message] = await sink.waitFor(1);
    expect(message).toMatchObject({ secure: true, user: LOGIN.user });
    expect(message?.raw.equals(MESSAGE)).toBe(true);
  });

  it('does not trust a certificate that nobody vouches for', async () => {
    const sink = await startSink({ tls: 'starttls' });
    const transport = connect(sink.url);
    const result = await transport.send(toEnvelope(), MESSAGE);
    expect(result).toMatchObject({ phase: 'connect', accepted: [], rejected: [] });
    expect(result.broken?.code).toMatch(/^E(TLS|SOCKET)$/);
    expect(sink.messages).toEqual([]);
  });

  it('sends nothing over a connection that is not encrypted when TLS is required', async () => {
    const { transport, server } = await start({}, { requireTls: true, auth: LOGIN });
    const result = await transport.send(toEnvelope(), MESSAGE);
    expect(result).toMatchObject({ phase: 'connect', broken: { code: 'ETLS' } });
    expect(server.commands.some((line) => /^(AUTH|MAIL)/.test(line))).toBe(false);
  });

  it('keeps the mail queued when the password is wrong, and says 535 without it', async () => {
    const sink = await startSink({ auth: LOGIN });
    const transport = connect(sink.url.replace('hunter2', 'hunter3'));
    const result = await transport.send(toEnvelope(), MESSAGE);
    expect(result).toMatchObject({
      phase: 'connect',
      accepted: [],
      rejected: [],
      broken: { code: 'EAUTH', reply: { code: 535, enhanced: '5.7.8' } },
    });
    const error = await unavailable(transport);
    expect(error.message).toContain('refused the credentials with 535 5.7.8');
    expect(error.fields).toMatchObject({ reason: 'EAUTH', replyCode: 535 });
    expect(JSON.stringify([result, error.message, error.fields])).not.toMatch(/hunter|ops@/);
  });

  it('asks for an access token at each log-in, and authenticates with it', async () => {
    const { user } = LOGIN;
    const sink = await startSink({ auth: { user, pass: 'token-2' } });
    const [, host = ''] = sink.url.split('@');
    const tokens = ['token-1', 'token-2'];
    const accessToken = () => Promise.resolve(tokens.shift() ?? 'token-2');
    const transport = connect(`smtp://${host}`, { auth: { user, accessToken } });
    const refused = await transport.send(toEnvelope(), MESSAGE);
    expect(refused).toMatchObject({ phase: 'connect', broken: { code: 'EAUTH' } });
    expect((await transport.send(toEnvelope(), MESSAGE)).phase).toBe('done');
    expect(await sink.waitFor(1)).toMatchObject([{ user }]);
    expect(tokens).toEqual([]);
  });

  it.each([
    ['fails', () => Promise.reject(new Error('no token today'))],
    ['gives nothing', () => ''],
    ['gives a line of its own', () => 'token\r\nMAIL FROM:<x@example.com>'],
  ])('keeps the mail queued when the callback for tokens %s', async (_, accessToken) => {
    const sink = await startSink({ auth: LOGIN });
    const [, host = ''] = sink.url.split('@');
    const transport = connect(`smtp://${host}`, { auth: { user: LOGIN.user, accessToken } });
    const result = await transport.send(toEnvelope(), MESSAGE);
    expect(result).toMatchObject({ phase: 'connect', accepted: [], broken: { code: 'EAUTH' } });
    expect(sink.messages).toEqual([]);
  });

  it('says no token that was refused', async () => {
    const sink = await startSink({ auth: LOGIN });
    const [, host = ''] = sink.url.split('@');
    const auth = { user: LOGIN.user, accessToken: () => 'token-of-yesterday' };
    const transport = connect(`smtp://${host}`, { auth });
    const error = await unavailable(transport);
    const result = await transport.send(toEnvelope(), MESSAGE);
    const told = JSON.stringify([result, error.message, error.fields]);
    expect(told).not.toContain('token-of-yesterday');
    expect(told).not.toContain(Buffer.from('token-of-yesterday').toString('base64').slice(0, 20));
  });

  it('does not send unauthenticated to a server that offers no authentication', async () => {
    const { transport, server } = await start({}, { auth: LOGIN });
    const result = await transport.send(toEnvelope(), MESSAGE);
    expect(result).toMatchObject({ phase: 'connect', broken: { code: 'EAUTH' } });
    expect(server.commands.some((line) => /^(AUTH|MAIL)/.test(line))).toBe(false);
  });

  it('masks credentials that a server echoes', async () => {
    const token = Buffer.from(`\0${LOGIN.user}\0${LOGIN.pass}`).toString('base64');
    const { transport } = await start(
      { extensions: ['AUTH PLAIN'], auth: `535 5.7.8 ${LOGIN.pass} in ${token} is wrong` },
      { auth: LOGIN },
    );
    const result = await transport.send(toEnvelope(), MESSAGE);
    expect(result.broken?.reply?.text).toBe('*** in *** is wrong');
    expect(JSON.stringify(result)).not.toMatch(/hunter2/);
    expect((await unavailable(transport)).message).not.toMatch(/hunter2/);
  });

  it('says why a server cannot be used', async () => {
    const { transport, server } = await start({ connect: '554 5.7.1 no mail from you' });
    expect((await unavailable(transport)).message).toContain(`127.0.0.1:${server.port}: `);
    await server.close();
    expect((await unavailable(transport)).message).toContain('ECONNREFUSED');
  });

  it('takes a refused greeting as a connection that failed, with its reply', async () => {
    const { send } = await start({ connect: '554 5.7.1 no mail from you' });
    expect(await send()).toMatchObject({
      phase: 'connect',
      rejected: [],
      broken: { reply: { code: 554, enhanced: '5.7.1', text: 'no mail from you' } },
    });
  });
});

describe('smtp(): what the server offers', () => {
  it('refuses a non-ASCII local part here when SMTPUTF8 is not offered', async () => {
    const { send, server } = await start({ extensions: ['PIPELINING'] });
    const result = await send('jürgen@example.com', 'ada@example.com');
    expect(result.rejected).toMatchObject([
      { address: 'jürgen@example.com', reply: { code: 553, enhanced: '5.6.7' } },
    ]);
    expect(result.accepted).toMatchObject([{ address: 'ada@example.com' }]);
    const alone = await send('jürgen@example.com');
    expect(alone).toMatchObject({ phase: 'mail', rejected: [{ reply: { code: 553 } }] });
    expect(server.accepted).toHaveLength(1);
  });

  it('asks for SMTPUTF8 when it is offered and needed', async () => {
    const sink = await startSink({});
    const transport = connect(sink.url);
    const result = await transport.send(toEnvelope('jürgen@example.com'), MESSAGE);
    expect(result.phase).toBe('done');
    expect(sink.messages[0]?.envelope.rcptTo).toEqual(['jürgen@example.com']);
  });

  it('declares 8BITMIME and SIZE when the message needs them', async () => {
    const { transport, server } = await start();
    const raw = Buffer.from('Subject: x\r\n\r\nGrüße\r\n');
    await transport.send(toEnvelope(), raw);
    const [mail] = server.commands.filter((line) => line.startsWith('MAIL'));
    expect(mail).toBe(`MAIL FROM:<lifecycle@acme.example> BODY=8BITMIME SIZE=${raw.length}`);
    expect(server.accepted[0]?.raw.equals(raw)).toBe(true);
  });

  it('refuses a message above the offered SIZE here, and sends one exactly as big', async () => {
    const { transport, server } = await start({ extensions: [`SIZE ${MESSAGE.length}`] });
    expect((await transport.send(toEnvelope(), MESSAGE)).phase).toBe('done');
    const bigger = Buffer.concat([MESSAGE, Buffer.from('x')]);
    const result = await transport.send(toEnvelope(), bigger);
    expect(result).toMatchObject({ rejected: [{ reply: { code: 552, enhanced: '5.3.4' } }] });
    expect(server.received).toHaveLength(1);
  });

  it('sends a message of several megabytes byte for byte', async () => {
    const { transport, server } = await start();
    const raw = Buffer.from(`Subject: big\r\n\r\n${'.line\r\n'.repeat(500_000)}`);
    expect((await transport.send(toEnvelope(), raw)).phase).toBe('done');
    expect(server.accepted[0]?.raw.equals(raw)).toBe(true);
  });

  it('bounds what a server says and waits for no endless reply', async () => {
    const { send } = await start({ rcpt: `550 5.1.1 \u0007${'x'.repeat(2000)}` });
    const [refused] = (await send()).rejected;
    expect(refused?.reply.text).toHaveLength(500);
    expect(refused?.reply.text).not.toContain('\u0007');
    const endless = await start({ rcpt: { raw: '550-x\r\n'.repeat(20_000) } });
    expect(await endless.send()).toMatchObject({ broken: { code: 'EPROTOCOL' }, rejected: [] });
  });

  it('offers a recipient once, however often it is named', async () => {
    const { send, server } = await start();
    const result = await send('ada@example.com', 'ada@example.com');
    expect(result.accepted).toHaveLength(1);
    expect(server.commands.filter((line) => line.startsWith('RCPT'))).toHaveLength(1);
  });

  it('refuses an envelope without recipients as a mistake of the caller', async () => {
    const { transport } = await start();
    const empty = { ...toEnvelope(), rcptTo: [] };
    await expect(transport.send(empty, MESSAGE)).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
    });
  });
});

describe('smtp(): the pool', () => {
  it('never has more connections than it may, and uses them again', async () => {
    const most = { now: 0 };
    const { send, server } = await start(
      {
        dot: () => {
          most.now = Math.max(most.now, server.openConnections);
          return undefined;
        },
      },
      { maxConnections: 2 },
    );
    const results = await Promise.all(Array.from({ length: 12 }, () => send()));
    expect(results.every((result) => result.phase === 'done')).toBe(true);
    expect(server.accepted).toHaveLength(12);
    expect([server.connections, most.now]).toEqual([2, 2]);
  });

  it('opens a new connection when the server has ended the idle one', async () => {
    const { send, server } = await start({ rset: { reply: '421 4.4.2 idle', act: 'end' } });
    expect((await send()).phase).toBe('done');
    expect((await send()).phase).toBe('done');
    expect(server.connections).toBe(2);
  });

  it('uses no connection that broke', async () => {
    const { send, server } = await start({
      rcpt: ({ transaction }) => (transaction === 1 ? { act: 'drop' } : undefined),
    });
    expect((await send()).phase).toBe('rcpt');
    expect((await send()).phase).toBe('done');
    expect(server.connections).toBe(2);
    expect(server.commands).not.toContain('RSET');
  });

  it('closes a connection that nobody uses', async () => {
    const { send, server } = await start({}, { idleTimeout: 20 });
    await send();
    await server.waitFor((it) => it.openConnections === 0);
    expect(server.commands.at(-1)).toBe('QUIT');
    expect((await send()).phase).toBe('done');
  });

  it('ends a send that waits too long for a free connection before anything was sent', async () => {
    const { send, server } = await start(
      {
        dot: { act: 'stall' },
        // When the first gives up its place a moment before the second's time is over.
        connect: ({ connection }) => (connection > 1 ? { act: 'stall' } : undefined),
      },
      { maxConnections: 1, sendTimeout: 150 },
    );
    const first = send();
    await server.waitFor((it) => it.received.length === 1);
    expect(await send()).toMatchObject({ phase: 'connect', broken: { code: 'ETIMEDOUT' } });
    expect((await first).phase).toBe('data');
    expect(server.received).toHaveLength(1);
  });

  it('finishes what is in flight when it is closed, and begins nothing after', async () => {
    let answer = (): void => undefined;
    const { send, transport, server } = await start({
      dot: () => {
        answer();
        return undefined;
      },
    });
    const isAtDot = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const sending = send();
    const closed = isAtDot.then(() => transport.close());
    expect((await sending).phase).toBe('done');
    await closed;
    await server.waitFor((it) => it.openConnections === 0);
    expect(await send()).toMatchObject({ phase: 'connect', broken: { code: 'ECLOSED' } });
    await transport.close();
  });

  it('does not keep the process alive with an idle connection', async () => {
    const { server } = await start();
    const harness = fileURLToPath(new URL('./smtp-harness.ts', import.meta.url));
    const module = fileURLToPath(
      new URL('../../packages/core/src/transport/smtp.ts', import.meta.url),
    );
    const script = `
      const { MESSAGE, toEnvelope } = await import(${JSON.stringify(harness)});
      const { smtp } = await import(${JSON.stringify(module)});
      const transport = smtp(${JSON.stringify(server.url)}, { idleTimeout: 600_000 });
      console.log((await transport.send(toEnvelope(), MESSAGE)).phase);
    `;
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--conditions=@mailwarden/source',
      '--input-type=module',
      '--eval',
      script,
    ]);
    expect(stdout.trim()).toBe('done');
  });
});
