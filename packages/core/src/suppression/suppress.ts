import { uuidv7 } from 'uuidv7';
import { appendEvents } from '../events/append-event.ts';
import type { Address } from '../identity/address.ts';
import type { RecipientIdentity } from '../keys/key-ring.ts';
import type { Tx } from '../storage/database.ts';
import type { SuppressionReason } from '../storage/tables/people.ts';
import { lockRecipients } from './lock-recipients.ts';
import { parseScope } from './parse-scope.ts';
import type { SuppressionContext } from './suppression-context.ts';

/** Who must not be written to, what with, by whom, and why. */
export interface NewSuppression {
  readonly address: Address;
  /** `all`, `marketing` or `topic:<id>`; anything else throws `ARGUMENT_INVALID`. */
  readonly scope: string;
  /** The sender it holds against. @default every sender */
  readonly senderId?: string | undefined;
  readonly reason: SuppressionReason;
  /** `one-click`, `page`, `agent:<id>`, `reviewer:<id>`, `system`, `import` … */
  readonly source: string;
  readonly note?: string | undefined;
}

/**
 * Records a suppression after waiting for sends to this person that are being decided. A row that
 * says the same already stays as it is. The reason is part of "the same": an unsubscribe beside a
 * `manual` row is kept, since the manual one can be lifted and the unsubscribe cannot.
 */
export async function suppress(
  tx: Tx,
  ctx: SuppressionContext,
  input: NewSuppression,
): Promise<{ readonly id: string; readonly added: boolean }> {
  const scope = parseScope(input.scope);
  const senderId = input.senderId ?? '';
  const identity = ctx.keys.identify(input.address);
  // A hard bounce is about one spelling: alice+x@ may not exist where alice@ does.
  const match = input.reason === 'hard_bounce' ? 'exact' : 'canonical';
  await lockRecipients(tx, ctx, [identity]);
  const existing = await tx
    .selectFrom('suppression')
    .select('id')
    .where('tenant', '=', ctx.tenant)
    .where('hmac', 'in', match === 'exact' ? identity.allExact : identity.allCanonical)
    .where('scope', '=', scope)
    .where('sender_id', '=', senderId)
    .where('reason', '=', input.reason)
    .where('lifted_at', 'is', null)
    .executeTakeFirst();
  if (existing !== undefined) return { id: existing.id, added: false };
  const id = uuidv7();
  await insert(tx, ctx, { ...input, scope, senderId, id, match, identity });
  return { id, added: true };
}

interface Row extends NewSuppression {
  readonly id: string;
  readonly senderId: string;
  readonly match: 'exact' | 'canonical';
  readonly identity: RecipientIdentity;
}

async function insert(tx: Tx, ctx: SuppressionContext, row: Row): Promise<void> {
  const at = ctx.now();
  await tx
    .insertInto('suppression')
    .values({
      tenant: ctx.tenant,
      id: row.id,
      match: row.match,
      hmac: row.identity[row.match],
      key_id: row.identity.keyId,
      canonicalisation: row.identity.canonicalisation,
      scope: row.scope,
      sender_id: row.senderId,
      reason: row.reason,
      source: row.source,
      note: row.note ?? null,
      created_at: at,
      lifted_at: null,
      lifted_by: null,
      lift_reason: null,
    })
    .execute();
  const data = { suppressionId: row.id, scope: row.scope, reason: row.reason };
  await appendEvents(tx, ctx.tenant, [
    {
      at,
      type: 'suppression.added',
      actor: toActor(row.source),
      data: row.senderId === '' ? data : { ...data, senderId: row.senderId },
      details: { address: row.address, ...(row.note === undefined ? {} : { note: row.note }) },
      person: row.identity.canonical,
    },
  ]);
}

/** Events name principals; how a recipient told us is on the row. */
function toActor(source: string): string {
  if (source === 'one-click' || source === 'page') return 'recipient';
  return /^(agent|reviewer|worker):/.test(source) ? source : 'system';
}
