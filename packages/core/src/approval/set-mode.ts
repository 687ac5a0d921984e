import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { appendEvents } from '../events/append-event.ts';
import { toInstant, toText } from '../operations/parse-arguments.ts';
import { resolveMailbox } from '../operations/resolve-mailbox.ts';
import {
  isOversightMode,
  OVERSIGHT_MODES,
  type OversightMode,
  strictestMode,
} from '../policy/modes.ts';
import type { ReviewerPrincipal } from '../principal/principal.ts';

export interface ModeChange {
  readonly mailbox: string;
  readonly mode: OversightMode;
  readonly reason: string;
  /** Epoch ms; afterwards the mode is what the code says. */
  readonly until: number | undefined;
}

/** Sets a mailbox's current mode, up to the ceiling that the code sets; recorded with who and why. */
export async function setMode(
  ctx: Context,
  reviewer: ReviewerPrincipal,
  change: ModeChange,
): Promise<void> {
  const mailbox = resolveMailbox(ctx, reviewer, toText(change.mailbox, 'mailbox'));
  const { mode } = change;
  const reason = toText(change.reason, 'reason');
  const until = toInstant(change.until, 'until');
  if (!isOversightMode(mode)) {
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: `mode has to be one of ${OVERSIGHT_MODES.join(', ')}.`,
      fields: { argument: 'mode' },
    });
  }
  if (mode === 'monitored' && !ctx.hasListener) {
    throw new MailwardenError('MONITOR_LISTENER_REQUIRED');
  }
  if (reason === undefined) throw new MailwardenError('REASON_REQUIRED');
  const limits =
    mailbox.ceiling === undefined ? Object.values(mailbox.oversight) : [mailbox.ceiling];
  if (limits.every((limit) => strictestMode(mode, limit) !== mode)) {
    throw new MailwardenError('MODE_ABOVE_CEILING', {
      detail: `${mode} is looser than ${limits.join(', ')}.`,
    });
  }
  const at = ctx.now();
  const actor = `reviewer:${reviewer.id}`;
  await ctx.storage.unit(async (tx) => {
    await tx
      .updateTable('mailbox')
      .set({ mode, mode_by: actor, mode_reason: reason, mode_until: until ?? null, updated_at: at })
      .where('tenant', '=', ctx.tenant)
      .where('address', '=', mailbox.address)
      .execute();
    await appendEvents(tx, ctx.tenant, [
      {
        at,
        type: 'mailbox.mode',
        actor,
        mailbox: mailbox.address,
        data: { mode },
        details: { reason },
      },
    ]);
  });
}
