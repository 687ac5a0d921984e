import { uuidv7 } from 'uuidv7';
import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { appendEvents } from '../events/append-event.ts';
import { parseAddress } from '../identity/address.ts';
import { findErased } from '../rights/keep-erased.ts';
import { lockRecipients } from '../suppression/lock-recipients.ts';
import { parseMoment, parseSender } from './parse-consent.ts';
import { RELATIONSHIP_PURPOSE, RELATIONSHIPS, type Relationship } from './relationship.ts';

/** Somebody with whom there is something to talk about. */
export interface RelationshipInput {
  readonly address: string;
  readonly kind: Relationship;
  /** The legal entity, a key of `senders`. @default the only sender there is */
  readonly senderId?: string;
  /** Since when, epoch ms. @default now */
  readonly since?: number;
  /** Epoch ms. @default it does not end */
  readonly endsAt?: number;
  /** How it is known, such as an order number; at most 200 characters. */
  readonly reference?: string;
}

const FIELDS: readonly (keyof RelationshipInput)[] = [
  ...(['address', 'kind', 'senderId', 'since', 'endsAt', 'reference'] as const),
];

/**
 * Appends a relationship to the ledger: from then on mail to this person is conversational within
 * the limits of conversations. It is no consent to marketing. Throws `ARGUMENT_INVALID`,
 * `ARGUMENT_UNKNOWN`, `PERSON_ERASED`.
 */
export async function recordRelationship(
  ctx: Context,
  input: RelationshipInput,
  by: string,
): Promise<{ readonly relationshipId: string }> {
  const address = parseAddress(input.address);
  const identity = ctx.keys.identify(address);
  const row = { ...toRow(ctx, input), tenant: ctx.tenant, id: uuidv7(), reported_by: by };
  await ctx.storage.unit(async (tx) => {
    const at = ctx.now();
    await lockRecipients(tx, ctx, [identity]);
    if ((await findErased(tx, ctx, [address])).size > 0) throw new MailwardenError('PERSON_ERASED');
    const { canonical, keyId: key_id, canonicalisation } = identity;
    await tx
      .insertInto('consent')
      .values({
        ...row,
        ...{ canonical, key_id, canonicalisation, recorded_at: at },
        ...{ confirmed_by: by, confirmed_at: at },
      })
      .execute();
    await appendEvents(tx, ctx.tenant, [
      {
        ...{ at, type: 'relationship.recorded', actor: by },
        data: { relationshipId: row.id, kind: input.kind },
        ...{ person: canonical, details: { address } },
      },
    ]);
  });
  return { relationshipId: row.id };
}

function toRow(ctx: Context, input: RelationshipInput) {
  const unknown = Object.keys(input).filter((key) => !(FIELDS as string[]).includes(key));
  if (unknown.length > 0) {
    throw new MailwardenError('ARGUMENT_UNKNOWN', {
      detail: `A relationship has no ${unknown.join(', ')}; it has ${FIELDS.join(', ')}.`,
    });
  }
  const { kind, since, endsAt, reference } = input;
  if (!RELATIONSHIPS.includes(kind)) throw invalid('kind', `one of ${RELATIONSHIPS.join(', ')}`);
  const obtained_at = parseMoment(ctx, since);
  if (endsAt !== undefined && !(Number.isSafeInteger(endsAt) && endsAt > obtained_at)) {
    throw invalid('endsAt', 'after since, epoch ms');
  }
  if (reference !== undefined && !/^[^\p{Cc}\p{Cs}]{1,200}$/u.test(reference)) {
    throw invalid('reference', 'one line of at most 200 characters');
  }
  return {
    sender_id: parseSender(ctx, input.senderId),
    purpose: RELATIONSHIP_PURPOSE,
    topics: '[]',
    kind: 'grant' as const,
    basis: kind,
    evidence: JSON.stringify(reference === undefined ? {} : { reference }),
    obtained_at,
    expires_at: endsAt ?? null,
  };
}

function invalid(field: string, wanted: string): MailwardenError {
  return new MailwardenError('ARGUMENT_INVALID', {
    detail: `${field} has to be ${wanted}.`,
    fields: { argument: field },
  });
}
