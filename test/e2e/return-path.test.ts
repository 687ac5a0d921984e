import { type ScriptedSmtpServer, startScriptedSmtpServer } from '@mailwarden/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { createMovingInbox, type MovingInbox } from '../support/moving-inbox.ts';
import { deliveryReport } from '../support/report-mail.ts';
import { MARKETING, openWorld, type WardenWorld } from '../support/warden-world.ts';

const ANA = 'ana@customer.example';
const TOKEN = /[a-z2-7]{40}/;

describe.each(databases)('how a send can be known again, on $name', ({ open }) => {
  let server: ScriptedSmtpServer;
  let world: WardenWorld;
  let inbox: MovingInbox;

  async function start(subaddressing: boolean, extensions: readonly string[]): Promise<void> {
    server = await startScriptedSmtpServer({ extensions });
    inbox = createMovingInbox();
    world = await openWorld(open, { smtpUrl: server.url, mailbox: { subaddressing }, inbox });
  }
  async function send(to = ANA): Promise<string> {
    await world.agent().send({ to, campaign: 'spring', subject: `News for ${to}`, body: 'Hello' });
    await world.warden.tick();
    return server.commands.findLast((line) => line.startsWith('MAIL')) ?? '';
  }
  async function receive(to: string): Promise<void> {
    const about = 'renamed@relay.example';
    inbox.put(deliveryReport({ about, to, recipients: [{ address: ANA }] }), world.clock.now);
    await world.warden.tick();
  }
  const reasons = async () =>
    (await world.warden.system().check(ANA)).suppressions.map(({ reason }) => reason);

  beforeEach(() => start(true, ['PIPELINING', 'DSN', 'SIZE 1000000']));
  afterEach(async () => {
    await world.close();
    await server.close();
  });

  it('each delivery has a return path of its own, and a report to it counts', async () => {
    const first = await send();
    const [, path = ''] =
      /^MAIL FROM:<(lifecycle\+b-[a-z2-7]{40}@acme\.example)>/.exec(first) ?? [];
    expect(await send('bob@customer.example')).not.toContain(path);
    await receive(path.replace(TOKEN, (token) => [...token].toReversed().join('')));
    expect(await reasons()).toEqual([]);
    await receive(path);
    expect(await reasons()).toEqual(['hard_bounce']);
  });

  it('the envelope is named where the server can give the name back (RFC 3461)', async () => {
    const line = await send();
    const [, token = ''] = /\+b-([a-z2-7]{40})@/.exec(line) ?? [];
    expect(line).toContain(`RET=HDRS ENVID=${token}`);
    const raw = server.accepted.at(-1)?.raw.toString('latin1') ?? '';
    expect(raw).toMatch(/^X-Mailwarden-Id: [\w-]{44}\r$/m);
    expect(raw).not.toContain(token);
    expect(raw).toMatch(new RegExp(`^From: <${MARKETING}>\\r$`, 'm'));
  });

  it('without subaddressing the return path is the mailbox', async () => {
    await world.close();
    await server.close();
    await start(false, ['PIPELINING', 'DSN']);
    expect(await send()).toMatch(
      /^MAIL FROM:<lifecycle@acme\.example> RET=HDRS ENVID=[a-z2-7]{40}$/,
    );
  });

  it('a server that does not know RFC 3461 is asked nothing of it', async () => {
    await world.close();
    await server.close();
    await start(false, ['PIPELINING']);
    expect(await send()).toBe(`MAIL FROM:<${MARKETING}>`);
  });
});
