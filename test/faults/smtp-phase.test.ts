import type { SmtpMoment, SmtpScript } from '@mailwarden/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { parseAddress } from '../../packages/core/src/identity/address.ts';
import type { SmtpOptions } from '../../packages/core/src/transport/smtp-options.ts';
import type { TransportResult } from '../../packages/core/src/transport/transport.ts';
import { type Harness, MESSAGE, startHarness, toEnvelope } from './smtp-harness.ts';

const open: Harness[] = [];
afterEach(async () => {
  for (const harness of open.splice(0)) await harness.close();
});
const start = async (script?: SmtpScript, options?: SmtpOptions): Promise<Harness> => {
  const harness = await startHarness(script, options);
  open.push(harness);
  return harness;
};

/** Both ways of speaking: all commands at once (RFC 2920), and one after another. */
const WAYS = [
  ['pipelined', { extensions: ['PIPELINING', '8BITMIME'] }],
  ['one by one', { extensions: ['8BITMIME'] }],
] as const satisfies readonly (readonly [string, SmtpScript])[];

const codes = (replies: TransportResult['rejected']) =>
  replies.map(({ address, reply, phase }) => [address, reply.code, phase]);

describe.each(WAYS)('smtp(), %s: P6 where the dialogue broke', (_, way) => {
  it.each<[string, SmtpScript, string]>([
    ['at connect', { connect: { act: 'drop' } }, 'connect'],
    ['after EHLO', { ehlo: { act: 'drop' } }, 'connect'],
    ['after EHLO was answered', { mail: { act: 'drop' } }, 'mail'],
    ['after MAIL was answered', { rcpt: { act: 'drop' } }, 'rcpt'],
    ['in the middle of a reply to RCPT', { rcpt: { raw: '25', act: 'end' } }, 'rcpt'],
    ['at DATA before 354', { data: { act: 'drop' } }, 'rcpt'],
    ['after 354 before the dot', { content: { act: 'drop' } }, 'data'],
    ['together with 354', { data: { reply: '354 go', act: 'end' } }, 'data'],
    ['after the dot without an answer', { dot: { act: 'drop' } }, 'data'],
    ['after the dot with half an answer', { dot: { raw: '250 2.0.0 O', act: 'end' } }, 'data'],
    ['after the dot with a whole line but no CRLF', { dot: { raw: '250 ok', act: 'end' } }, 'data'],
  ])('tells a connection that ends %s', async (_where, script, phase) => {
    const { send, server } = await start({ ...way, ...script });
    const result = await send();
    expect(result.phase).toBe(phase);
    expect(result.broken?.code).toMatch(/^E(CONNECTION|SOCKET|PROTOCOL)$/);
    expect(result.accepted).toEqual([]);
    expect(server.accepted.length).toBe(phase === 'data' ? server.accepted.length : 0);
    expect(server.received.length).toBe('dot' in script ? 1 : 0);
  });

  it('counts a reply that broke off as none', async () => {
    const { send } = await start({ ...way, rcpt: { raw: '550-5.1.1 no\r\n', act: 'end' } });
    const result = await send();
    // Pipelined, what came with the half reply is not looked at either; no content went out.
    expect(result.phase).toMatch(/^(mail|rcpt)$/);
    expect(result).toMatchObject({ rejected: [], broken: { code: 'ECONNECTION' } });
  });

  it.each<[string, SmtpScript, string]>([
    ['the greeting', { connect: { act: 'stall' } }, 'connect'],
    ['EHLO', { ehlo: { act: 'stall' } }, 'connect'],
    ['MAIL', { mail: { act: 'stall' } }, 'mail'],
    ['RCPT', { rcpt: { act: 'stall' } }, 'rcpt'],
    ['DATA', { data: { act: 'stall' } }, 'rcpt'],
    ['the content', { content: { act: 'stall' } }, 'data'],
    ['the dot', { dot: { act: 'stall' } }, 'data'],
  ])('ends a stall at %s with its phase', async (_where, script, phase) => {
    const { send, server } = await start({ ...way, ...script }, { sendTimeout: 150 });
    const result = await send();
    expect(result).toMatchObject({ phase, broken: { code: 'ETIMEDOUT' }, accepted: [] });
    await server.waitFor((it) => it.openConnections === 0);
  });

  it.each<[string, SmtpScript, string]>([
    ['MAIL', { mail: 'what?' }, 'mail'],
    ['MAIL with an intermediate yes', { mail: '354 go' }, 'mail'],
    ['MAIL with two codes in one reply', { mail: '250-ok\n550 no' }, 'mail'],
    ['RCPT', { rcpt: '\u0000\u0001' }, 'rcpt'],
    ['DATA with 250', { data: '250 ok' }, 'rcpt'],
    ['DATA with words', { data: 'sure' }, 'rcpt'],
    ['the dot with words', { dot: 'thanks' }, 'data'],
    ['the dot with 354', { dot: '354 more' }, 'data'],
    ['the message before it had it', { data: '354 go\n250 got it' }, 'data'],
    ['MAIL twice', { mail: '250 ok\n250 ok' }, 'rcpt'],
  ])('concludes nothing from nonsense at %s', async (_where, script, phase) => {
    const { send, server } = await start({ ...way, ...script });
    const result = await send('ada@example.com', 'bob@example.com');
    expect(result).toMatchObject({ accepted: [], rejected: [] });
    expect(result.broken?.code).toMatch(/^E(PROTOCOL|CONNECTION|ENVELOPE)$/);
    // A message of which the server may have every byte is never said to be safe to repeat.
    if (server.received.length > 0) expect(result.phase).toMatch(/^(data|unknown)$/);
    expect(result.phase).toBe(phase);
  });
});

