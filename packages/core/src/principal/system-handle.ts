import { confirmConsent } from '../consent/confirm-consent.ts';
import { consentAt } from '../consent/consent-at.ts';
import { listReported } from '../consent/list-reported.ts';
import { recordConsent } from '../consent/record-consent.ts';
import { withdrawConsent } from '../consent/withdraw-consent.ts';
import { setContactFacts } from '../contacts/set-contact-facts.ts';
import type { Context } from '../context.ts';
import { countDeliveries } from '../deliveries/count-deliveries.ts';
import { listDeliveries } from '../deliveries/list-deliveries.ts';
import { pauseMailbox, resumeMailbox } from '../deliveries/pause-mailbox.ts';
import { parseAddress } from '../identity/address.ts';
import { suppress } from '../suppression/suppress.ts';
import { answerFactTask } from '../tasks/answer-fact-task.ts';
import { listFactTasks } from '../tasks/list-fact-tasks.ts';
import type { SystemHandle } from './handles.ts';
import { bindPrincipal } from './registry.ts';

/** Makes what the application itself uses. */
export function createSystemHandle(ctx: Context): SystemHandle {
  const handle: SystemHandle = {
    async suppress(address, options = {}) {
      await ctx.storage.unit((tx) =>
        suppress(tx, ctx, {
          address: parseAddress(address),
          scope: options.scope ?? 'all',
          reason: options.reason ?? 'manual',
          source: 'system',
          senderId: options.senderId,
          note: options.note,
        }),
      );
    },
    setContact: (address, facts) => setContactFacts(ctx, address, facts),
    recordConsent: (address, consent) => recordConsent(ctx, { address, consent, by: 'system' }),
    withdrawConsent: (address, withdrawal = {}) =>
      withdrawConsent(ctx, address, withdrawal, 'system'),
    consentAt: (question, at = ctx.now()) => consentAt(ctx, question, at),
    reportedConsents: () => listReported(ctx),
    confirmConsent: (consentId) => confirmConsent(ctx, consentId, { actor: 'system' }),
    tasks: () => listFactTasks(ctx),
    answerTask: (taskId, answer) => answerFactTask(ctx, taskId, answer),
    pause: (mailbox, reason) => pauseMailbox(ctx, mailbox, reason),
    resume: (mailbox) => resumeMailbox(ctx, mailbox),
    accounting: (filter) => countDeliveries(ctx, filter),
    deliveries: (filter) => listDeliveries(ctx, filter),
  };
  return bindPrincipal(handle, { kind: 'system' });
}
