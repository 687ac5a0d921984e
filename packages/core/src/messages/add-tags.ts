import type { Tx } from '../storage/database.ts';

/** What is tagged. */
export interface TagSubject {
  readonly kind: 'contact' | 'message';
  readonly id: string;
}

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
  const rows = change.subjects.flatMap((subject) =>
    change.tags.map((tag) => ({
      tenant,
      subject_kind: subject.kind,
      subject_id: subject.id,
      tag,
      owner: change.owner,
      created_at: change.at,
      expires_at: null,
    })),
  );
  if (rows.length === 0) return [];
  const added = await tx
    .insertInto('tag')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['tenant', 'subject_kind', 'subject_id', 'tag']).doNothing(),
    )
    .returning(['subject_kind', 'subject_id', 'tag'])
    .execute();
  return added.map((row) => ({ kind: row.subject_kind, id: row.subject_id, tag: row.tag }));
}
