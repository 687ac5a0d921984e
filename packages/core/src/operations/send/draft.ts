import type { Mailbox } from '../../context.ts';
import type { Address } from '../../identity/address.ts';
import type { HeaderFinding } from '../../policy/facts.ts';
import type { Category, OversightMode } from '../../policy/modes.ts';
import type { Message } from '../../storage/tables/message.ts';

/** A send call whose arguments are understood; nothing has been looked up yet. */
export interface Draft {
  readonly mailbox: Mailbox;
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
  readonly bcc: readonly Address[];
  readonly subject: string | undefined;
  readonly body: string | undefined;
  readonly tags: readonly string[];
  readonly headers: readonly (readonly [string, string])[];
  readonly headerFindings: readonly HeaderFinding[];
  readonly notices: readonly string[];
  readonly requestedCategory: Category | undefined;
  readonly requestedMode: OversightMode | undefined;
  readonly topic: string | undefined;
  readonly campaign: string | undefined;
  readonly variant: string | undefined;
  readonly template: string | undefined;
  readonly variables: Readonly<Record<string, string>>;
  /** Epoch ms. */
  readonly sendAt: number | undefined;
  readonly attachmentIds: readonly string[];
  readonly idempotencyKey: string | undefined;
  /** 0 to 9; the higher one goes first. */
  readonly priority: number;
  readonly revises: string | undefined;
  /** The message that is answered. */
  readonly parent: Message | undefined;
}
