/** What verification found in an exported audit. */
export interface AuditReport {
  /** No fault at all. Without an anchor or known keys that is less than it sounds: see the others. */
  readonly ok: boolean;
  /** Entries that stand exactly where a seal says. */
  readonly entries: number;
  /** Seals in the export. */
  readonly seals: number;
  /** Head of the last seal. */
  readonly head: string | undefined;
  /**
   * `expectedHead` is the head of one of the seals: nothing up to there was cut off or replaced.
   * Without an anchored head a cut-off end cannot be told from an audit that ends there.
   */
  readonly anchored: boolean;
  /** Every seal is signed by one of the `publicKeys` given; else only by the keys in the export. */
  readonly trusted: boolean;
  /** Entries, by id, whose personal details were erased; they are proven all the same. */
  readonly erased: readonly string[];
  readonly faults: readonly AuditFault[];
}

/**
 * `changed removed inserted reordered` are about one entry, `seal_…` about a seal, `key_unknown`
 * about its key; `truncated`: the expected head is not here; `unreadable`: a line is not of an export.
 */
export type AuditFaultKind =
  | 'changed'
  | 'removed'
  | 'inserted'
  | 'reordered'
  | 'seal_changed'
  | 'seal_removed'
  | 'seal_inserted'
  | 'seal_reordered'
  | 'key_unknown'
  | 'truncated'
  | 'unreadable';

export interface AuditFault {
  readonly kind: AuditFaultKind;
  /** One sentence. */
  readonly message: string;
  /** Id of the entry as it stands in the export; a removed entry has none. */
  readonly entry?: string;
  /** Where the entry belongs, counting from 0. */
  readonly place?: number;
  /** Number of the seal. */
  readonly seal?: number;
  /** Line of the export, counting from 1. */
  readonly line?: number;
}
