import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { findAddress } from '../identity/address.ts';
import { beginErasure } from './begin-erasure.ts';
import { carryOutErasure } from './carry-out-erasure.ts';
import { parsePerson } from './person.ts';

/** Why somebody's data is erased. */
export interface ErasePersonOptions {
  /** Kept with the tombstone, so no name or address: the number of the request, for example. */
  readonly reason: string;
}

/** What an erasure did. */
export interface ErasureReport {
  /** Names this erasure in the audit. */
  readonly erasureId: string;
  readonly contacts: number;
  /** Entries of the consent ledger that lost their evidence. */
  readonly consents: number;
  /** Messages from or to the person that lost their content. */
  readonly messages: number;
  /** Messages between others that lost the person's address. */
  readonly redacted: number;
  /** Entries of the audit that lost their details, before messages were looked at. */
  readonly auditEntries: number;
  /** Deliveries that were still to go out, to whomever, and were stopped. */
  readonly cancelled: number;
  /** Deliveries that were with a server at that moment and may arrive. */
  readonly sending: readonly string[];
  /**
   * Rows that could not be read or changed, as table and key. While there are any the erasure stays
   * open: `onError` is told of them, and a worker tries again every hour.
   */
  readonly damaged: readonly string[];
  /**
   * What was deleted is in no file of the database any more (SQLite). False on PostgreSQL, where it
   * goes with the next VACUUM, and when another process held up the log.
   */
  readonly goneFromDisk: boolean;
}

const MAX_REASON = 200;

/**
 * Erases a person (GDPR art. 17), in every spelling of the address: first, in one transaction, nothing
 * more goes out to them and nothing comes back; then everything that is stored is gone through. If
 * this process dies in between, the worker goes on. Throws `ADDRESS_INVALID`, `ARGUMENT_INVALID`.
 */
export async function erasePerson(
  ctx: Context,
  text: string,
  { reason }: ErasePersonOptions,
): Promise<ErasureReport> {
  const person = parsePerson(ctx, text);
  const why = parseReason(reason);
  const begun = await ctx.storage.unit((tx) => beginErasure(tx, ctx, person, why));
  // From here on a restored copy of the database is told as well.
  await ctx.journal?.flush();
  const done = await carryOutErasure(ctx, begun, person);
  return {
    erasureId: begun.id,
    contacts: begun.contacts,
    consents: begun.consents,
    auditEntries: begun.auditEntries,
    ...done,
    goneFromDisk: await ctx.storage.flushLog(),
  };
}

function parseReason(reason: unknown): string {
  const text = typeof reason === 'string' ? reason.trim() : '';
  if (text === '') throw new MailwardenError('REASON_REQUIRED');
  const named = text.split(/[\s<>"(),;:]+/).some((word) => findAddress(word) !== undefined);
  if (text.length > MAX_REASON || /\p{Cc}/u.test(text) || named) {
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: `reason has to be one line of at most ${MAX_REASON} characters without an address: it stays.`,
      fields: { argument: 'reason' },
    });
  }
  return text;
}
