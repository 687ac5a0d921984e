import type { Context } from '../../context.ts';
import type { Db } from '../../storage/database.ts';

/** Most messages of a thread that can be quoted from, the newest first, and how far each is read. */
const MAX_MESSAGES = 20;
const MAX_CHARACTERS = 100_000;
const QUOTE = /^[ \t]*>[ \t>]*(.*)$/gm;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** Whether all that a body (Markdown) quotes was written in the thread. No query for a body without quotes. */
export async function quotesThread(
  db: Db,
  ctx: Context,
  threadId: string,
  body: string,
): Promise<boolean> {
  const quotes = [...body.matchAll(QUOTE)].map(([, line = '']) => toWords(line));
  const said = quotes.filter((words) => words !== '');
  if (said.length === 0) return true;
  const rows = await db
    .selectFrom('message')
    .select('text')
    .where('tenant', '=', ctx.tenant)
    .where('thread_id', '=', threadId)
    .where('direction', '=', 'inbound')
    .orderBy('created_at', 'desc')
    .limit(MAX_MESSAGES)
    .execute();
  const written = rows.map(({ text }) => ` ${toWords(text.slice(0, MAX_CHARACTERS))} `);
  return said.every((words) => written.some((text) => text.includes(` ${words} `)));
}

/** Words alone: clients break lines and change marks when they quote. */
function toWords(text: string): string {
  return (text.normalize('NFKC').toLowerCase().match(WORD) ?? []).join(' ');
}
