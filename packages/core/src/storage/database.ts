import type { Kysely, RawBuilder, Transaction } from 'kysely';
import type { AuditDetailTable, AuditEntryTable, AuditSealTable } from './tables/audit.ts';
import type { ConsentTable, FactTaskTable, OptInTable } from './tables/consent.ts';
import type { RememberedTable, ToldDeadlineTable } from './tables/content.ts';
import type {
  ApprovalTable,
  AttemptTable,
  DeliveryTable,
  ReservationTable,
} from './tables/delivery.ts';
import type {
  ChunkTable,
  FolderTable,
  MessageIdAliasTable,
  MessageRevisionTable,
  MessageTable,
  ReadMarkTable,
} from './tables/message.ts';
import type {
  EventTable,
  MailboxTable,
  MetaTable,
  SenderTable,
  TemplateApprovalTable,
} from './tables/operations.ts';
import type {
  AddressFailureTable,
  ContactImportTable,
  ContactTable,
  ErasureTable,
  RecipientKeyTable,
  StopRequestTable,
  SuppressionTable,
  TagTable,
} from './tables/people.ts';
import type { PreferenceTable } from './tables/preference.ts';
import type { RefusalTable } from './tables/refusal.ts';
import type {
  ReviewMemberTable,
  ReviewOutcomeTable,
  ReviewViewTable,
  RuleFeedbackTable,
} from './tables/review.ts';
import type { SendingFactTable } from './tables/sending.ts';
import type { WebhookCountTable, WebhookEventTable } from './tables/webhook.ts';

/**
 * Every table. `tenant` leads every unique key and hot index. Names carry the prefix `mw_` on
 * SQLite and live in the schema `mailwarden` on PostgreSQL; queries write the bare name.
 */
export interface Database {
  meta: MetaTable;
  sender: SenderTable;
  mailbox: MailboxTable;
  template_approval: TemplateApprovalTable;
  recipient_key: RecipientKeyTable;
  contact: ContactTable;
  contact_import: ContactImportTable;
  tag: TagTable;
  suppression: SuppressionTable;
  address_failure: AddressFailureTable;
  stop_request: StopRequestTable;
  erasure: ErasureTable;
  consent: ConsentTable;
  fact_task: FactTaskTable;
  opt_in: OptInTable;
  preference: PreferenceTable;
  refusal: RefusalTable;
  message: MessageTable;
  message_revision: MessageRevisionTable;
  message_id_alias: MessageIdAliasTable;
  chunk: ChunkTable;
  read_mark: ReadMarkTable;
  folder: FolderTable;
  delivery: DeliveryTable;
  attempt: AttemptTable;
  reservation: ReservationTable;
  approval: ApprovalTable;
  remembered: RememberedTable;
  told_deadline: ToldDeadlineTable;
  event: EventTable;
  audit_detail: AuditDetailTable;
  audit_entry: AuditEntryTable;
  audit_seal: AuditSealTable;
  review_view: ReviewViewTable;
  review_member: ReviewMemberTable;
  review_outcome: ReviewOutcomeTable;
  rule_feedback: RuleFeedbackTable;
  sending_fact: SendingFactTable;
  webhook_event: WebhookEventTable;
  webhook_count: WebhookCountTable;
}

/** A connection or a transaction: what a query function takes first when it only reads. */
export type Db = Kysely<Database>;
/** What a query function takes first when it writes or locks. */
export type Tx = Transaction<Database>;

/** What differs between the two back ends; nobody tests a dialect's name outside `storage/`. */
export interface StorageCapabilities {
  /** `FOR UPDATE` and `SKIP LOCKED` exist; without them there is one writer at a time. */
  readonly supportsRowLocks: boolean;
  /** Events need `pg_snapshot_xmin` to be read in commit order. */
  readonly supportsSnapshotXmin: boolean;
}

/** The storage port: Kysely, one way to write, and the database's clock. */
export interface Storage {
  /** For reads, outside units. A write goes through {@link Storage.unit}; SQLite refuses others. */
  readonly db: Db;
  readonly capabilities: StorageCapabilities;
  /**
   * Runs `work` atomically and resolves after its commit is durable. It may run again after a
   * deadlock, so it must not act outside the database, nor start a unit or use {@link Storage.db}.
   * Concurrent units on SQLite share one transaction, each in a savepoint (group commit).
   * Throws `STORAGE_UNAVAILABLE` when the database did not answer; nothing was written then, unless
   * `fields.committed` is `unknown`: the connection was lost during COMMIT.
   */
  unit<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * Moves what was committed out of the log and empties it, so that bytes which were deleted are in
   * no file of the database; false when another connection is in the way, or the server sees to it.
   */
  flushLog(): Promise<boolean>;
  /**
   * Tells the other processes on this database, after a commit, that there may be work of `topic`.
   * A hint: it may be lost, and on SQLite nobody hears it, so that they poll besides.
   */
  announce(topic: string): void;
  /** Calls `onNews` when another process announced `topic`. */
  listen(topic: string, onNews: () => void): StopListening;
  /** The database's clock in epoch ms, for lease deadlines only. */
  readonly clock: RawBuilder<number>;
  /** Brings the schema up to date (`auto`) or refuses an outdated one (`check`). */
  migrate(mode: 'auto' | 'check'): Promise<void>;
  close(): Promise<void>;
}

/** Ends a {@link Storage.listen}; resolves when nothing of it is left. */
export type StopListening = () => Promise<void>;

/** Opens a {@link Storage}; made by `sqlite()` and `postgres()`. */
export interface StorageFactory {
  open(): Promise<Storage>;
}
