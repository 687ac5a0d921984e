import { uuidv7 } from 'uuidv7';
import type { Context } from '../../context.ts';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import { type Address, parseAddress } from '../../identity/address.ts';
import { fingerprintOutbound } from '../../messages/fingerprint-outbound.ts';
import type { SendResult } from '../../operations/outcome.ts';
import { resolveMailbox } from '../../operations/resolve-mailbox.ts';
import { composeOutbound } from '../../operations/send/compose-outbound.ts';
import { toIdempotency } from '../../operations/send/find-idempotent.ts';
import { parseDraft } from '../../operations/send/parse-draft.ts';
import { resolveDraft } from '../../operations/send/resolve-draft.ts';
import { submitMessage } from '../../operations/send/submit-message.ts';
import { toDuplicates } from '../../operations/send/to-duplicates.ts';
import type { AgentPrincipal } from '../../principal/principal.ts';
import { findErased } from '../../rights/keep-erased.ts';
import type { Tx } from '../../storage/database.ts';
import type { ConsentEvidence } from '../consent-basis.ts';
import { type ParsedConsent, parseConsent } from '../parse-consent.ts';

/** What somebody who signed up is asked to confirm, and by which mail. */
export interface OptInRequest {
  /** Of one of the mailboxes that have a sender. @default the only mailbox */
  readonly mailbox?: string;
  /** What they agree to, as the page shows it; change `wordingVersion` with it. */
  readonly statement: string;
  readonly wordingVersion: string;
  /** @default all marketing */
  readonly topics?: readonly string[];
  /** How and where they signed up. */
  readonly signup: ConsentEvidence;
  readonly subject: string;
  /** Markdown; the link is put after it. */
  readonly body: string;
  /** Text of the link and the page's button. @default 'Confirm' */
  readonly confirmLabel?: string;
  /** How long the link works, ms. @default 14 days */
  readonly expiresAfter?: number;
}

const FIELDS: readonly (keyof OptInRequest)[] = [
  'mailbox',
  'statement',
  'wordingVersion',
  'topics',
  'signup',
  'subject',
  'body',
  'confirmLabel',
  'expiresAfter',
];

const DAY = 86_400_000;
const MAX_STATEMENT = 2_000;

/**
 * Sends the mail of a double opt-in to somebody who signed up: marketing like any other, decided on
 * by every rule and held where its mailbox's mode says so. While a request for the same words is
 * open, no second mail goes out, however often a form is sent. Returns what `send` would.
 *
 * Of somebody whose data was erased nothing is written down, whoever signs them up: a form does not
 * prove who filled it in, and the suppression that the erasure left covers this mail, too, and
 * nobody can lift it (GDPR art. 17 and 5(1)(f)). It answers `blocked`, as a send to them does, and the
 * sign-up is not kept. If they want mail again, they can write to you: what they send after the
 * erasure is taken in.
 */
export async function requestOptIn(
  ctx: Context,
  text: string,
  request: OptInRequest,
): Promise<SendResult> {
  const unknown = Object.keys(request).filter((key) => !(FIELDS as string[]).includes(key));
  if (unknown.length > 0) {
    throw new MailwardenError('ARGUMENT_UNKNOWN', {
      detail: `An opt-in request has no ${unknown.join(', ')}; it has ${FIELDS.join(', ')}.`,
    });
  }
  const address = parseAddress(text);
  const { sender, address: mailbox } = resolveMailbox(ctx, { kind: 'system' }, request.mailbox);
  const parsed = parseRequest(ctx, request, sender?.id ?? '');
  const principal: AgentPrincipal = { kind: 'agent', id: 'opt-in', mailboxes: [mailbox] };
  const [topic, ...others] = parsed.topics;
  const draft = parseDraft(ctx, principal, {
    ...{ to: address, subject: request.subject, body: request.body },
    ...{ mailbox, category: 'marketing', tags: ['consent-request'] },
    ...(topic === undefined || others.length > 0 ? {} : { topic }),
  });
  const resolved = await resolveDraft(ctx.storage.db, ctx, draft);
  const { content, notices } = composeOutbound(ctx, resolved, request.confirmLabel ?? 'Confirm');
  const row = toRow(ctx, { address, messageId: content.id, parsed, request });
  return submitMessage(ctx, {
    ...{ principal, draft, content, notices, fingerprint: fingerprintOutbound(content) },
    idempotency: toIdempotency(draft, undefined, principal.id),
    prepare: (tx) => prepare(tx, ctx, address, row),
  });
}

