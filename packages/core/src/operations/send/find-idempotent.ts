import { hash } from 'node:crypto';
import { canonicalJson } from '../../compose/canonical-json.ts';
import type { Context } from '../../context.ts';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import { recipientsOf } from '../../messages/recipients-of.ts';
import { ERASED } from '../../rights/erased.ts';
import type { Tx } from '../../storage/database.ts';
import type { Delivery } from '../../storage/tables/delivery.ts';
import type { SendResult } from '../outcome.ts';
import { toRefusal } from '../to-refusal.ts';
import type { Draft } from './draft.ts';
import type { Submission } from './submit-message.ts';
import { toDuplicates } from './to-duplicates.ts';

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
 * What earlier calls with the same keys became; `IDEMPOTENCY_CONFLICT` for one that asked for something
 * else. Recipients are locked, so two calls with one key cannot pass each other. In one look-up for
 * any number of submissions from one mailbox to different people.
 */
export async function findIdempotent(
  tx: Tx,
  ctx: Context,
  submissions: readonly Submission[],
): Promise<ReadonlyMap<Submission, SendResult>> {
  const keyed = submissions.flatMap((submission) => {
    const { key } = submission.idempotency;
    // Of an erased delivery there is only the key's HMAC left.
    return key === undefined ? [] : [{ submission, keys: [key, ...ctx.keys.toPseudonyms(key)] }];
  });
  if (keyed.length === 0) return new Map();
  const found = await findKeys(tx, ctx, keyed);
  const now = ctx.now();
  const expired: Delivery[] = [];
  const earlier = new Map<Submission, Delivery>();
  for (const { submission, keys } of keyed) {
    const rows = rowsOf(ctx, submission, found).filter((row) => {
      return keys.includes(row.idempotency_key ?? '');
    });
    const [first] = rows.filter((row) => !isExpired(row, now));
    if (first !== undefined) earlier.set(submission, first);
    if (first === undefined || isSame(ctx, submission, first)) {
      expired.push(...rows.filter((row) => isExpired(row, now)));
    }
  }
  await forgetKeys(tx, ctx, expired);
  const same = [...earlier].filter(([submission, row]) => isSame(ctx, submission, row));
  const results = new Map(await toDuplicates(tx, ctx, new Map(same)));
  for (const [submission, row] of earlier) {
    if (!results.has(submission)) results.set(submission, toConflict(submission, row));
  }
  return results;
}

function findKeys(
  tx: Tx,
  ctx: Context,
  keyed: readonly { readonly submission: Submission; readonly keys: readonly string[] }[],
): Promise<Delivery[]> {
  const people = keyed.flatMap(({ submission }) => recipientsOf(submission.content));
  return tx
    .selectFrom('delivery')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('mailbox', '=', keyed[0]?.submission.content.mailbox ?? '')
    .where(
      'recipient_canonical',
      'in',
      people.flatMap((address) => ctx.keys.identify(address).allCanonical),
    )
    .where('idempotency_key', 'in', [...new Set(keyed.flatMap(({ keys }) => keys))])
    .execute();
}

/** Of deliveries that were found for many, those to this message's own recipients. */
function rowsOf(
  ctx: Context,
  { content }: Submission,
  found: readonly Delivery[],
): readonly Delivery[] {
  const recipients = recipientsOf(content);
  const folded = new Set(recipients.map(fold));
  const canonicals = new Set(
    recipients.flatMap((address) => ctx.keys.identify(address).allCanonical),
  );
  return found.filter(
    ({ recipient, recipient_canonical }) =>
      canonicals.has(recipient_canonical) && (recipient === ERASED || folded.has(fold(recipient))),
  );
}

function isSame(ctx: Context, { idempotency }: Submission, row: Delivery): boolean {
  const { requestDigest } = idempotency;
  return [requestDigest, ...ctx.keys.toPseudonyms(requestDigest)].includes(row.request_digest);
}

function toConflict({ content, idempotency }: Submission, row: Delivery): SendResult {
  const { key, kind } = idempotency;
  const conflict = new MailwardenError('IDEMPOTENCY_CONFLICT', {
    detail: `${kind === 'caller' ? JSON.stringify(key) : 'It'} belongs to message ${row.message_id}.`,
    fields: { messageId: row.message_id },
  });
  return { ...toRefusal(conflict), to: content.to };
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
  return hash('sha256', text, 'hex');
}
