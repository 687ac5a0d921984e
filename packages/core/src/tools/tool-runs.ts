import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { AgentHandle, ReviewerHandle } from '../principal/handles.ts';
import { runCancelEmail } from './definitions/cancel-email.ts';
import { runCheckInbox } from './definitions/check-inbox.ts';
import { runDecideEmail } from './definitions/decide-email.ts';
import { runGetThread } from './definitions/get-thread.ts';
import { runListPending } from './definitions/list-pending.ts';
import { runManageContacts } from './definitions/manage-contacts.ts';
import { runPreviewEmail } from './definitions/preview-email.ts';
import { runReadEmail } from './definitions/read-email.ts';
import { runReplyEmail } from './definitions/reply-email.ts';
import { runReviewEmail } from './definitions/review-email.ts';
import { runSendEmail } from './definitions/send-email.ts';
import { runSuppressContact } from './definitions/suppress-contact.ts';
import { runTagEmail } from './definitions/tag-email.ts';
import type { ToolCall, ToolResult } from './tool.ts';
import type { AgentToolName, ReviewerToolName, ToolInput, ToolName } from './tool-input.ts';

type HandleOf<Name extends ToolName> =
  | (Name extends AgentToolName ? AgentHandle : never)
  | (Name extends ReviewerToolName ? ReviewerHandle : never);

const RUNS: {
  readonly [Name in ToolName]: (
    handle: HandleOf<Name>,
    args: ToolInput<Name>,
    call: ToolCall,
  ) => Promise<ToolResult>;
} = {
  send_email: runSendEmail,
  reply_email: runReplyEmail,
  preview_email: runPreviewEmail,
  cancel_email: runCancelEmail,
  check_inbox: runCheckInbox,
  read_email: runReadEmail,
  get_thread: runGetThread,
  tag_email: runTagEmail,
  manage_contacts: runManageContacts,
  suppress_contact: runSuppressContact,
  list_pending: runListPending,
  review_email: runReviewEmail,
  decide_email: runDecideEmail,
};

/** How a checked call is carried out. */
export type ToolRun = (
  handle: AgentHandle | ReviewerHandle,
  args: Readonly<Record<string, unknown>>,
  call: ToolCall,
) => Promise<ToolResult>;

const BY_NAME: ReadonlyMap<string, unknown> = new Map(Object.entries(RUNS));

/**
 * What carries out a tool. The caller has checked that the handle's principal may run it and that
 * the arguments fit its schema; that is what makes the types true.
 */
export function findToolRun(name: string): ToolRun {
  const run = BY_NAME.get(name);
  if (run === undefined) throw new MailwardenError('TOOL_UNKNOWN');
  return run as ToolRun;
}