/** ms; what nobody confirmed by then is taken away some time later (retention). */
export const LONGEST_LINK = 60 * DAY;

function parseRequest(ctx: Context, request: OptInRequest, senderId: string): ParsedConsent {
  const { statement, wordingVersion, signup, topics, expiresAfter = 14 * DAY } = request;
  if (
    typeof statement !== 'string' ||
    statement.trim() === '' ||
    statement.length > MAX_STATEMENT
  ) {
    throw invalid('statement', `1–${MAX_STATEMENT} characters`);
  }
  if (typeof wordingVersion !== 'string' || wordingVersion.trim() === '') {
    throw invalid('wordingVersion', 'the version of the statement');
  }
  if (!(Number.isSafeInteger(expiresAfter) && expiresAfter > 0 && expiresAfter <= LONGEST_LINK)) {
    throw invalid('expiresAfter', 'more than 0 ms and at most 60 days');
  }
  return parseConsent(ctx, {
    ...{ basis: 'double_opt_in', evidence: signup, wordingVersion, senderId },
    ...(topics === undefined ? {} : { topics }),
  });
}

type Row = ReturnType<typeof toRow>;

function toRow(
  ctx: Context,
  given: {
    readonly address: Address;
    readonly messageId: string;
    readonly parsed: ParsedConsent;
    readonly request: OptInRequest;
  },
) {
  const { parsed, request } = given;
  const at = ctx.now();
  return {
    tenant: ctx.tenant,
    id: uuidv7(),
    message_id: given.messageId,
    canonical: ctx.keys.identify(given.address).canonical,
    sender_id: parsed.senderId,
    topics: JSON.stringify(parsed.topics),
    statement: request.statement.toWellFormed().replaceAll('\0', ''),
    wording_version: request.wordingVersion,
    signup: JSON.stringify(parsed.evidence),
    requested_at: at,
    expires_at: at + (request.expiresAfter ?? 14 * DAY),
    confirmed_at: null,
    consent_id: null,
  };
}

/** Keeps the request, or finds the one that it repeats. The person's lock is held. */
async function prepare(
  tx: Tx,
  ctx: Context,
  address: Address,
  row: Row,
): Promise<SendResult | undefined> {
  // A request of before the erasure is no reason to say that mail is on its way.
  if ((await findErased(tx, ctx, [address])).size > 0) return undefined;
  const open = await findOpen(tx, ctx, address, row);
  if (open === undefined) await tx.insertInto('opt_in').values(row).execute();
  return open;
}

/** A request that is still open and whose mail was not refused. */
async function findOpen(
  tx: Tx,
  ctx: Context,
  address: Address,
  row: Row,
): Promise<SendResult | undefined> {
  const delivery = await tx
    .selectFrom('opt_in')
    .innerJoin('delivery', (join) =>
      join
        .onRef('delivery.tenant', '=', 'opt_in.tenant')
        .onRef('delivery.message_id', '=', 'opt_in.message_id'),
    )
    .selectAll('delivery')
    .where('opt_in.tenant', '=', ctx.tenant)
    .where('opt_in.canonical', 'in', ctx.keys.identify(address).allCanonical)
    .where('opt_in.sender_id', '=', row.sender_id)
    .where('opt_in.wording_version', '=', row.wording_version)
    .where('opt_in.topics', '=', row.topics)
    .where('opt_in.confirmed_at', 'is', null)
    .where('opt_in.expires_at', '>', row.requested_at)
    .where('delivery.state', 'not in', ['blocked', 'rejected', 'cancelled', 'expired', 'failed'])
    .limit(1)
    .executeTakeFirst();
  return delivery === undefined
    ? undefined
    : (await toDuplicates(tx, ctx, new Map([[row.id, delivery]]))).get(row.id);
}

function invalid(field: string, wanted: string): MailwardenError {
  return new MailwardenError('ARGUMENT_INVALID', {
    detail: `${field} has to be ${wanted}.`,
    fields: { argument: field },
  });
}
