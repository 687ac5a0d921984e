import type { Context } from '../context.ts';
import type { OutboundContent } from '../messages/outbound-content.ts';
import type { SupportFacts, ThreadFacts } from '../policy/facts.ts';
import type { Db } from '../storage/database.ts';
import { declaredHosts } from './declared-hosts.ts';
import { loadToldDeadlines } from './told-deadlines.ts';

/** Most messages of a thread whose links count. */
const MAX_THREAD = 20;

/**
 * Declared and remembered offers, facts, claims and hosts. Only marketing is measured by all of them,
 * transactional mail by hosts.
 */
export async function loadSupport(
  db: Db,
  ctx: Context,
  content: OutboundContent,
  thread: ThreadFacts | undefined,
): Promise<SupportFacts> {
  const { offers, facts } = ctx.settings.content;
  if (content.category === 'conversational') return { offers, facts, claims: [], hosts: [] };
  const remembered = await db
    .selectFrom('remembered')
    .select(['kind', 'value'])
    .where('tenant', '=', ctx.tenant)
    .where('until', '>', ctx.now())
    .execute();
  const valuesOf = (kind: string): string[] =>
    remembered.filter((row) => row.kind === kind).map((row) => row.value);
  const hosts = [
    // First, and all of them: what is stored of a decision leaves them out by their number.
    ...declaredHosts(ctx, content),
    ...valuesOf('host'),
    ...(await threadHosts(db, ctx, content, thread)),
  ];
  if (content.category === 'transactional') return { offers, facts, claims: [], hosts };
  return {
    offers,
    facts: [...facts, ...valuesOf('fact').map((text) => ({ id: 'remembered', text }))],
    claims: valuesOf('claim'),
    deadlines: await loadToldDeadlines(db, ctx),
    hosts,
  };
}

/** What the people who are written to have linked to themselves; strangers vouch for nothing (P10). */
async function threadHosts(
  db: Db,
  ctx: Context,
  { threadId }: OutboundContent,
  thread: ThreadFacts | undefined,
): Promise<readonly string[]> {
  if (thread?.recipientsWroteHere !== true || !thread.parentAuthenticated) return [];
  const rows = await db
    .selectFrom('message')
    .select('text')
    .where('tenant', '=', ctx.tenant)
    .where('thread_id', '=', threadId)
    .where('direction', '=', 'inbound')
    .orderBy('created_at', 'desc')
    .limit(MAX_THREAD)
    .execute();
  return rows.flatMap(({ text }) => hostsIn(text.slice(0, 50_000)));
}

function hostsIn(text: string): readonly string[] {
  return [...text.matchAll(/https?:\/\/([a-z0-9.-]+)/gi)].map((match) =>
    (match[1] ?? '').toLowerCase().replace(/\.$/, ''),
  );
}
