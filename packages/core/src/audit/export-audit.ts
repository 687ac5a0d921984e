import type { Context } from '../context.ts';
import type { AuditSealRow } from '../storage/tables/audit.ts';
import type { AuditSeal } from './audit-seal.ts';
import { findLastSeal } from './find-last-seal.ts';
import { sealAudit } from './seal-audit.ts';

/**
 * Seals what is there and streams the whole audit as NDJSON, a line at a time: public keys, then
 * for each seal its entries and the seal. `verifyAudit` reads it without the database.
 */
export async function* exportAudit(ctx: Context): AsyncGenerator<string, void, undefined> {
  await sealAudit(ctx);
  const last = (await findLastSeal(ctx.storage.db, ctx.tenant))?.number ?? -1;
  const keys = await listKeys(ctx, last);
  yield toLine({ type: 'audit', version: 1, tenant: ctx.tenant, keys });
  for (let number = 0; number <= last; number += 1) {
    const row = await findSeal(ctx, number);
    // Somebody took it out of the database; verification says so.
    if (row !== undefined) yield* exportSeal(ctx, row);
  }
}

async function* exportSeal(ctx: Context, row: AuditSealRow): AsyncGenerator<string> {
  const entries = await ctx.storage.db
    .selectFrom('audit_entry')
    .leftJoin('audit_detail', (join) =>
      join
        .onRef('audit_detail.tenant', '=', 'audit_entry.tenant')
        .onRef('audit_detail.event_id', '=', 'audit_entry.event_id'),
    )
    .select(['audit_entry.entry', 'audit_detail.salt', 'audit_detail.details'])
    .where('audit_entry.tenant', '=', ctx.tenant)
    .where('audit_entry.place', '>=', row.first_place)
    .where('audit_entry.place', '<', row.first_place + row.entry_count)
    .orderBy('audit_entry.place')
    .execute();
  for (const { entry, salt, details } of entries) {
    const known = salt !== null && details !== null;
    yield toLine({
      type: 'entry',
      entry: JSON.parse(entry) as unknown,
      ...(known ? { details: JSON.parse(details) as unknown, salt } : {}),
    });
  }
  yield toLine({
    type: 'seal',
    seal: toSeal(row),
    signature: row.signature,
    leaves: row.leaves,
  });
}

function toSeal(row: AuditSealRow): AuditSeal {
  return {
    version: 1,
    tenant: row.tenant,
    number: row.number,
    first: row.first_place,
    count: row.entry_count,
    root: row.root,
    previous: row.previous,
    at: row.sealed_at,
    keyId: row.key_id,
    publicKey: row.public_key,
  };
}

function findSeal(ctx: Context, number: number): Promise<AuditSealRow | undefined> {
  return ctx.storage.db
    .selectFrom('audit_seal')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('number', '=', number)
    .executeTakeFirst();
}

async function listKeys(
  ctx: Context,
  last: number,
): Promise<readonly { readonly id: string; readonly publicKey: string }[]> {
  const rows = await ctx.storage.db
    .selectFrom('audit_seal')
    .select(['key_id', 'public_key'])
    .distinct()
    .where('tenant', '=', ctx.tenant)
    .where('number', '<=', last)
    .orderBy('key_id')
    .execute();
  return rows.map((row) => ({ id: row.key_id, publicKey: row.public_key }));
}

function toLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}
