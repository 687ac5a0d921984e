import type { Context } from '../context.ts';
import { endAbsences } from '../preferences/end-absences.ts';
import type { Tx } from '../storage/database.ts';
import type { Person } from './person.ts';

/** What was taken away. */
export interface KeyedCounts {
  readonly contacts: number;
  readonly consents: number;
  readonly auditEntries: number;
}

/**
 * Erases what is kept under a person's HMACs: the contact with its tags, the evidence of consents,
 * the notes of suppressions, the details of the audit, until when they are away. What stops mail to them stays: HMACs,
 * suppressions, withdrawals, and of a consent what was agreed and when.
 */
export async function eraseKeyed(
  tx: Tx,
  ctx: Pick<Context, 'tenant'>,
  { canonicals }: Person,
): Promise<KeyedCounts> {
  const { tenant } = ctx;
  const hmacs = [...canonicals];
  const contacts = await tx
    .deleteFrom('contact')
    .where('tenant', '=', tenant)
    .where('canonical', 'in', hmacs)
    .returning('id')
    .execute();
  await deleteContactTags(
    tx,
    tenant,
    contacts.map(({ id }) => id),
  );
  const consents = await tx
    .updateTable('consent')
    .set({ evidence: '{}', balancing: null, on_behalf_of: null })
    .where('tenant', '=', tenant)
    .where('canonical', 'in', hmacs)
    .executeTakeFirst();
  await tx
    .updateTable('opt_in')
    .set({ signup: '{}' })
    .where('tenant', '=', tenant)
    .where('canonical', 'in', hmacs)
    .execute();
  await tx
    .updateTable('suppression')
    .set({ note: null, lift_reason: null })
    .where('tenant', '=', tenant)
    .where('hmac', 'in', hmacs)
    .execute();
  // What they asked for goes on holding; where they are is no wish.
  await endAbsences(tx, ctx, hmacs, Number.MAX_SAFE_INTEGER);
  const details = await tx
    .updateTable('audit_detail')
    .set({ salt: null, details: null })
    .where('tenant', '=', tenant)
    .where('person', 'in', hmacs)
    .where('details', 'is not', null)
    .executeTakeFirst();
  return {
    contacts: contacts.length,
    consents: Number(consents.numUpdatedRows),
    auditEntries: Number(details.numUpdatedRows),
  };
}

/** The labels of contacts that are gone. */
export async function deleteContactTags(
  tx: Tx,
  tenant: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .deleteFrom('tag')
    .where('tenant', '=', tenant)
    .where('subject_kind', '=', 'contact')
    .where('subject_id', 'in', ids)
    .execute();
}
