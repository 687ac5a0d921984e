import type { Tx } from '../storage/database.ts';

/** What is tagged. */
export interface TagSubject {
  readonly kind: 'contact' | 'message';
  readonly id: string;
}

/** Seven values a row: below the 32,766 bound values that SQLite takes. */
const ROWS_PER_STATEMENT = 4_000;

/**
 * Adds tags where they are missing and returns only the new ones: of two agents that race for a
 * tag exactly one is told that it added it.
 */
export async function addTags(
  tx: Tx,
  tenant: string,
  change: {
    readonly subjects: readonly TagSubject[];
    readonly tags: readonly string[];
    readonly owner: string;
    readonly at: number;
  },
): Promise<readonly (TagSubject & { readonly tag: string })[]> {
  const { owner, at } = change;
  const pairs = change.subjects.flatMap((subject) =>
    change.tags.map((tag) => ({ ...subject, tag })),
  );
  return addTagPairs(tx, tenant, pairs, { owner, at });
}

/** The same for many subjects, each with tags of its own, and a time if it has one. */
export async function addTagPairs(
  tx: Tx,
  tenant: string,
  pairs: readonly (TagSubject & { readonly tag: string; readonly at?: number })[],
  { owner, at }: { readonly owner: string; readonly at: number },
): Promise<readonly (TagSubject & { readonly tag: string })[]> {
  const added: (TagSubject & { readonly tag: string })[] = [];
  for (let from = 0; from < pairs.length; from += ROWS_PER_STATEMENT) {
    const rows = pairs.slice(from, from + ROWS_PER_STATEMENT).map(({ kind, id, tag, at: own }) => ({
      ...{ tenant, subject_kind: kind, subject_id: id, tag },
      ...{ owner, created_at: own ?? at, expires_at: null },
    }));
    const inserted = await tx
      .insertInto('tag')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['tenant', 'subject_kind', 'subject_id', 'tag']).doNothing(),
      )
      .returning(['subject_kind', 'subject_id', 'tag'])
      .execute();
    for (const row of inserted) {
      added.push({ kind: row.subject_kind, id: row.subject_id, tag: row.tag });
    }
  }
  return added;
}
