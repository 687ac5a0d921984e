import type { AuditHead } from './audit/audit-seal.ts';
import type { ContentSettings } from './content/resolve-content.ts';
import type { FrequencySettings } from './frequency/resolve-frequency.ts';
import type { Address } from './identity/address.ts';
import type { AddressPattern } from './identity/address-pattern.ts';
import type { KeyRing } from './keys/key-ring.ts';
import type { ResolvedPolicy } from './options/resolve-policy.ts';
import type {
  BudgetOptions,
  DispatchOptions,
  MailboxOptions,
  PolicyOptions,
  TemplateOptions,
} from './options.ts';
import type { JurisdictionPack } from './policy/jurisdictions/jurisdiction-pack.ts';
import type { Oversight, OversightMode } from './policy/modes.ts';
import type { Rule } from './policy/rule.ts';
import type { Retention } from './retention/retention-options.ts';
import type { Storage } from './storage/database.ts';
import type { JournalWriter } from './suppression/journal/journal-writer.ts';
import type { SuppressionSource } from './suppression/sources/suppression-source.ts';
import type { Logger } from './telemetry/logger.ts';
import type { ThrottleSettings } from './throttle/resolve-throttle.ts';

/** What every operation is given: the options, resolved once, and the open storage. */
export interface Context {
  readonly tenant: string;
  readonly storage: Storage;
  readonly keys: KeyRing;
  readonly settings: Settings;
  readonly mailboxes: ReadonlyMap<string, Mailbox>;
  readonly templates: ReadonlyMap<string, TemplateOptions>;
  readonly policy: Policy;
  /** What the options would mean with another policy, or a part of one; changes nothing. */
  readonly resolveChange: (change: PolicyOptions, whole: boolean) => ResolvedPolicy;
  /** Product time, epoch ms. */
  readonly now: () => number;
  /** Somebody is told of events: `onEvent` was given. */
  readonly hasListener: boolean;
  /** Anchors the end of the audit's chain somewhere else. */
  readonly onSeal?: (head: AuditHead) => void | Promise<void>;
  /** Reports a fault in the background. */
  readonly report: (error: unknown) => void;
  /** Lines for operators, when somebody wants them. */
  readonly logger?: Logger | undefined;
  /** Tells the worker that something may be due. */
  readonly wake: () => void;
  /** The suppression journal, when there is one. */
  readonly journal?: JournalWriter | undefined;
}

/** Options with their defaults. */
export interface Settings {
  readonly publicUrl: string | undefined;
  readonly maxBodyBytes: number;
  readonly maxAttachmentBytes: number;
  readonly internalDomains: readonly string[];
  readonly trustedAuthservId: string | undefined;
  readonly allowedHeaders: readonly string[];
  readonly content: ContentSettings;
  readonly budgets: Required<BudgetOptions>;
  readonly frequency: FrequencySettings;
  readonly audience: { readonly unknownCountry: string };
  readonly reviewExpiry: number;
  readonly dispatch: Required<Omit<DispatchOptions, 'throttle'>>;
  readonly throttle: ThrottleSettings;
  readonly suppressionSources: readonly SuppressionSource[];
  readonly maxLateness: number;
  readonly retention: Retention;
}

/** A mailbox as the code declares it. */
export interface Mailbox
  extends Omit<
    MailboxOptions,
    'address' | 'addresses' | 'copyToSent' | 'oversight' | 'sender' | 'ceiling' | 'timeZone'
  > {
  readonly address: Address;
  readonly addresses: readonly AddressPattern[] | undefined;
  /** The mailbox to whose inbox its mail comes: itself, or one whose `addresses` it has. */
  readonly receiver: Address | undefined;
  /** One-to-one mail is copied into the Sent folder. */
  readonly copyToSent: boolean;
  readonly oversight: Oversight;
  /** The loosest mode that a reviewer may set; undefined: no looser than the code says. */
  readonly ceiling: OversightMode | undefined;
  /** IANA name: its own or its sender's. */
  readonly timeZone: string | undefined;
  readonly sender:
    | { readonly id: string; readonly legalName: string; readonly postalAddress: string }
    | undefined;
}

/** The rules and the hash of everything that can change their answer. */
export interface Policy {
  readonly rules: readonly Rule[];
  /** The regimes that the rule `jurisdiction` asks. */
  readonly jurisdictions: readonly JurisdictionPack[];
  /** SHA-256 over the policy's data, every `id@version` and the core version. */
  readonly version: string;
  /** Increases with every change of `version`; a worker claims only epochs it knows. */
  readonly epoch: number;
}
