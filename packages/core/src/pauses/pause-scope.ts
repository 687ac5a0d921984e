import { type SqlBool, sql } from 'kysely';

/** How far a pause reaches. `restore` is the one that a start makes by itself. */
export type PauseScope = 'mailbox' | 'campaign' | 'agent' | 'tenant' | 'everything' | 'restore';

/** Under which tenant the pause of everything is kept; no warden has it. */
export const EVERY_TENANT = '';

/** What a delivery says that waits for the end of a pause. */
export const PAUSE_CODES: Readonly<Record<PauseScope, string>> = {
  mailbox: 'MAILBOX_PAUSED',
  campaign: 'CAMPAIGN_PAUSED',
  agent: 'AGENT_PAUSED',
  tenant: 'TENANT_PAUSED',
  everything: 'EVERYTHING_PAUSED',
  restore: 'RESTORE_PAUSED',
};

/** A delivery waits for the end of a pause: in the words of the partial index `mw_delivery_paused`. */
export const IS_PAUSED = sql<SqlBool>`state = 'deferred' and reason_code in (
  'MAILBOX_PAUSED', 'CAMPAIGN_PAUSED', 'AGENT_PAUSED', 'TENANT_PAUSED', 'EVERYTHING_PAUSED',
  'RESTORE_PAUSED'
)`;
