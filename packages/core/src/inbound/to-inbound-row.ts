import { uuidv7 } from 'uuidv7';
import type { Context, Mailbox } from '../context.ts';
import { maskTokens } from '../identity/mask-tokens.ts';
import { maskReturnPaths } from '../identity/return-path.ts';
import { toAttachmentId } from '../messages/attachment-id.ts';
import type { NewMessage } from '../storage/tables/message.ts';
import { UNSUBSCRIBE_SUBJECT } from './consequences/act-on-unsubscribe-mail.ts';
import type { Ancestors } from './find-ancestors.ts';
import { serializeInboundFacts } from './inbound-facts.ts';
import type { InboundMessage } from './inbound-message.ts';

/** What a row is made of. */
export interface InboundRowInput {
  readonly ctx: Pick<Context, 'tenant' | 'now' | 'settings'>;
  readonly id: string;
  /** When it was received, epoch ms. */
  readonly at: number;
  readonly mailbox: Mailbox;
  readonly bytes: Uint8Array;
  readonly parsed: InboundMessage;
  readonly ancestors: Ancestors;
  readonly options: {
    readonly quarantine: boolean;
    readonly cut?: boolean;
    readonly sent?: boolean;
  };
}

/** The row of a message from outside. */
export function toInboundRow(input: InboundRowInput): NewMessage {
  const { ctx, id, at, mailbox, parsed, ancestors, options } = input;
  // An automatic answer is no reply: campaign figures and filters count what people wrote.
  const campaign = parsed.loop.autoSubmitted ? undefined : ancestors.answered;
  return {
    ...NOT_OUTBOUND,
    tenant: ctx.tenant,
    id,
    mailbox: mailbox.address,
    direction: 'inbound',
    thread_id: ancestors.parent?.threadId ?? uuidv7(),
    internet_message_id: parsed.internetMessageId,
    in_reply_to: parsed.inReplyTo ?? null,
    parent_id: ancestors.parent?.id ?? null,
    reference_ids: JSON.stringify(parsed.references),
    from_address: parsed.from?.address ?? parsed.fromText,
    from_name: parsed.from?.name ?? null,
    to_addresses: JSON.stringify(parsed.to.map(({ address }) => maskReturnPaths(address))),
    cc_addresses: JSON.stringify(parsed.cc.map(({ address }) => address)),
    bcc_addresses: '[]',
    reply_to: parsed.replyTo?.address ?? null,
    // A token that works is nobody's to read (architecture.md §6).
    subject: UNSUBSCRIBE_SUBJECT.test(parsed.subject) ? 'unsubscribe' : parsed.subject,
    text: maskTokens(parsed.text),
    html: parsed.html === undefined ? null : maskTokens(parsed.html),
    new_text: maskTokens(parsed.newText),
    headers: '[]',
    attachments: JSON.stringify(
      parsed.attachments.map(({ name, type, size, sha256, charset }, index) => ({
        id: toAttachmentId(id, index),
        name,
        type,
        size,
        sha256,
        ...(charset === undefined ? {} : { charset }),
      })),
    ),
    topic: campaign?.topic ?? null,
    campaign: campaign?.campaign ?? null,
    variant: campaign?.variant ?? null,
    quarantined: options.quarantine ? 1 : 0,
    review_expires_at: options.quarantine ? ctx.now() + ctx.settings.reviewExpiry : null,
    auto_submitted: parsed.loop.autoSubmitted ? 1 : 0,
    inbound_facts: toFacts(input),
    in_sent_folder: options.sent === true ? 1 : 0,
    authenticated: parsed.authentication.dmarc === 'pass' ? 1 : 0,
    created_at: at,
    updated_at: ctx.now(),
  };
}

function toFacts({ parsed, bytes, options }: InboundRowInput): string {
  const { loop, authentication } = parsed;
  return serializeInboundFacts({
    authenticated: authentication.dmarc === 'pass',
    dmarc: authentication.dmarc,
    loopSigns: loop.signs,
    isBounce: loop.isBounce,
    rawSha256: parsed.rawSha256,
    rawSize: bytes.byteLength,
    defects: options.cut === true ? [...parsed.defects, 'message_cut'] : parsed.defects,
    ...(parsed.date === undefined ? {} : { date: parsed.date }),
  });
}

/** What else only mail of ours has is null, which nobody needs to write down. */
const NOT_OUTBOUND = { revision: 1, round: 0, policy_epoch: 0, review_warned: 0 } as const;
