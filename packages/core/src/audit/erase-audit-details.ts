import type { Context } from '../context.ts';
import { appendEvents } from '../events/append-event.ts';
import { parseAddress } from '../identity/address.ts';

/**
 * Erases what the audit keeps about a person: the details and salts of their deliveries and
 * suppressions. Entries and seals stay as they are, and verification says `erased`. The erasure is
 * an entry itself. Returns how many entries lost their details. Throws `ADDRESS_INVALID`.
 */
export async function eraseAuditDetails(ctx: Context, address: string): Promise<number> {
  const { allCanonical } = ctx.keys.identify(parseAddress(address));
  return await ctx.storage.unit(async (tx) => {
    const result = await tx
      .updateTable('audit_detail')
      .set({ salt: null, details: null })
      .where('tenant', '=', ctx.tenant)
      .where('person', 'in', allCanonical)
      .where('details', 'is not', null)
      .executeTakeFirst();
    const entries = Number(result.numUpdatedRows);
    const data = { entries };
    const event = { at: ctx.now(), type: 'audit.erased', actor: 'system', data };
    await appendEvents(tx, ctx.tenant, [event]);
    return entries;
  });
}
