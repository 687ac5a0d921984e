import { MailwardenError } from '../../errors/mailwarden-error.ts';

/** One row of a file, whatever its syntax. */
export interface SourceRow {
  /** From 1, where the row begins. */
  readonly line: number;
  /** By the names that {@link toColumnName} gives. */
  readonly columns: ReadonlyMap<string, string>;
}

/** `Email Address`, `email_address` and `EmailAddress` are one column. */
export function toColumnName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '');
}

/** What is wrong with a file as a whole. */
export function importFault(detail: string): MailwardenError {
  return new MailwardenError('IMPORT_INVALID', { detail });
}
