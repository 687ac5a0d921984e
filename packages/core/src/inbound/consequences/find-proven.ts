import type { Context } from '../../context.ts';
import type { Tx } from '../../storage/database.ts';
import type { Delivery } from '../../storage/tables/delivery.ts';
import { toRelayIds } from '../../transport/relays/to-relay-ids.ts';
import { hasLeft } from './has-left.ts';
import { lockDeliveries } from './lock-deliveries.ts';

/** What a report or a complaint may show; anybody can write all of it. */
export interface ReportClaim {
  /** Tokens in the addresses that it came to, or that it names as the envelope's sender. */
  readonly returnPathTokens: readonly string[];
  /** What the sender named the envelope. */
  readonly envelopeId: string | undefined;
  /** X-Mailwarden-Id of the mail that it says it is about. */
  readonly mailwardenId: string | undefined;
  /** Message-ID of the mail that it says it is about, without brackets. */
  readonly internetMessageId: string | undefined;
  /** Ids of our messages by each Message-ID that they are known by; that one's are among them. */
  readonly reported: ReadonlyMap<string, readonly string[]>;
  /** When it came, epoch ms. */
  readonly at: number;
}

/** Mail of ours that a report is shown to be about, or why it is not. */
export type Proof =
  | {
      readonly kind: 'proven';
      /** To whom it went, or may have gone, in the last 30 days; locked. */
      readonly deliveries: readonly Delivery[];
      /** The message had one recipient, so whatever came back is about that one. */
      readonly isOnly: boolean;
    }
  | { readonly kind: 'unproven'; readonly why: 'message_unnamed' | 'message_unknown' | 'too_old' };

/** A report on mail that is older proves nothing: servers give up after days, not months, ms. */
const PROOF_LIFETIME = 30 * 86_400_000;

/**
 * The one place that says whether a report may act, and about which mail of ours: by a token that
 * our keys made, in the return path, the envelope's name or our own header field, and after those by
 * a Message-ID that the mail is known by. Whoever had the mail can name all of them, a stranger none;
 * and only what is younger than 30 days counts.
 */
export async function findProven(tx: Tx, ctx: Context, claim: ReportClaim): Promise<Proof> {
  const named = (await findByToken(tx, ctx, claim)) ?? findByName(claim);
  if (named === undefined) return { kind: 'unproven', why: 'message_unnamed' };
  const rows = await lockDeliveries(tx, ctx, named.messageIds);
  // What was sent once more has two deliveries: the token says which of them it is.
  const sent = [
    ...rows.filter(({ id }) => id === named.deliveryId),
    ...rows.filter(({ id }) => id !== named.deliveryId),
  ].filter(hasLeft);
  if (sent.length === 0) return { kind: 'unproven', why: 'message_unknown' };
  const deliveries = sent.filter((row) => claim.at - leftAt(row) <= PROOF_LIFETIME);
  if (deliveries.length === 0) return { kind: 'unproven', why: 'too_old' };
  const people = new Set(rows.map(({ recipient_exact }) => recipient_exact));
  return { kind: 'proven', deliveries, isOnly: people.size === 1 };
}

/** What a claim names. */
interface Named {
  readonly messageIds: readonly string[];
  readonly deliveryId?: string;
}

/** The message that a verified token names; `undefined` when there is none. */
async function findByToken(
  tx: Tx,
  ctx: Context,
  { returnPathTokens, envelopeId, mailwardenId = '' }: ReportClaim,
): Promise<Named | undefined> {
  const messageId = ctx.keys.readToken('message', mailwardenId);
  const [deliveryId] = [...returnPathTokens, envelopeId ?? ''].flatMap(
    (token) => ctx.keys.readToken('return_path', token) ?? [],
  );
  // The envelope is this delivery's; the header is the same for all recipients.
  if (deliveryId === undefined) {
    return messageId === undefined ? undefined : { messageIds: [messageId] };
  }
  const row = await tx
    .selectFrom('delivery')
    .select('message_id')
    .where('tenant', '=', ctx.tenant)
    .where('id', '=', deliveryId)
    .executeTakeFirst();
  return { messageIds: row === undefined ? [] : [row.message_id], deliveryId };
}

function findByName({ internetMessageId, reported }: ReportClaim): Named | undefined {
  if (internetMessageId === undefined) return undefined;
  return { messageIds: toRelayIds(internetMessageId).flatMap((name) => reported.get(name) ?? []) };
}

function leftAt({ sent_at, first_attempt_at, created_at }: Delivery): number {
  return sent_at ?? first_attempt_at ?? created_at;
}
