/**
 * Begins the source of a suppression by a report that nothing signed, about mail that several people
 * had: any of them can have forged it.
 */
export const SHARED_REPORT = 'shared_report:';

/** Whether a suppression rests on nothing better than such a report. */
export function isSharedReport(source: string): boolean {
  return source.startsWith(SHARED_REPORT);
}
