import type { ReportedRecipient } from '../inbound/delivery-status/delivery-status.ts';
import type { WebhookProvider } from './webhook-options.ts';

/**
 * What a provider says became of one message for one recipient. `accepted` and `deferred`: it has
 * the message, and no more is known. `rejected`: it took the message and will not send it.
 */
export type ProviderEventKind =
  | 'accepted'
  | 'deferred'
  | 'delivered'
  | 'bounced'
  | 'rejected'
  | 'complained'
  | 'unsubscribed';

/** One event of a provider, whose signature was checked. */
export interface ProviderEvent {
  readonly provider: WebhookProvider;
  /** The same in every repetition, and no other event of this recipient has it. */
  readonly id: string;
  readonly kind: ProviderEventKind;
  /** Epoch ms; absent: when it came. */
  readonly at?: number;
  /** As it was given to the provider; absent: it does not say. */
  readonly recipient?: string;
  /** Message-IDs, without brackets, and ids of the relay that the message may be known by. */
  readonly names: readonly string[];
  /** Its X-Mailwarden-Id, where the provider gives the header back. */
  readonly mailwardenId?: string | undefined;
  /** Of `bounced` and `rejected`: why. */
  readonly failure?: Omit<ReportedRecipient, 'address'>;
  /** Of `complained`: as RFC 5965 has it. @default abuse */
  readonly feedback?: string;
  /** Of `complained`: the provider does not know which of several people it was. @default false */
  readonly isGuess?: boolean;
}
