import type { Db } from '../storage/database.ts';
import type { AuditSealRow } from '../storage/tables/audit.ts';

/** The end of the chain, if anything was sealed. */
export function findLastSeal(db: Db, tenant: string): Promise<AuditSealRow | undefined> {
  return db
    .selectFrom('audit_seal')
    .selectAll()
    .where('tenant', '=', tenant)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
}
