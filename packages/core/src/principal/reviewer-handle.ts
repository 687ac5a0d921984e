import { decideMessage } from '../approval/decide-message.ts';
import { listRuleFeedback } from '../approval/feedback/list-rule-feedback.ts';
import { decideGroup } from '../approval/groups/decide-group.ts';
import { listGroups } from '../approval/groups/list-groups.ts';
import { showGroup } from '../approval/groups/show-group.ts';
import { listPending } from '../approval/list-pending.ts';
import { setMode } from '../approval/set-mode.ts';
import { showMessage } from '../approval/show-message.ts';
import { confirmConsent } from '../consent/confirm-consent.ts';
import { listReported } from '../consent/list-reported.ts';
import { recordRelationship } from '../consent/record-relationship.ts';
import { withdrawRelationship } from '../consent/withdraw-relationship.ts';
import { forget } from '../content/forget.ts';
import { listRemembered } from '../content/list-remembered.ts';
import type { Context } from '../context.ts';
import { listDeliveries } from '../deliveries/list-deliveries.ts';
import { listUnknown } from '../deliveries/list-unknown.ts';
import { resendUnknown } from '../deliveries/resend-unknown.ts';
import { resolveUnknown } from '../deliveries/resolve-unknown.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { ReviewerOptions } from '../mailwarden.ts';
import { readRawMessage } from '../messages/read-raw-message.ts';
import { listPauses } from '../pauses/list-pauses.ts';
import { pauseMail } from '../pauses/pause-mail.ts';
import { resumeMail } from '../pauses/resume-mail.ts';
import { decideStopRequest } from '../stop-requests/decide-stop-request.ts';
import { listStopRequests } from '../stop-requests/list-stop-requests.ts';
import { checkSuppression } from '../suppression/check-suppression.ts';
import { liftProvisional } from '../suppression/lift-provisional.ts';
import { liftSuppression } from '../suppression/lift-suppression.ts';
import { parseSubject } from '../suppression/parse-subject.ts';
import { suppressSubject } from '../suppression/suppress-subject.ts';
import { approveTemplate } from '../templates/approve-template.ts';
import { listTemplates, showTemplate } from '../templates/template-view.ts';
import { findMailboxes } from './find-mailboxes.ts';
import type { ReviewerHandle } from './handles.ts';
import type { ReviewerPrincipal } from './principal.ts';
import { bindPrincipal } from './registry.ts';

/** Makes what a person whom the application has authenticated is given. */
export function createReviewerHandle(
  ctx: Context,
  id: string,
  options: ReviewerOptions = {},
): ReviewerHandle {
  const principal = toPrincipal(ctx, id, options);
  const handle: ReviewerHandle = {
    principal,
    listPending: (input) => listPending(ctx, principal, input),
    listGroups: (input) => listGroups(ctx, principal, input),
    show: (messageId) => showMessage(ctx, principal, messageId),
    showGroup: (group, given) => showGroup(ctx, principal, group, given),
    decide: (messageId, decision, options) =>
      decideMessage(ctx, principal, messageId, decision, options),
    decideGroup: (group, decision, given) => decideGroup(ctx, principal, group, decision, given),
    listRuleFeedback: () => listRuleFeedback(ctx),
    listRemembered: () => listRemembered(ctx),
    forget: (input) => forget(ctx, principal, input),
    listTemplates: () => listTemplates(ctx),
    showTemplate: (templateId) => showTemplate(ctx, templateId),
    approveTemplate: (id, hash) => approveTemplate(ctx, principal, { id, hash }),
    setMode: (mailbox, mode, reason, until) =>
      setMode(ctx, principal, { mailbox, mode, reason, until }),
    pause: (target, reason) => pauseMail(ctx, principal, target, reason),
    resume: (target) => resumeMail(ctx, principal, target),
    pauses: () => listPauses(ctx),
    suppress: (address, options) => suppressSubject(ctx, `reviewer:${id}`, address, options),
    check: (address, options) => checkSuppression(ctx, address, options),
    async liftSuppression(address, reason) {
      const subject = parseSubject(address);
      await ctx.storage.unit((tx) =>
        liftSuppression(tx, ctx, { subject, by: `reviewer:${id}`, reason }),
      );
    },
    liftProvisional: (input) => liftProvisional(ctx, `reviewer:${id}`, input),
    stopRequests: () => listStopRequests(ctx, principal),
    decideStopRequest: (requestId, decision, reason) =>
      decideStopRequest(ctx, principal, {
        ...{ requestId, decision },
        ...(reason === undefined ? {} : { reason }),
      }),
    reportedConsents: () => listReported(ctx),
    confirmConsent: (consentId) =>
      confirmConsent(ctx, consentId, { actor: `reviewer:${id}`, person: id }),
    recordRelationship: (input) => recordRelationship(ctx, input, `reviewer:${id}`),
    withdrawRelationship: (address, senderId) =>
      withdrawRelationship(ctx, address, senderId, `reviewer:${id}`),
    listUnknown: () => listUnknown(ctx, principal),
    resendUnknown: (deliveryId, reason) => resendUnknown(ctx, principal, { deliveryId, reason }),
    resolveUnknown: (deliveryId, outcome, reason) =>
      resolveUnknown(ctx, principal, { deliveryId, outcome, reason }),
    deliveries: (messageId) =>
      listDeliveries(ctx, {
        messageId,
        ...(principal.mailboxes === undefined ? {} : { mailboxes: principal.mailboxes }),
      }),
    rawMessage: (messageId) => readRawMessage(ctx, principal, messageId),
  };
  return bindPrincipal(handle, principal, ctx.report);
}

function toPrincipal(ctx: Context, id: string, options: ReviewerOptions): ReviewerPrincipal {
  if (!/^[^\p{Cc}]{1,128}$/u.test(id)) {
    throw new MailwardenError('OPTION_INVALID', { detail: 'A reviewer needs an id.' });
  }
  const unknown = Object.keys(options).filter((name) => name !== 'mailboxes');
  if (unknown.length > 0) {
    throw new MailwardenError('OPTION_UNKNOWN', {
      detail: `reviewer() has no ${unknown.join(', ')}; it has mailboxes.`,
    });
  }
  if (options.mailboxes === undefined) return Object.freeze({ kind: 'reviewer', id });
  return Object.freeze({ kind: 'reviewer', id, mailboxes: findMailboxes(ctx, options.mailboxes) });
}
