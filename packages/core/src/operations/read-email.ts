import type { Context } from '../context.ts';
import { getMessage } from '../messages/get-message.ts';
import { loadEmailDetails } from '../messages/load-email-details.ts';
import { markRead } from '../messages/mark-read.ts';
import { MARKDOWN_BUDGET, toEmailView } from '../messages/to-email-view.ts';
import type { ReadEmailInput } from '../principal/handles.ts';
import type { Principal } from '../principal/principal.ts';
import type { Outcome } from './outcome.ts';
import { refuseUnknown, toOffset, toText } from './parse-arguments.ts';
import type { EmailView } from './results.ts';
import { toRefusal } from './to-refusal.ts';

const ARGUMENTS: readonly (keyof ReadEmailInput)[] = ['mailbox', 'messageId', 'offset'];

/** About 3,000 tokens. */
const MAX_BODY = 12_000;

/** One message with its text; reading marks it as read by this agent, in this run. */
export async function readEmail(
  ctx: Context,
  principal: Principal,
  input: ReadEmailInput,
): Promise<Outcome<EmailView>> {
  try {
    refuseUnknown(input, ARGUMENTS, 'read_email');
    const budget = { characters: MARKDOWN_BUDGET };
    const part = { offset: toOffset(input.offset, 'offset'), length: MAX_BODY, budget };
    const { db } = ctx.storage;
    const message = await getMessage(db, ctx, principal, {
      id: toText(input.messageId, 'message_id')?.trim() ?? '',
      mailbox: toText(input.mailbox, 'mailbox'),
    });
    await markRead(ctx, principal, [message]);
    const detailsOf = await loadEmailDetails(ctx, principal, [message]);
    return { status: 'ok', ...toEmailView(message, detailsOf(message), part) };
  } catch (error) {
    return toRefusal(error);
  }
}
