import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { listMailboxAddresses } from '../messages/get-message.ts';
import { type EmailDetails, loadEmailDetails } from '../messages/load-email-details.ts';
import { markRead } from '../messages/mark-read.ts';
import { MARKDOWN_BUDGET, toEmailView } from '../messages/to-email-view.ts';
import type { GetThreadInput } from '../principal/handles.ts';
import type { Principal } from '../principal/principal.ts';
import type { Message } from '../storage/tables/message.ts';
import type { Outcome } from './outcome.ts';
import { refuseUnknown, toText } from './parse-arguments.ts';
import type { EmailView, ThreadView } from './results.ts';
import { toRefusal } from './to-refusal.ts';

const ARGUMENTS: readonly (keyof GetThreadInput)[] = ['mailbox', 'threadId'];

/** Of a longer thread the newest are shown. */
const MAX_MESSAGES = 30;
/** Characters for all bodies together; each message gets its share, and at least this many. */
const MAX_TEXT = 12_000;
const MIN_SHARE = 300;
const MAX_PARTICIPANTS = 50;

/** A conversation, oldest message first, bodies cut. The agent has then read what it was shown. */
export async function getThread(
  ctx: Context,
  principal: Principal,
  input: GetThreadInput,
): Promise<Outcome<ThreadView>> {
  try {
    refuseUnknown(input, ARGUMENTS, 'get_thread');
    const threadId = toText(input.threadId, 'thread_id')?.trim() ?? '';
    const addresses = listMailboxAddresses(ctx, principal, toText(input.mailbox, 'mailbox'));
    const messages = await listThread(ctx, principal, addresses, threadId);
    const [first] = messages;
    if (first === undefined) {
      throw new MailwardenError('THREAD_NOT_FOUND', {
        fields: { threadId: threadId.slice(0, 80) },
      });
    }
    await markRead(ctx, principal, messages);
    const detailsOf = await loadEmailDetails(ctx, principal, messages);
    const share = Math.max(MIN_SHARE, Math.floor(MAX_TEXT / messages.length));
    return {
      status: 'ok',
      threadId,
      subject: first.subject,
      participants: toParticipants(messages),
      emails: toViews(messages, detailsOf, share),
    };
  } catch (error) {
    return toRefusal(error);
  }
}

/** The newest first has of what may be read of HTML. */
function toViews(
  messages: readonly Message[],
  detailsOf: (message: Message) => EmailDetails,
  length: number,
): readonly EmailView[] {
  const budget = { characters: MARKDOWN_BUDGET };
  return messages
    .toReversed()
    .map((message) => toEmailView(message, detailsOf(message), { length, budget }))
    .toReversed();
}

async function listThread(
  ctx: Context,
  principal: Principal,
  addresses: readonly string[],
  threadId: string,
): Promise<readonly Message[]> {
  const newest = await ctx.storage.db
    .selectFrom('message')
    .selectAll()
    .where('tenant', '=', ctx.tenant)
    .where('thread_id', '=', threadId)
    .where('mailbox', 'in', addresses)
    .$if(principal.kind === 'agent', (query) => query.where('quarantined', '=', 0))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MAX_MESSAGES)
    .execute();
  return newest.toReversed();
}

function toParticipants(messages: readonly Message[]): readonly string[] {
  const people = messages.flatMap((message) => [
    message.from_address,
    ...(JSON.parse(message.to_addresses) as string[]),
    ...(JSON.parse(message.cc_addresses) as string[]),
  ]);
  return [...new Set(people.filter((address) => address !== ''))].slice(0, MAX_PARTICIPANTS);
}
