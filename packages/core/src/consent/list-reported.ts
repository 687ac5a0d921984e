import type { Context } from '../context.ts';
import type { ConsentBasis } from './consent-basis.ts';

/** A consent that an agent reported and nobody has confirmed. */
export interface ReportedConsent {
  readonly id: string;
  /** Absent when the person is no contact any more. */
  readonly address?: string;
  readonly senderId: string;
  readonly topics: readonly string[];
  readonly basis: ConsentBasis;
  readonly obtainedAt: number;
  readonly wordingVersion?: string;
  /** JSON of the evidence, as it was reported. */
  readonly evidence: string;
  readonly reportedBy: string;
}

const LIMIT = 100;

/** What waits for a confirmation, oldest first, at most 100. */
export async function listReported(ctx: Context): Promise<readonly ReportedConsent[]> {
  const rows = await ctx.storage.db
    .selectFrom('consent')
    .selectAll()
    .select((eb) =>
      eb
        .selectFrom('contact')
        .select('contact.address')
        .whereRef('contact.tenant', '=', 'consent.tenant')
        .whereRef('contact.canonical', '=', 'consent.canonical')
        .limit(1)
        .as('address'),
    )
    .where('tenant', '=', ctx.tenant)
    .where('confirmed_at', 'is', null)
    .$narrowType<{ basis: ConsentBasis | null }>()
    .orderBy('recorded_at')
    .orderBy('id')
    .limit(LIMIT)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    senderId: row.sender_id,
    topics: JSON.parse(row.topics) as string[],
    basis: row.basis ?? 'express',
    obtainedAt: row.obtained_at,
    evidence: row.evidence,
    reportedBy: row.reported_by,
    ...(row.address === null ? {} : { address: row.address }),
    ...(row.wording_version === null ? {} : { wordingVersion: row.wording_version }),
  }));
}
