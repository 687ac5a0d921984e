import type { Context } from '../../context.ts';
import { addTagPairs } from '../../messages/add-tags.ts';
import type { Tx } from '../../storage/database.ts';

/** Adds each contact's tags; the ids of those that got a new one. */
export async function addRowTags(
  tx: Tx,
  ctx: Pick<Context, 'tenant' | 'now'>,
  contacts: readonly { readonly id: string; readonly tags: readonly string[] }[],
  owner: string,
): Promise<ReadonlySet<string>> {
  const pairs = contacts.flatMap(({ id, tags }) =>
    tags.map((tag) => ({ kind: 'contact' as const, id, tag })),
  );
  const added = await addTagPairs(tx, ctx.tenant, pairs, { owner, at: ctx.now() });
  return new Set(added.map(({ id }) => id));
}
