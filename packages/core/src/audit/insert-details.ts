import { randomBytes } from 'node:crypto';
import { canonicalJson } from '../compose/canonical-json.ts';
import type { Tx } from '../storage/database.ts';
import { hashDetails } from './audit-hashes.ts';

/** What is personal about one event. */
export interface EventDetails {
  readonly eventId: string;
  /** Canonical HMAC of the person it is about. */
  readonly person: string | null;
  readonly details: Readonly<Record<string, string>>;
}

/** Keeps personal details beside their events, each under a salt of its own. */
export async function insertDetails(
  tx: Tx,
  tenant: string,
  rows: readonly EventDetails[],
): Promise<void> {
  if (rows.length === 0) return;
  const values = rows.map((row) => {
    const salt = randomBytes(32);
    const details = Object.fromEntries(
      Object.entries(row.details).map(([key, value]) => [key, value.toWellFormed()]),
    );
    return {
      tenant,
      event_id: row.eventId,
      person: row.person,
      salt: salt.toString('base64url'),
      details: canonicalJson(details),
      hmac: hashDetails(salt, details),
    };
  });
  await tx.insertInto('audit_detail').values(values).execute();
}
