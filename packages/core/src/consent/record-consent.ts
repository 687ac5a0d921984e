import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { parseAddress } from '../identity/address.ts';
import { lockRecipients } from '../suppression/lock-recipients.ts';
import { reconsiderPeople } from '../tasks/reconsider-waiting.ts';
import { insertConsents } from './insert-consents.ts';
import { type ConsentInput, parseConsent } from './parse-consent.ts';

/** What an agent or the application says that a person agreed to, and who says so. */
export interface ConsentReport {
  readonly address: string;
  readonly consent: ConsentInput;
  /** `system` counts at once; `agent:<id>` when somebody has confirmed it (P3). */
  readonly by: string;
  readonly onBehalfOf?: string | undefined;
}

/** Appends a consent to the ledger; what waits for it is decided again at the next sweep. */
export async function recordConsent(
  ctx: Context,
  { address: text, consent, by, onBehalfOf }: ConsentReport,
): Promise<{ readonly consentId: string }> {
  const address = parseAddress(text);
  const parsed = parseConsent(ctx, consent);
  const proven = by === 'system';
  const consentId = await ctx.storage.unit(async (tx) => {
    const identity = ctx.keys.identify(address);
    await lockRecipients(tx, ctx, [identity]);
    const [id] = await insertConsents(tx, ctx, [{ ...parsed, address }], {
      reportedBy: by,
      onBehalfOf,
      ...(proven ? { confirmedBy: by } : {}),
    });
    if (id === undefined) throw new MailwardenError('PERSON_ERASED');
    if (proven) await reconsiderPeople(tx, ctx, [identity]);
    return id;
  });
  if (proven) ctx.wake();
  return { consentId };
}
