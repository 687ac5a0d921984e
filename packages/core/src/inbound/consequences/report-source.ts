/** Who says what became of mail, and when: a stored report, or a mail provider. */
export interface ReportSource {
  /** What a suppression that follows is recorded with: `report:<message id>`, `webhook:<provider>`. */
  readonly source: string;
  /** The same for events. */
  readonly data: { readonly reportId: string } | { readonly provider: string };
  /** Epoch ms. */
  readonly at: number;
}
