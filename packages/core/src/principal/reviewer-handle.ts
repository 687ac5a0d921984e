import { decideMessage } from '../approval/decide-message.ts';
import { listPending } from '../approval/list-pending.ts';
import { setMode } from '../approval/set-mode.ts';
import { showMessage } from '../approval/show-message.ts';
import { confirmConsent } from '../consent/confirm-consent.ts';
import { listReported } from '../consent/list-reported.ts';
import type { Context } from '../context.ts';
import { listDeliveries } from '../deliveries/list-deliveries.ts';
import { resolveUnknown } from '../deliveries/resolve-unknown.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { checkSuppression } from '../suppression/check-suppression.ts';
import { liftSuppression } from '../suppression/lift-suppression.ts';
import { parseSubject } from '../suppression/parse-subject.ts';
import { suppressSubject } from '../suppression/suppress-subject.ts';
import { approveTemplate } from '../templates/approve-template.ts';
import type { ReviewerHandle } from './handles.ts';
import type { ReviewerPrincipal } from './principal.ts';
import { bindPrincipal } from './registry.ts';

/** Makes what a person whom the application has authenticated is given. */
export function createReviewerHandle(ctx: Context, id: string): ReviewerHandle {
  if (!/^[^\p{Cc}]{1,128}$/u.test(id)) {
    throw new MailwardenError('OPTION_INVALID', { detail: 'A reviewer needs an id.' });
  }
  const principal: ReviewerPrincipal = Object.freeze({ kind: 'reviewer', id });
  const handle: ReviewerHandle = {
    principal,
    listPending: (input) => listPending(ctx, principal, input),
    show: (messageId) => showMessage(ctx, messageId),
    decide: (messageId, decision, options) =>
      decideMessage(ctx, principal, messageId, decision, options),
    approveTemplate: (templateId) => approveTemplate(ctx, principal, templateId),
    setMode: (mailbox, mode, reason, until) =>
      setMode(ctx, principal, { mailbox, mode, reason, until }),
    suppress: (address, options) => suppressSubject(ctx, `reviewer:${id}`, address, options),
    check: (address, options) => checkSuppression(ctx, address, options),
    async liftSuppression(address, reason) {
      const subject = parseSubject(address);
      await ctx.storage.unit((tx) =>
        liftSuppression(tx, ctx, { subject, by: `reviewer:${id}`, reason }),
      );
    },
    reportedConsents: () => listReported(ctx),
    confirmConsent: (consentId) =>
      confirmConsent(ctx, consentId, { actor: `reviewer:${id}`, person: id }),
    resolveUnknown: (deliveryId, outcome, reason) =>
      resolveUnknown(ctx, principal, { deliveryId, outcome, reason }),
    deliveries: (messageId) => listDeliveries(ctx, { messageId }),
  };
  return bindPrincipal(handle, principal, ctx.report);
}
