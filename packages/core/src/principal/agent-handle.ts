import { listPending } from '../approval/list-pending.ts';
import { reportConsent } from '../consent/report-consent.ts';
import type { Context } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { AgentOptions } from '../mailwarden.ts';
import { cancelEmail } from '../operations/cancel-email.ts';
import { checkInbox } from '../operations/check-inbox.ts';
import { getThread } from '../operations/get-thread.ts';
import { manageContacts } from '../operations/manage-contacts.ts';
import type { Outcome } from '../operations/outcome.ts';
import { previewEmail } from '../operations/preview-email.ts';
import { readAttachment } from '../operations/read-attachment.ts';
import { readEmail } from '../operations/read-email.ts';
import { replyEmail } from '../operations/reply-email.ts';
import type { PendingPage } from '../operations/results.ts';
import { sendEmail } from '../operations/send-email.ts';
import { sendMany } from '../operations/send-many.ts';
import { suppressContact } from '../operations/suppress-contact.ts';
import { tagEmail } from '../operations/tag-email.ts';
import { toRefusal } from '../operations/to-refusal.ts';
import { limitContact } from '../preferences/limit-contact.ts';
import { findMailboxes } from './find-mailboxes.ts';
import type { AgentHandle } from './handles.ts';
import type { AgentPrincipal } from './principal.ts';
import { bindPrincipal } from './registry.ts';

/** Makes what an agent is given: nothing on it approves, lifts or loosens (P3). */
export function createAgentHandle(ctx: Context, id: string, options: AgentOptions): AgentHandle {
  const principal = toPrincipal(ctx, id, options);
  const handle: AgentHandle = {
    principal,
    send: (input, call) => sendEmail(ctx, principal, input, call),
    sendMany: (inputs) => sendMany(ctx, principal, inputs),
    reply: (input, call) => replyEmail(ctx, principal, input, call),
    preview: (input) => previewEmail(ctx, principal, input),
    cancel: (input) => cancelEmail(ctx, principal, input),
    checkInbox: (input = {}) => checkInbox(ctx, principal, input),
    readEmail: (input) => readEmail(ctx, principal, input),
    readAttachment: (input) => readAttachment(ctx, principal, input),
    getThread: (input) => getThread(ctx, principal, input),
    tag: (input) => tagEmail(ctx, principal, input),
    contacts: (input = {}) => manageContacts(ctx, principal, input),
    suppress: (input) => suppressContact(ctx, principal, input),
    limitContact: (input) => limitContact(ctx, principal, input),
    reportConsent: (input) => reportConsent(ctx, principal, input),
    async listPending(input): Promise<Outcome<PendingPage>> {
      try {
        return { status: 'ok', ...(await listPending(ctx, principal, input)) };
      } catch (error) {
        return toRefusal(error);
      }
    },
  };
  return bindPrincipal(handle, principal, ctx.report);
}

const OPTIONS: readonly string[] = [
  'mailboxes',
  'run',
  'onBehalfOf',
] satisfies (keyof AgentOptions)[];

function toPrincipal(ctx: Context, id: string, options: AgentOptions): AgentPrincipal {
  if (!/^[^\p{Cc}]{1,128}$/u.test(id)) {
    throw new MailwardenError('OPTION_INVALID', { detail: 'An agent needs an id.' });
  }
  const unknown = Object.keys(options).filter((name) => !OPTIONS.includes(name));
  if (unknown.length > 0) {
    throw new MailwardenError('OPTION_UNKNOWN', {
      detail: `agent() has no ${unknown.join(', ')}; it has ${OPTIONS.join(', ')}.`,
    });
  }
  return Object.freeze({
    kind: 'agent',
    id,
    mailboxes: findMailboxes(ctx, options.mailboxes),
    ...(options.run === undefined ? {} : { run: options.run }),
    ...(options.onBehalfOf === undefined ? {} : { onBehalfOf: options.onBehalfOf }),
  });
}
