import type { Context } from '../context.ts';
import { appendEvents } from '../events/append-event.ts';
import type { RememberInput } from '../operations/inputs.ts';
import type { ReviewerPrincipal } from '../principal/principal.ts';
import type { Tx } from '../storage/database.ts';

/** Who vouches for what, and on which occasion. */
export interface Remembering {
  readonly reviewer: ReviewerPrincipal;
  readonly messageId: string;
  readonly remembered: readonly RememberInput[];
}

/** Stores what a reviewer vouches for; a later word on the same replaces the earlier one. */
export async function remember(
  tx: Tx,
  ctx: Context,
  { reviewer, messageId, remembered }: Remembering,
): Promise<void> {
  const at = ctx.now();
  for (const { kind, value, until } of remembered) {
    const row = { until, remembered_by: reviewer.id, message_id: messageId, created_at: at };
    await tx
      .insertInto('remembered')
      .values({ tenant: ctx.tenant, kind, value, ...row })
      .onConflict((conflict) => conflict.columns(['tenant', 'kind', 'value']).doUpdateSet(row))
      .execute();
  }
  await appendEvents(
    tx,
    ctx.tenant,
    remembered.map(({ kind, value, until }) => ({
      at,
      type: 'content.remembered',
      actor: `reviewer:${reviewer.id}`,
      messageId,
      data: { kind, until },
      details: { value },
    })),
  );
}
