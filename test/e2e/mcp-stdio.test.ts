import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { connectStdio } from '../../packages/mcp/src/testing/connect-stdio.ts';
import { databases } from '../support/databases.ts';
import { openWorld, type WardenWorld } from '../support/warden-world.ts';

type Client = Awaited<ReturnType<typeof connectStdio>>;

const SERVER = join(import.meta.dirname, 'mcp-stdio-process.ts');
const sqlite = databases.find(({ name }) => name === 'sqlite');

let world: WardenWorld;
const clients: Client[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await world.close();
});

async function connect(who: 'agent' | 'reviewer', mode: 'auto' | 'legacy'): Promise<Client> {
  const args = [who, world.database.where[0], world.sink.url];
  const client = await connectStdio(SERVER, args, mode);
  clients.push(client);
  return client;
}

async function call(client: Client, name: string, args: Record<string, unknown>) {
  const { isError, structuredContent } = await client.callTool({ name, arguments: args });
  return { isError: isError === true, ...(structuredContent as object | undefined) };
}

it.each(['auto', 'legacy'] as const)(
  'P3: over stdio (%s protocol) an agent sends, another server decides, and one message goes out',
  async (mode) => {
    if (sqlite === undefined) throw new Error('no SQLite');
    world = await openWorld(sqlite.open, { mailbox: { oversight: 'gated_send' } });
    const agent = await connect('agent', mode);
    const reviewer = await connect('reviewer', mode);
    expect((await agent.listTools()).tools).toHaveLength(11);

    const mail = { to: 'ana@example.com', subject: 'News', body: 'Hello' };
    const held = (await call(agent, 'send_email', mail)) as { message_id?: string };
    expect(held).toMatchObject({ isError: false, status: 'held' });
    const again = await call(agent, 'send_email', mail);
    expect(again).toMatchObject({ status: 'duplicate', message_id: held.message_id });

    const decision = { message_id: held.message_id, decision: 'approve' };
    await expect(agent.callTool({ name: 'decide_email', arguments: decision })).rejects.toThrow();
    await world.warden.tick();
    expect(world.sink.messages).toHaveLength(0);

    expect(await call(reviewer, 'decide_email', decision)).toMatchObject({ state: 'queued' });
    expect(await call(reviewer, 'decide_email', decision)).toMatchObject({
      isError: true,
      code: 'NOT_PENDING',
    });
    world.clock.now = Date.now() + 60_000; // The servers run on the machine's clock.
    await world.warden.tick();
    await world.warden.tick();
    expect(world.sink.messages).toHaveLength(1);
  },
);
