import type { ConsentInput } from '../../consent/parse-consent.ts';
import type { ContactFactsInput } from '../parse-contact-facts.ts';

/** One contact of an import: a line of NDJSON, an item of an iterable, or what a CSV row becomes. */
export interface ContactRow extends ContactFactsInput {
  readonly address: string;
  /** Kept with what is there; `phone` tells a country when nothing better does. */
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
  /** Added to those that are there. */
  readonly tags?: readonly string[];
  /** Each needs `obtainedAt`, or the row a `provenance.collectedAt`. */
  readonly consents?: readonly ConsentInput[];
}

/** Members of a {@link ContactRow} that are not facts. */
export const ROW_MEMBERS: readonly (keyof ContactRow)[] = [
  'address',
  'attributes',
  'tags',
  'consents',
];

/** A row as it was read, or why it could not be. */
export interface ReadRow {
  /** From 1: the line of a file, or the number of an item. */
  readonly line: number;
  /** The row as text, for telling one file from another. */
  readonly text: string;
  /** Not checked yet. */
  readonly row?: ContactRow;
  readonly problem?: string;
}
