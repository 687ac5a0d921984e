import { type Compilable, CompiledQuery, sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ContextWorld, openContextWorld } from '../../../../test/support/context-world.ts';
import { databases } from '../../../../test/support/databases.ts';
import { ingestRaw } from '../inbound/ingest-raw.ts';
import { parseInboxFilter } from './inbox-filter.ts';
import { toInboxQuery } from './inbox-query.ts';

describe.each(databases)('the inbox query on $name', ({ name, open }) => {
  let world: ContextWorld;
  beforeAll(async () => {
    world = await openContextWorld(open);
    const sent = await world.insertSent({ tags: ['win_back'] });
    const reply = `From: ana@example.com\r\nIn-Reply-To: <${sent.internetMessageId}>\r\n\r\nYes\r\n`;
    await ingestRaw(world.ctx, world.mailbox.address, reply);
    await copyMessages(world, 4_000);
  });
  afterAll(() => world.close());

  async function planOf(query: Compilable): Promise<string> {
    const { sql: text, parameters } = query.compile();
    const explain = name === 'sqlite' ? 'explain query plan' : 'explain';
    const { rows } = await world.ctx.storage.db.executeQuery(
      CompiledQuery.raw(`${explain} ${text}`, [...parameters]),
    );
    return rows.map((row) => Object.values(row as object).join(' ')).join('\n');
  }

  function page(filter: object) {
    const { ctx, mailbox } = world;
    const scope = { ctx, principal: world.agent(), mailbox, filter: parseInboxFilter(filter) };
    return toInboxQuery(ctx.storage.db, scope)
      .selectAll('message')
      .orderBy('message.created_at', 'desc')
      .orderBy('message.id', 'desc')
      .limit(21);
  }

  test('finds a page by index, in its order', async () => {
    const plan = await planOf(page({ since: world.clock.now - 1_000 }));
    expect(plan).toContain('mw_message_by_mailbox');
    expect(plan).not.toMatch(/SCAN message|Seq Scan on message/);
  });

  // PostgreSQL decides by what vacuum has seen, and never reads text for it.
  test.runIf(name === 'sqlite')('counts a mailbox in the index, without its texts', async () => {
    const { ctx, mailbox } = world;
    const scope = { ctx, principal: world.agent(), mailbox, filter: parseInboxFilter({}) };
    const count = toInboxQuery(ctx.storage.db, scope).select((eb) => eb.fn.countAll().as('count'));
    expect(await planOf(count)).toContain('USING COVERING INDEX mw_message_by_mailbox');
  });

  test('finds answers, tags and read marks by index', async () => {
    const answered = await planOf(page({ hasReplies: true, tags: ['win_back'] }));
    expect(answered).toContain('mw_message_by_parent');
    expect(answered).not.toMatch(/SCAN (?:reply|tag)|Seq Scan on (?:tag|message reply)/);
    const unread = await planOf(page({ unread: true }));
    expect(unread).not.toMatch(/SCAN message|SCAN read_mark/);
  });
});

async function copyMessages({ ctx }: ContextWorld, count: number): Promise<void> {
  await ctx.storage.unit(async (tx) => {
    const one = await tx
      .selectFrom('message')
      .selectAll()
      .where('direction', '=', 'inbound')
      .executeTakeFirstOrThrow();
    const rows = Array.from({ length: count }, (_, index) => ({
      ...one,
      id: `copy-${index}`,
      mailbox: index % 2 === 0 ? one.mailbox : 'sales@acme.example',
      parent_id: index % 10 === 0 ? `copy-${index - 1}` : null,
      created_at: one.created_at - index * 1_000,
    }));
    for (let at = 0; at < rows.length; at += 100) {
      await tx
        .insertInto('message')
        .values(rows.slice(at, at + 100))
        .execute();
    }
  });
  await ctx.storage.unit((tx) => sql`analyze ${sql.table('message')}`.execute(tx));
}
