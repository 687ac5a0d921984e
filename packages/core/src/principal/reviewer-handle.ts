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
import { parseAddress } from '../identity/address.ts';
import { liftSuppression } from '../suppression/lift-suppression.ts';
import { suppress } from '../suppression/suppress.ts';
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
    async suppress(address, options = {}) {
      await ctx.storage.unit((tx) =>
        suppress(tx, ctx, {
          address: parseAddress(address),
          scope: options.scope ?? 'all',
          reason: options.reason ?? 'manual',
          source: `reviewer:${id}`,
          senderId: options.senderId,
          note: options.note,
        }),
      );
    },
    async liftSuppression(address, reason) {
      await ctx.storage.unit((tx) =>
        liftSuppression(tx, ctx, { address: parseAddress(address), by: `reviewer:${id}`, reason }),
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
