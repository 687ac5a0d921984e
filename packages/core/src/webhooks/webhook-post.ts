import type { ProviderEvent } from './provider-event.ts';

/** What came, before anything of it is believed. */
export interface WebhookPost {
  readonly headers: Headers;
  /** The bytes that were signed. */
  readonly body: Buffer;
  /** Epoch ms. */
  readonly at: number;
}

/** What a provider is known to say. */
export interface VerifiedPost {
  readonly events: readonly ProviderEvent[];
  /**
   * What this provider signs in place of the body, when it does: it may be used for one body only.
   */
  readonly token?: string;
}

/** Verifies and reads one POST. Throws a `WEBHOOK_…` error; writes nothing. */
export type WebhookReader = (post: WebhookPost) => Promise<VerifiedPost> | VerifiedPost;
