import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { appendEvents } from '../events/append-event.ts';
import type { ReviewerPrincipal } from '../principal/principal.ts';
import { templateHash } from './template-hash.ts';

/** Locks a template's present text, variables and types; a change in code needs a new approval. */
export async function approveTemplate(
  ctx: Context,
  reviewer: ReviewerPrincipal,
  id: string,
): Promise<{ readonly hash: string }> {
  const template = ctx.templates.get(id);
  if (template === undefined) {
    throw new MailwardenError('TEMPLATE_UNKNOWN', {
      detail: `There are: ${[...ctx.templates.keys()].join(', ') || 'none'}.`,
    });
  }
  const hash = templateHash(template);
  const at = ctx.now();
  const row = { hash, approved_by: reviewer.id, approved_at: at };
  await ctx.storage.unit(async (tx) => {
    await tx
      .insertInto('template_approval')
      .values({ tenant: ctx.tenant, template: id, ...row })
      .onConflict((conflict) => conflict.columns(['tenant', 'template']).doUpdateSet(row))
      .execute();
    await appendEvents(tx, ctx.tenant, [
      { at, type: 'template.approved', actor: `reviewer:${reviewer.id}`, data: { template: id } },
    ]);
  });
  return { hash };
}
