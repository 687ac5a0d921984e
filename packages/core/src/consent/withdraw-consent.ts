import { uuidv7 } from 'uuidv7';
import type { Context } from '../context.ts';
import { appendEvents } from '../events/append-event.ts';
import { parseAddress } from '../identity/address.ts';
import { findErased } from '../rights/keep-erased.ts';
import { recordRefusal } from '../suppression/journal/record-refusal.ts';
import { lockRecipients } from '../suppression/lock-recipients.ts';
import { parseMoment, parseName, parseSender } from './parse-consent.ts';

/** What somebody takes back. */
export interface WithdrawalInput {
  /** A key of `senders`. @default every sender */
  readonly senderId?: string;
  /** @default 'marketing' */
  readonly purpose?: string;
  /** @default the whole purpose */
  readonly topics?: readonly string[];
  /** When they said so, epoch ms. @default now */
  readonly withdrawnAt?: number;
  /** How they said so. */
  readonly evidence?: Readonly<Record<string, string | number | boolean>>;
}

/**
 * Appends a withdrawal after waiting for sends to this person that are being decided: what is
 * queued is blocked at its claim. Counts at once, whoever records it (GDPR art. 7(3), CASL s. 11).
 * Resolves when the suppression journal, if there is one, has it too.
 */
export async function withdrawConsent(
  ctx: Context,
  text: string,
  input: WithdrawalInput,
  by: string,
): Promise<{ readonly consentId: string }> {
  const address = parseAddress(text);
  const identity = ctx.keys.identify(address);
  const topics = (input.topics ?? []).map((topic) => parseName(topic, 'topics'));
  const row = {
    tenant: ctx.tenant,
    id: uuidv7(),
    canonical: identity.canonical,
    key_id: identity.keyId,
    canonicalisation: identity.canonicalisation,
    sender_id: input.senderId === undefined ? '' : parseSender(ctx, input.senderId),
    purpose: parseName(input.purpose ?? 'marketing', 'purpose'),
    topics: JSON.stringify(topics),
    kind: 'withdrawal' as const,
    basis: null,
    evidence: JSON.stringify(input.evidence ?? {}),
    obtained_at: parseMoment(ctx, input.withdrawnAt),
    reported_by: by,
  };
  await ctx.storage.unit(async (tx) => {
    const at = ctx.now();
    await lockRecipients(tx, ctx, [identity]);
    const erased = (await findErased(tx, ctx, [address])).size > 0;
    const evidence = erased ? '{}' : row.evidence;
    await tx
      .insertInto('consent')
      .values({ ...row, evidence, recorded_at: at, confirmed_by: by, confirmed_at: at })
      .execute();
    await recordRefusal(tx, ctx, {
      ...{ id: row.id, kind: 'withdrawal', canonical: row.canonical, keyId: row.key_id },
      ...{ canonicalisation: row.canonicalisation, senderId: row.sender_id, topics },
      ...{ purpose: row.purpose, refusedAt: row.obtained_at },
    });
    await appendEvents(tx, ctx.tenant, [
      {
        ...{ at, type: 'consent.withdrawn', actor: by },
        data: { consentId: row.id, purpose: row.purpose },
      },
    ]);
  });
  await ctx.journal?.flush();
  return { consentId: row.id };
}