describe.each(WAYS)('smtp(), %s: replies', (_, way) => {
  it('accepts a message that was answered 250 and sends the bytes that it was given', async () => {
    const { send, server } = await start({ ...way, dot: '250-2.0.0 Ok\n250 2.0.0 queued as 7' });
    const result = await send('ada@example.com', 'bob@example.com');
    expect(result).toMatchObject({
      phase: 'done',
      rejected: [],
      host: '127.0.0.1',
      response: { code: 250, enhanced: '2.0.0', text: 'Ok queued as 7' },
    });
    expect(result.broken).toBeUndefined();
    expect(codes(result.accepted)).toEqual([
      ['ada@example.com', 250, 'done'],
      ['bob@example.com', 250, 'done'],
    ]);
    expect(server.accepted[0]?.raw.toString()).toBe('Subject: hello\r\n\r\n.dot\r\nbye\r\n');
  });

  it('delivers to the others when one recipient is refused', async () => {
    const { send, server } = await start({
      ...way,
      rcpt: ({ recipient }) =>
        recipient === 'gone@example.com' ? '550-5.1.1 No\n550 5.1.1 such user' : undefined,
    });
    const result = await send('ada@example.com', 'gone@example.com', 'bob@example.com');
    expect(result.phase).toBe('done');
    expect(codes(result.rejected)).toEqual([['gone@example.com', 550, 'rcpt']]);
    expect(result.rejected[0]?.reply).toEqual({
      code: 550,
      enhanced: '5.1.1',
      text: 'No such user',
    });
    expect(result.accepted.map((one) => one.address)).toEqual([
      'ada@example.com',
      'bob@example.com',
    ]);
    expect(server.accepted[0]?.rcptTo).toEqual(['ada@example.com', 'bob@example.com']);
  });

  it('keeps a refused recipient refused when the dialogue breaks after the dot', async () => {
    const { send } = await start({
      ...way,
      rcpt: ({ recipient }) => (recipient === 'gone@example.com' ? '550 5.1.1 no' : undefined),
      dot: { act: 'drop' },
    });
    const result = await send('gone@example.com', 'ada@example.com');
    expect(result.phase).toBe('data');
    expect(result.broken).toBeDefined();
    expect(codes(result.rejected)).toEqual([['gone@example.com', 550, 'rcpt']]);
  });

  it.each<[string, SmtpScript, number, string]>([
    ['MAIL for good', { mail: '550 5.7.1 no' }, 550, 'mail'],
    ['MAIL for now', { mail: '451 4.3.0 later' }, 451, 'mail'],
    ['every RCPT', { rcpt: '450 4.2.1 greylisted' }, 450, 'rcpt'],
    ['DATA', { data: '451 4.3.0 later' }, 451, 'data'],
    ['the message', { dot: '554 5.7.1 spam' }, 554, 'data'],
    ['the message for now', { dot: '452 4.3.1 full' }, 452, 'data'],
    ['the message and closes', { dot: { reply: '421 4.3.2 bye', act: 'end' } }, 421, 'data'],
    ['the message without CRLF', { dot: { raw: '451 4.3.0 hm', act: 'end' } }, 451, 'data'],
    ['the message before its end', { content: '552 5.3.4 too big' }, 552, 'data'],
    ['MAIL and closes', { mail: { reply: '421 4.7.0 slow', act: 'end' } }, 421, 'mail'],
  ])('takes a refusal of %s as the answer for all', async (_where, script, code, phase) => {
    const { send } = await start({ ...way, ...script });
    const result = await send('ada@example.com', 'bob@example.com');
    expect(result).toMatchObject({ phase, accepted: [] });
    expect(result.broken).toBeUndefined();
    expect(codes(result.rejected)).toEqual([
      ['ada@example.com', code, phase],
      ['bob@example.com', code, phase],
    ]);
  });

  it('says whom a 421 at RCPT answered and who was not answered', async () => {
    const { send } = await start({
      ...way,
      rcpt: ({ recipient }) =>
        recipient === 'bob@example.com' ? { reply: '421 4.7.0 enough', act: 'end' } : undefined,
    });
    const result = await send('ada@example.com', 'bob@example.com', 'cy@example.com');
    expect(codes(result.rejected)).toEqual([['bob@example.com', 421, 'rcpt']]);
    expect(result).toMatchObject({ phase: 'rcpt', accepted: [], broken: { code: 'ECONNECTION' } });
  });

  it('uses the connection again after a refusal, with RSET between', async () => {
    const { send, server } = await start({
      ...way,
      rcpt: ({ recipient }) => (recipient === 'gone@example.com' ? '550 5.1.1 no' : undefined),
    });
    expect((await send('gone@example.com')).rejected).toHaveLength(1);
    expect((await send('ada@example.com')).accepted).toHaveLength(1);
    expect(server.connections).toBe(1);
    expect(server.commands).toContain('RSET');
  });
});

