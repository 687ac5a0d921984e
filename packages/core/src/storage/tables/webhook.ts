import type { WebhookProvider } from '../../webhooks/webhook-options.ts';
import type { Millis } from './columns.ts';

/** An event that a provider told of, so that it counts once; kept for three days. */
export interface WebhookEventTable {
  tenant: string;
  provider: WebhookProvider;
  /** SHA-256 of the provider's id, or of a token that it signed. */
  event_id: string;
  /** Of a token: SHA-256 of the body that it was used for; else empty. */
  digest: string;
  received_at: Millis;
}

/** How many events came on a day (UTC). */
export interface WebhookCountTable {
  tenant: string;
  provider: WebhookProvider;
  /** When the day began. */
  day: Millis;
  done: number;
  repeated: number;
  foreign_events: number;
  last_at: Millis;
}
