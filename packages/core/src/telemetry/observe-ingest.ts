import type { Context } from '../context.ts';
import type { IngestResult } from '../inbound/ingest.ts';
import { instruments } from './instruments.ts';
import { quietly } from './quietly.ts';
import { secondsSince } from './seconds-since.ts';
import { withSpan } from './with-span.ts';

/** Stores what came in, and tells operators how much it was and how long it took. */
export function observeIngest(
  ctx: Pick<Context, 'logger'>,
  count: number,
  store: () => Promise<readonly IngestResult[]>,
): Promise<readonly IngestResult[]> {
  return withSpan('mailwarden.ingest', { 'mailwarden.messages': count }, async () => {
    const start = performance.now();
    const results = await store();
    const seconds = secondsSince(start);
    quietly(() => instruments().ingest.record(seconds));
    const known = results.filter(({ duplicate }) => duplicate).length;
    ctx.logger?.info('mail came in', { messages: count, known, ms: seconds * 1_000 });
    return results;
  });
}