describe('smtp(): a server that asks for a message that nobody takes', () => {
  it('gets none, and the connection is not used again', async () => {
    const { send, server } = await start({
      rcpt: ({ recipient }) => (recipient === 'gone@example.com' ? '550 5.1.1 no' : undefined),
      data: '354 go',
    });
    expect(codes((await send('gone@example.com')).rejected)).toEqual([
      ['gone@example.com', 550, 'rcpt'],
    ]);
    expect((await send('ada@example.com')).accepted).toHaveLength(1);
    expect(server.connections).toBe(2);
    expect(server.received).toHaveLength(1);
  });
});

describe('smtp(): many at once', () => {
  const STAGES = ['mail', 'rcpt', 'data', 'content', 'dot'] as const;
  const PHASES = {
    mail: 'mail',
    rcpt: 'rcpt',
    data: 'rcpt',
    content: 'data',
    dot: 'data',
  } as const;
  type Stage = (typeof STAGES)[number];
  /** At which stage the server cuts, told by the number in the sender: every third, each elsewhere. */
  const fate = (mailFrom: string): Stage | undefined => {
    const number = Number(/\d+/.exec(mailFrom)?.[0]);
    return number % 3 === 0 ? STAGES[(number / 3) % STAGES.length] : undefined;
  };
  const cutAt = (stage: Stage) => (moment: SmtpMoment) =>
    fate(moment.mailFrom) === stage ? { act: 'drop' as const } : undefined;

  it.each(WAYS)('P6 tells the phase of each of 20 parallel sends, %s', async (_, way) => {
    const cuts = Object.fromEntries(STAGES.map((stage) => [stage, cutAt(stage)]));
    const { transport, server } = await start({ ...way, ...cuts });
    const senders = Array.from({ length: 20 }, (_unused, at) => `r${at}@acme.example`);
    const results = await Promise.all(
      senders.map((sender) =>
        transport.send({ ...toEnvelope(), mailFrom: parseAddress(sender) }, MESSAGE),
      ),
    );
    for (const [at, sender] of senders.entries()) {
      const stage = fate(sender);
      const result = results[at];
      const by = (list: readonly { readonly mailFrom: string }[]) =>
        list.filter((one) => one.mailFrom === sender).length;
      expect([sender, result?.phase]).toEqual([sender, stage ? PHASES[stage] : 'done']);
      expect(by(server.received)).toBe(stage === undefined || stage === 'dot' ? 1 : 0);
      expect(by(server.accepted)).toBe(stage === undefined ? 1 : 0);
      expect(result?.accepted.length).toBe(stage === undefined ? 1 : 0);
      // Nothing was tried twice.
      const tries = server.commands.filter((line) => line.startsWith(`MAIL FROM:<${sender}>`));
      expect(tries).toHaveLength(1);
    }
  });

  it('P6 tells connections cut at connect, MAIL and the dot apart by what the server did', async () => {
    const cut: Record<number, string> = {};
    const note = (stage: string, every: number) => (moment: { connection: number }) => {
      if (moment.connection % 4 !== every) return undefined;
      cut[moment.connection] = stage;
      return { act: 'drop' as const };
    };
    const { send, server } = await start({
      connect: note('connect', 1),
      mail: note('mail', 2),
      dot: note('data', 3),
    });
    const results = await Promise.all(Array.from({ length: 20 }, () => send()));
    const broken = results.filter((result) => result.broken).map((result) => result.phase);
    expect(broken.toSorted()).toEqual(Object.values(cut).toSorted());
    const accepted = results.filter((result) => result.phase === 'done');
    expect(accepted).toHaveLength(server.accepted.length);
    expect(server.received.length - server.accepted.length).toBe(
      broken.filter((phase) => phase === 'data').length,
    );
  });
});
