/** Where a contact's data comes from: what has to be shown when somebody asks. */
export interface Provenance {
  /**
   * `direct` (the person gave it), `purchase`, `third_party`, `published`, `harvested`,
   * `generated`, or words of your own.
   */
  readonly how: string;
  /** Epoch ms. */
  readonly collectedAt?: number;
  /** The licence or legal basis for holding the data. */
  readonly basis?: string;
  /** Where the proof is filed. */
  readonly evidence?: string;
  /** When somebody last checked that it is right, epoch ms. */
  readonly lastValidated?: number;
  /** When the person was told where the data came from (GDPR art. 14), epoch ms. */
  readonly noticeSentAt?: number;
}
