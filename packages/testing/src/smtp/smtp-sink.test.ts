import { createConnection, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { type SmtpSink, type SmtpSinkOptions, startSmtpSink } from './smtp-sink.ts';

const open: SmtpSink[] = [];
afterEach(async () => {
  for (const sink of open.splice(0)) await sink.close();
});
const start = async (options?: SmtpSinkOptions): Promise<SmtpSink> => {
  const sink = await startSmtpSink(options);
  open.push(sink);
  return sink;
};

/** Sends each line after the reply to the one before, and returns the replies. */
async function talk(socket: Socket, lines: readonly string[]): Promise<readonly string[]> {
  const replies: string[] = [];
  const left = [...lines];
  let text = '';
  for await (const chunk of socket) {
    text += String(chunk);
    if (!/^\d{3}(?: .*)?\r\n$/m.test(text)) continue;
    replies.push(text.trimEnd());
    text = '';
    const next = left.shift();
    if (next === undefined) break;
    socket.write(`${next}\r\n`);
  }
  return replies;
}

const MAIL = ['MAIL FROM:<a@acme.example>', 'RCPT TO:<b@example.com>', 'DATA'];
const CONTENT = [
  'Subject: a long',
  ' subject',
  'X-One: 1',
  'Content-Type: multipart/alternative; boundary="b1"',
  '',
  '--b1',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'Gr=C3=BC=C3=9Fe',
  '--b1--',
  '.',
].join('\r\n');

describe('startSmtpSink', () => {
  it('keeps what it accepts with its envelope and fields', async () => {
    const sink = await start();
    const replies = await talk(createConnection(sink.port), ['EHLO x', ...MAIL, CONTENT, 'QUIT']);
    expect(replies.at(5)).toMatch(/^250 2\.0\.0 Ok/);
    const [message] = await sink.waitFor(1);
    expect(message?.envelope).toEqual({ mailFrom: 'a@acme.example', rcptTo: ['b@example.com'] });
    expect(message?.header('subject')).toBe('a long subject');
    expect(message?.headers('X-ONE')).toEqual(['1']);
    expect(message?.part('text/plain')).toBe('Grüße');
    expect(message?.raw.toString()).toContain('X-One: 1\r\n');
    sink.clear();
    expect(sink.messages).toEqual([]);
  });

  it('offers what its options say', async () => {
    const plain = await start({ size: 1000, hide: ['SMTPUTF8'] });
    const [, ehlo] = await talk(createConnection(plain.port), ['EHLO x', 'QUIT']);
    expect(ehlo).toMatch(/SIZE 1000/);
    expect(ehlo).toMatch(/8BITMIME/);
    expect(ehlo).not.toMatch(/SMTPUTF8|STARTTLS|AUTH/);
  });

  it('refuses a wrong password and a recipient that the test refuses', async () => {
    const sink = await start({
      auth: { user: 'u', pass: 'right' },
      refuseRecipient: () => '550 5.1.1 No such user',
    });
    const login = (pass: string) => `AUTH PLAIN ${Buffer.from(`\0u\0${pass}`).toString('base64')}`;
    const replies = await talk(createConnection(sink.port), [
      'EHLO x',
      MAIL[0] as string,
      login('wrong'),
      login('right'),
      ...MAIL.slice(0, 2),
      'QUIT',
    ]);
    expect(replies[2]).toMatch(/^530 /);
    expect(replies[3]).toMatch(/^535 5\.7\.8/);
    expect(replies[4]).toMatch(/^235 /);
    expect(replies[6]).toBe('550 5.1.1 No such user');
  });

  it('speaks TLS with a certificate that a client can trust', async () => {
    const sink = await start({ tls: 'implicit' });
    const socket = connectTls({ port: sink.port, ca: sink.certificate, host: '127.0.0.1' });
    const replies = await talk(socket, ['EHLO x', ...MAIL, CONTENT, 'QUIT']);
    expect(replies.at(-1)).toMatch(/^221/);
    expect(sink.messages[0]?.secure).toBe(true);
  });
});
