import type { Context } from '../context.ts';
import { clearAuditDetails } from './clear-audit-details.ts';
import { clearEvents } from './clear-events.ts';
import { clearMessages } from './clear-messages.ts';
import { clearOptIns } from './clear-opt-ins.ts';
import { clearRawMail } from './clear-raw-mail.ts';
import { clearReservations } from './clear-reservations.ts';
import { clearServerReplies } from './clear-server-replies.ts';
import type { Retention } from './retention-options.ts';
import type { RetentionStep } from './retention-step.ts';

/** Units of one kind in one pass; the rest has time until the next. */
const UNITS = 40;

const STEPS: { readonly [K in keyof Retention]: RetentionStep } = {
  messages: clearMessages,
  rawMail: clearRawMail,
  serverReplies: clearServerReplies,
  auditDetails: clearAuditDetails,
  events: clearEvents,
  reservations: clearReservations,
  optIns: clearOptIns,
};

/**
 * Takes away what is older than the options say, in units of a few rows, between which everybody
 * else has their turn. Returns how many rows it looked at.
 */
export async function sweepRetention(
  ctx: Context,
  isCut: () => boolean = () => false,
): Promise<number> {
  let total = 0;
  for (const kind of Object.keys(STEPS) as (keyof Retention)[]) {
    const age = ctx.settings.retention[kind];
    if (age !== undefined) total += await sweepKind(ctx, STEPS[kind], ctx.now() - age, isCut);
  }
  return total;
}

async function sweepKind(
  ctx: Context,
  step: RetentionStep,
  before: number,
  isCut: () => boolean,
): Promise<number> {
  let total = 0;
  for (let unit = 0; unit < UNITS && !isCut(); unit += 1) {
    const keys = await step.find(ctx, before);
    // Looking first keeps an idle process from taking the lock.
    if (keys.length === 0) break;
    await ctx.storage.unit((tx) => step.clear(tx, ctx, keys));
    total += keys.length;
    if (keys.length < step.batch) break;
  }
  return total;
}
