import { createHash } from 'node:crypto';
import { canonicalJson } from '../../compose/canonical-json.ts';
import type { Context } from '../../context.ts';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import { ERASED } from '../../rights/erased.ts';
import type { Tx } from '../../storage/database.ts';
import type { Delivery } from '../../storage/tables/delivery.ts';
import type { SendResult } from '../outcome.ts';
import type { Draft } from './draft.ts';
import type { Submission } from './submit-message.ts';
import { toDuplicate } from './to-duplicate.ts';

/** A derived key is kept this long, ms; a caller's own key as long as the row. */
export const DERIVED_KEY_LIFE = 86_400_000;

/** By what a repeated call is known. */
export interface Idempotency {
  readonly key?: string;
  readonly kind?: 'caller' | 'derived';
  /** SHA-256 over what the caller asked for: the same key with another digest is a conflict. */
  readonly requestDigest: string;
}

/** The caller's key, else one derived from the framework's call id, else none. */
export function toIdempotency(
  draft: Draft,
  call: { readonly callId?: string } | undefined,
  scope: string,
): Idempotency {
  const requestDigest = sha256(canonicalJson(requested(draft)));
  if (draft.idempotencyKey !== undefined) {
    return { key: draft.idempotencyKey, kind: 'caller', requestDigest };
  }
  if (call?.callId === undefined || call.callId === '') return { requestDigest };
  const key = `call:${sha256(canonicalJson([scope, call.callId, requestDigest]))}`;
  return { key, kind: 'derived', requestDigest };
}

/**
 * What an earlier call with this key became. Throws `IDEMPOTENCY_CONFLICT` when it asked for
 * something else. Recipients are locked, so two calls with one key cannot pass each other.
 */
export async function findIdempotent(
  tx: Tx,
  ctx: Context,
  { content, idempotency }: Submission,
): Promise<SendResult | undefined> {
  const { key, kind, requestDigest } = idempotency;
  if (key === undefined) return undefined;
  const recipients = [...content.to, ...content.cc, ...content.bcc];
  const found = await tx
    .selectFrom('delivery')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('mailbox', '=', content.mailbox)
    .where(
      'recipient_canonical',
      'in',
      recipients.flatMap((address) => ctx.keys.identify(address).allCanonical),
    )
    // Of an erased delivery there is only the key's HMAC left.
    .where('idempotency_key', 'in', [key, ...ctx.keys.toPseudonyms(key)])
    .execute();
  const folded = new Set(recipients.map(fold));
  const rows = found.filter(({ recipient }) => recipient === ERASED || folded.has(fold(recipient)));
  const expired = rows.filter((row) => isExpired(row, ctx.now()));
  await forgetKeys(tx, ctx, expired);
  const [first] = rows.filter((row) => !expired.includes(row));
  if (first === undefined) return undefined;
  const digests = [requestDigest, ...ctx.keys.toPseudonyms(requestDigest)];
  if (digests.includes(first.request_digest)) return toDuplicate(tx, ctx, first);
  throw new MailwardenError('IDEMPOTENCY_CONFLICT', {
    detail: `${kind === 'caller' ? JSON.stringify(key) : 'It'} belongs to message ${first.message_id}.`,
    fields: { messageId: first.message_id },
  });
}

function isExpired(row: Delivery, now: number): boolean {
  return row.idempotency_expires_at !== null && row.idempotency_expires_at <= now;
}

async function forgetKeys(tx: Tx, ctx: Context, rows: readonly Delivery[]): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .updateTable('delivery')
    .set({ idempotency_key: null, idempotency_kind: null, idempotency_expires_at: null })
    .where('tenant', '=', ctx.tenant)
    .where(
      'id',
      'in',
      rows.map((row) => row.id),
    )
    .execute();
}

function requested(draft: Draft) {
  return {
    to: draft.to.map(fold),
    cc: draft.cc.map(fold),
    bcc: draft.bcc.map(fold),
    subject: draft.subject ?? null,
    body: draft.body ?? null,
    headers: draft.headers,
    category: draft.requestedCategory ?? null,
    topic: draft.topic ?? null,
    campaign: draft.campaign ?? null,
    variant: draft.variant ?? null,
    template: draft.template ?? null,
    variables: draft.variables,
    sendAt: draft.sendAt ?? null,
    attachments: draft.attachmentIds,
    parent: draft.parent?.id ?? null,
    revises: draft.revises ?? null,
    priority: draft.priority,
  };
}

/** Ana@ and ana@ are one mailbox nearly everywhere; ana+2@ is another. */
function fold(address: string): string {
  return address.normalize('NFC').toLowerCase();
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
