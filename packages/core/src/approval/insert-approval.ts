import { uuidv7 } from 'uuidv7';
import type { Context } from '../context.ts';
import type { Discharge } from '../policy/decide.ts';
import type { ReviewerPrincipal } from '../principal/principal.ts';
import type { Tx } from '../storage/database.ts';
import type { Message } from '../storage/tables/message.ts';

/** Who decided what about which revision. */
export interface NewApproval {
  readonly message: Message;
  readonly decision: 'approve' | 'reject';
  readonly reason: string | undefined;
  readonly reviewer: ReviewerPrincipal;
  readonly discharges: readonly Discharge[];
  /** It queued the message in this same transaction. */
  readonly consumed: boolean;
}

/** Records a decision, bound to the revision and its digest. */
export async function insertApproval(tx: Tx, ctx: Context, approval: NewApproval): Promise<void> {
  const at = ctx.now();
  await tx
    .insertInto('approval')
    .values({
      tenant: ctx.tenant,
      id: uuidv7(),
      message_id: approval.message.id,
      revision: approval.message.revision,
      digest: approval.message.digest ?? '',
      decision: approval.decision,
      reason: approval.reason ?? null,
      decided_by: approval.reviewer.id,
      decided_at: at,
      expires_at: at + ctx.settings.reviewExpiry,
      consumed_at: approval.consumed ? at : null,
      discharges: JSON.stringify(approval.discharges),
    })
    .execute();
}
