/**
 * Where the suppression journal is kept: outside the database, so that restoring one does not
 * restore the other. {@link fileJournal} is one; an object store or another database can be, too.
 */
export interface SuppressionJournal {
  /** All text ever appended, in order, in pieces of any size; nothing when there is none. */
  read(): AsyncIterable<string>;
  /**
   * Adds text at the end and resolves when it survives a power cut. It may be called again with
   * text that was stored although the call failed. Several processes may append at once; each
   * text stays in one piece.
   */
  append(text: string): Promise<void>;
  close?(): Promise<void>;
}
