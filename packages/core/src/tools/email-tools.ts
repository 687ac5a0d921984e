import { cancelEmailTool } from './definitions/cancel-email.ts';
import { checkInboxTool } from './definitions/check-inbox.ts';
import { decideEmailTool } from './definitions/decide-email.ts';
import { getThreadTool } from './definitions/get-thread.ts';
import { listPendingTool } from './definitions/list-pending.ts';
import { manageContactsTool } from './definitions/manage-contacts.ts';
import { previewEmailTool } from './definitions/preview-email.ts';
import { readEmailTool } from './definitions/read-email.ts';
import { replyEmailTool } from './definitions/reply-email.ts';
import { reviewEmailTool } from './definitions/review-email.ts';
import { sendEmailTool } from './definitions/send-email.ts';
import { suppressContactTool } from './definitions/suppress-contact.ts';
import { tagEmailTool } from './definitions/tag-email.ts';
import type { EmailTool } from './tool.ts';

/**
 * Every tool there is, in the order in which frameworks list them. Which of them a handle gives
 * says `principals`; {@link runTool} checks it again at every call.
 */
export const EMAIL_TOOLS = [
  sendEmailTool,
  replyEmailTool,
  previewEmailTool,
  cancelEmailTool,
  checkInboxTool,
  readEmailTool,
  getThreadTool,
  tagEmailTool,
  manageContactsTool,
  suppressContactTool,
  listPendingTool,
  reviewEmailTool,
  decideEmailTool,
] as const satisfies readonly EmailTool[];
