import type { Context } from '../context.ts';
import type { Address } from '../identity/address.ts';
import { instruments } from '../telemetry/instruments.ts';
import { observeAttempt } from '../telemetry/observe-attempt.ts';
import { quietly } from '../telemetry/quietly.ts';
import { secondsSince } from '../telemetry/seconds-since.ts';
import { withSpan } from '../telemetry/with-span.ts';
import { classifyResult } from '../transport/classify-result.ts';
import type { Envelope, Transport, TransportResult } from '../transport/transport.ts';
import { type BuiltMessage, buildMessage } from './build-message.ts';
import type { ClaimedMessage } from './claim-messages.ts';
import { failBuild } from './fail-build.ts';
import type { Post } from './post.ts';
import { recordPatiently } from './record-patiently.ts';

/**
 * The pipeline of one claimed message: build and sign → commit `sending` → send → classify →
 * record. The only place that hands bytes to a transport (P1).
 */
export async function deliverMessage(
  ctx: Context,
  post: Post,
  claimed: ClaimedMessage,
): Promise<void> {
  const { message } = claimed;
  const attributes = { 'mailwarden.message_id': message.id };
  await withSpan('mailwarden.dispatch', attributes, () => deliver(ctx, post, claimed));
}

async function deliver(ctx: Context, post: Post, claimed: ClaimedMessage): Promise<void> {
  const { transport } = claimed.mailbox;
  if (transport === undefined) return;
  let built: BuiltMessage;
  try {
    built = await buildMessage(ctx, claimed);
  } catch (error) {
    ctx.report(error);
    return failBuild(ctx, post.worker, claimed.deliveries, error);
  }
  const begun = await post.begin({
    deliveries: claimed.deliveries,
    built,
    host: transport.host ?? null,
  });
  if (begun.length === 0) return;
  const recipients = begun.map(({ delivery }) => delivery.recipient as Address);
  const result = await send(ctx, transport, { ...built.sender, rcptTo: recipients }, built.raw);
  const outcomes = classifyResult(result, recipients);
  observeAttempt(ctx, begun, outcomes);
  await recordPatiently(ctx, post, { worker: post.worker, begun, outcomes, result });
}

/** A transport that throws has broken its contract; then nobody knows what the server has. */
async function send(
  ctx: Context,
  transport: Transport,
  envelope: Envelope,
  raw: Uint8Array,
): Promise<TransportResult> {
  const attributes = {
    'mailwarden.bytes': raw.byteLength,
    'mailwarden.recipients': envelope.rcptTo.length,
  };
  const start = performance.now();
  try {
    return await withSpan('mailwarden.send', attributes, async (span) => {
      const result = await transport.send(envelope, raw);
      const { phase } = result;
      quietly(() => span.setAttribute('mailwarden.phase', phase));
      quietly(() => instruments().send.record(secondsSince(start), { phase }));
      return result;
    });
  } catch (error) {
    ctx.report(error);
    const broken = { message: 'The transport failed without an answer.', code: 'TRANSPORT_ERROR' };
    return { phase: 'unknown', accepted: [], rejected: [], broken };
  }
}
