import type { UnsubscribeTarget } from './find-unsubscribe-target.ts';
import { recordUnsubscribe, type UnsubscribeWish } from './record-unsubscribe.ts';
import type { UnsubscribeContext } from './unsubscribe-context.ts';

/**
 * What the page and one-click do, in one unit; resolves after its commit and, when there is a
 * suppression journal, after that has it too. Asked again it changes nothing.
 */
export async function unsubscribe(
  ctx: UnsubscribeContext,
  target: UnsubscribeTarget,
  wish: UnsubscribeWish,
): Promise<void> {
  await ctx.storage.unit((tx) => recordUnsubscribe(tx, ctx, target, wish));
  await ctx.journal?.flush();
}
