import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { appendEvents } from '../events/append-event.ts';
import type { ReviewerPrincipal } from '../principal/principal.ts';
import { templateHash } from './template-hash.ts';
import { findTemplate } from './template-view.ts';

/**
 * Locks the text, variables and types of a template that a person was shown, by their hash (P4); a
 * change in code needs a new approval. Throws `TEMPLATE_UNKNOWN`, and `TEMPLATE_CHANGED` when this
 * process has another text.
 */
export async function approveTemplate(
  ctx: Context,
  reviewer: ReviewerPrincipal,
  { id, hash }: { readonly id: string; readonly hash: string },
): Promise<{ readonly hash: string }> {
  if (templateHash(findTemplate(ctx, id)) !== hash) {
    throw new MailwardenError('TEMPLATE_CHANGED', { fields: { template: id } });
  }
  const at = ctx.now();
  const row = { hash, approved_by: reviewer.id, approved_at: at };
  await ctx.storage.unit(async (tx) => {
    await tx
      .insertInto('template_approval')
      .values({ tenant: ctx.tenant, template: id, ...row })
      .onConflict((conflict) => conflict.columns(['tenant', 'template']).doUpdateSet(row))
      .execute();
    const data = { template: id, hash };
    await appendEvents(tx, ctx.tenant, [
      { at, type: 'template.approved', actor: `reviewer:${reviewer.id}`, data },
    ]);
  });
  return { hash };
}
