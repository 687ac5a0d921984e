import { createConnection } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type ScriptedSmtpServer, startScriptedSmtpServer } from './scripted-smtp-server.ts';
import type { SmtpScript } from './smtp-script.ts';

const open: ScriptedSmtpServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});
const start = async (script?: SmtpScript): Promise<ScriptedSmtpServer> => {
  const server = await startScriptedSmtpServer(script);
  open.push(server);
  return server;
};

/** Writes everything at once and returns everything that came back until the end. */
const shout = (server: ScriptedSmtpServer, text: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = createConnection(server.port);
    let answer = '';
    socket.on('data', (chunk: Buffer) => {
      answer += chunk.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
    socket.write(text);
  });

const SEND = 'EHLO x\r\nMAIL FROM:<a@acme.example>\r\nRCPT TO:<b@example.com>\r\nDATA\r\n';

describe('startScriptedSmtpServer', () => {
  it('behaves well where nothing is scripted', async () => {
    const server = await start();
    const answer = await shout(server, `${SEND}Subject: x\r\n\r\n..dot\r\n.\r\nQUIT\r\n`);
    expect(answer.match(/^\d{3} /gm)).toEqual([
      '220 ',
      '250 ',
      '250 ',
      '250 ',
      '354 ',
      '250 ',
      '221 ',
    ]);
    expect(server.accepted).toHaveLength(1);
    expect(server.received[0]?.raw.toString()).toBe('Subject: x\r\n\r\n.dot\r\n');
    expect(server.received[0]?.rcptTo).toEqual(['b@example.com']);
    expect(server.commands).toContain('DATA');
  });

  it('counts a message whose dot it did not answer as received only', async () => {
    const server = await start({ dot: { act: 'drop' } });
    await shout(server, `${SEND}x\r\n.\r\n`);
    expect(server.received).toHaveLength(1);
    expect(server.accepted).toHaveLength(0);
    await server.waitFor((it) => it.openConnections === 0);
  });

  it('hangs up before the dot', async () => {
    const server = await start({ content: { act: 'drop' } });
    await shout(server, `${SEND}x\r\n.\r\n`);
    expect(server.received).toHaveLength(0);
  });

  it('answers per recipient, in several lines, and with garbage', async () => {
    const server = await start({
      mail: '250-first\n250 second',
      rcpt: ({ recipient }) => (recipient === 'b@example.com' ? '550 5.1.1 no' : undefined),
      data: { raw: 'what?\n\x00', act: 'end' },
    });
    const answer = await shout(server, SEND);
    expect(answer).toContain('250-first\r\n250 second\r\n550 5.1.1 no\r\nwhat?\n\x00');
  });

  it('hangs up at connect and stays silent when told to stall', async () => {
    const dropped = await start({ connect: { act: 'drop' } });
    expect(await shout(dropped, '')).toBe('');
    const stalled = await start({ mail: { act: 'stall' } });
    const answer = shout(stalled, SEND);
    await stalled.waitFor((it) => it.commands.length === 2);
    await stalled.close();
    expect(await answer).toMatch(/250 SIZE 10485760\r\n$/);
  });
});
