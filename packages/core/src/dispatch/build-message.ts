import { hash } from 'node:crypto';
import { buildWire } from '../compose/build-wire.ts';
import { hasSlot } from '../compose/has-slot.ts';
import { marketingHeaders } from '../compose/marketing-headers.ts';
import { signDkim } from '../compose/sign-dkim.ts';
import { fillSlots } from '../compose/slots.ts';
import { unsubscribeUrl } from '../compose/unsubscribe-url.ts';
import type { Context, Mailbox } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { toReturnPath } from '../identity/return-path.ts';
import type { OutboundContent } from '../messages/outbound-content.ts';
import { readChunks } from '../messages/read-chunks.ts';
import { toOutboundContent } from '../messages/to-outbound-content.ts';
import type { Envelope } from '../transport/transport.ts';
import type { ClaimedMessage } from './claim-messages.ts';

/** The bytes of one attempt. */
export interface BuiltMessage {
  readonly raw: Buffer;
  /** What Date says, epoch ms: the time of the first attempt. */
  readonly date: number;
  /** Hex; stored with the attempt. */
  readonly sha256: string;
  /** Where reports go, and what they name it by. */
  readonly sender: Pick<Envelope, 'mailFrom' | 'envid'>;
}

/**
 * Builds and signs what goes over the wire: the decided content plus a closed list (architecture.md
 * §6) and nothing else.
 */
export async function buildMessage(ctx: Context, claimed: ClaimedMessage): Promise<BuiltMessage> {
  const { message, mailbox, deliveries } = claimed;
  const [first] = deliveries;
  if (first === undefined) throw new MailwardenError('INTERNAL');
  const content = toOutboundContent(message);
  const relay = mailbox.transport?.relay;
  const date = first.first_attempt_at ?? ctx.now();
  const link = unsubscribeLink(ctx, content, first.id);
  const confirm = await findConfirmUrl(ctx, content);
  const filled =
    link === undefined
      ? { text: content.text, html: content.html }
      : {
          text: fillSlots(content.text, content.nonce, { unsubscribe: link.url, ...confirm }),
          html: fillSlots(content.html, content.nonce, { unsubscribe: link.url, ...confirm }),
        };
  const raw = buildWire({
    from: { address: content.mailbox, name: content.fromName },
    to: content.to,
    cc: content.cc,
    replyTo: content.replyTo,
    subject: content.subject,
    date,
    messageId: content.internetMessageId,
    inReplyTo: content.inReplyTo,
    references: content.references,
    callerHeaders: content.headers,
    marketingHeaders: link?.headers ?? [],
    ...(relay?.asks === undefined ? {} : { relayHeader: relay.asks }),
    mailwardenId: ctx.keys.createToken('message', content.id),
    text: filled.text,
    html: filled.html,
    attachments: await loadAttachments(ctx, content),
  });
  const signed =
    mailbox.dkim === undefined ? raw : await signDkim(raw, mailbox.dkim, relay?.rewrites);
  return { raw: signed, date, sha256: hashOf(signed), sender: toSender(ctx, mailbox, first.id) };
}

/**
 * A report has to show a token to be believed. It stands in the address that reports go to, where
 * the mailbox gets them, and in the envelope's own name, which servers that know RFC 3461 give back.
 */
function toSender(
  ctx: Context,
  { address, subaddressing = false, transport }: Mailbox,
  deliveryId: string,
): BuiltMessage['sender'] {
  const envid = ctx.keys.createToken('return_path', deliveryId);
  const isTaken = subaddressing && transport?.relay?.mailFrom !== 'own';
  const mailFrom = isTaken ? toReturnPath(address, envid) : undefined;
  return { mailFrom: mailFrom ?? address, envid };
}

/** The link of exactly this delivery, and the header fields that name it (RFC 8058). */
function unsubscribeLink(ctx: Context, content: OutboundContent, deliveryId: string) {
  const { publicUrl } = ctx.settings;
  if (content.category !== 'marketing' || publicUrl === undefined) return undefined;
  const { sender, receiver } = ctx.mailboxes.get(content.mailbox) ?? {};
  const token = ctx.keys.createToken('unsubscribe', deliveryId);
  const headers = marketingHeaders({
    publicUrl,
    token,
    mailbox: content.mailbox,
    sender: sender?.id ?? '',
    topic: content.topic,
    campaign: content.campaign,
    receives: receiver !== undefined,
  });
  return { url: unsubscribeUrl(publicUrl, token), headers };
}

/** Where the person confirms; a message that asks for it without a request cannot be built. */
async function findConfirmUrl(
  ctx: Context,
  content: OutboundContent,
): Promise<{ readonly confirm?: string }> {
  const { publicUrl } = ctx.settings;
  if (publicUrl === undefined || !hasSlot('confirm', content)) return {};
  const row = await ctx.storage.db
    .selectFrom('opt_in')
    .select('id')
    .where('tenant', '=', ctx.tenant)
    .where('message_id', '=', content.id)
    .executeTakeFirst();
  if (row === undefined) return {};
  return { confirm: `${publicUrl}/c/${ctx.keys.createToken('opt_in', row.id)}` };
}

function loadAttachments(ctx: Context, content: OutboundContent) {
  return Promise.all(
    content.attachments.map(async ({ id, name, type, sha256 }) => {
      const bytes = await readChunks(ctx.storage.db, ctx.tenant, id);
      // The digest that was approved names these bytes (P4).
      if (hashOf(bytes) !== sha256) {
        throw new MailwardenError('INTERNAL', { detail: `The bytes of ${id} have changed.` });
      }
      return { name, type, content: bytes };
    }),
  );
}

function hashOf(bytes: Uint8Array): string {
  return hash('sha256', bytes, 'hex');
}
