// Runs in a thread of its own, see parse-aside.ts. What it reads is what strangers sent.
import { parentPort } from 'node:worker_threads';
import { parseInbound } from '../parse-inbound.ts';
import type { ParseAnswer, ParseQuestion } from './start-parse-thread.ts';

parentPort?.on('message', async ({ id, raw, options }: ParseQuestion) => {
  const given = await parseInbound(raw, options);
  const attachments = given.attachments.map((one) => ({ ...one, content: toOwn(one.content) }));
  const answer: ParseAnswer = { id, parsed: { ...given, attachments } };
  parentPort?.postMessage(
    answer,
    attachments.map(({ content }) => content.buffer),
  );
});

/** Bytes that may be handed over: of a part of a buffer the whole would go. */
function toOwn(content: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(content);
}
