import type { EventRow } from '../storage/tables/operations.ts';
import type { AuditEntry } from './audit-entry.ts';

/** The entry that an event row makes; `details` is the HMAC of its details, if it has any. */
export function toAuditEntry(row: EventRow, details: string | undefined): AuditEntry {
  const { code, effect, policyVersion, ...data } = readData(row.data);
  const { mailbox, message_id: message, delivery_id: delivery } = row;
  return {
    id: row.id,
    at: row.at,
    operation: row.type,
    principal: row.actor.toWellFormed(),
    subject: {
      ...(mailbox === null ? {} : { mailbox }),
      ...(message === null ? {} : { message }),
      ...(delivery === null ? {} : { delivery }),
    },
    ...(code === undefined
      ? {}
      : {
          decision: {
            code: String(code),
            ...(effect === undefined ? {} : { effect: String(effect) }),
            ...(policyVersion === undefined ? {} : { policyVersion: String(policyVersion) }),
          },
        }),
    data,
    ...(details === undefined ? {} : { details }),
  };
}

/** Half a surrogate pair has no canonical JSON, and one such event must not stop every later seal. */
function readData(text: string): Readonly<Record<string, string | number | boolean>> {
  const data = JSON.parse(text) as Readonly<Record<string, string | number | boolean>>;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [
      key.toWellFormed(),
      typeof value === 'string' ? value.toWellFormed() : value,
    ]),
  );
}
