import { eraseAuditDetails } from '../audit/erase-audit-details.ts';
import { exportAudit } from '../audit/export-audit.ts';
import { sealAudit } from '../audit/seal-audit.ts';
import { confirmConsent } from '../consent/confirm-consent.ts';
import { consentAt } from '../consent/consent-at.ts';
import { listReported } from '../consent/list-reported.ts';
import { requestOptIn } from '../consent/opt-in/request-opt-in.ts';
import { recordConsent } from '../consent/record-consent.ts';
import { recordRelationship } from '../consent/record-relationship.ts';
import { withdrawConsent } from '../consent/withdraw-consent.ts';
import { withdrawRelationship } from '../consent/withdraw-relationship.ts';
import { importContacts } from '../contacts/import/import-contacts.ts';
import { setContactFacts } from '../contacts/set-contact-facts.ts';
import type { Context } from '../context.ts';
import { countDeliveries } from '../deliveries/count-deliveries.ts';
import { listDeliveries } from '../deliveries/list-deliveries.ts';
import { pauseMailbox, resumeMailbox } from '../deliveries/pause-mailbox.ts';
import { getPreferences, setPreferences } from '../preferences/set-preferences.ts';
import { erasePerson } from '../rights/erase-person.ts';
import { exportPerson } from '../rights/export/export-person.ts';
import { recordSendingFacts } from '../sending/record-sending-facts.ts';
import { simulate } from '../simulation/simulate.ts';
import { checkSuppression } from '../suppression/check-suppression.ts';
import { acknowledgeRestore } from '../suppression/journal/restore-pause.ts';
import { suppressSubject } from '../suppression/suppress-subject.ts';
import { exportSuppressions } from '../suppression/transfer/export-suppressions.ts';
import { importSuppressions } from '../suppression/transfer/import-suppressions.ts';
import { answerFactTask } from '../tasks/answer-fact-task.ts';
import { listFactTasks } from '../tasks/list-fact-tasks.ts';
import type { SystemHandle } from './handles.ts';
import { bindPrincipal } from './registry.ts';

/** Makes what the application itself uses. */
export function createSystemHandle(ctx: Context): SystemHandle {
  const handle: SystemHandle = {
    suppress: (address, options) => suppressSubject(ctx, 'system', address, options),
    check: (address, options) => checkSuppression(ctx, address, options),
    importSuppressions: (source, options) => importSuppressions(ctx, source, options),
    exportSuppressions: () => exportSuppressions(ctx),
    acknowledgeRestore: () => acknowledgeRestore(ctx),
    importContacts: (source, options) => importContacts(ctx, source, options),
    setContact: (address, facts) => setContactFacts(ctx, address, facts),
    setPreferences: (address, wishes) => setPreferences(ctx, address, wishes),
    preferences: (address, senderId) => getPreferences(ctx, address, senderId),
    recordConsent: (address, consent) => recordConsent(ctx, { address, consent, by: 'system' }),
    requestOptIn: (address, request) => requestOptIn(ctx, address, request),
    withdrawConsent: (address, withdrawal = {}) =>
      withdrawConsent(ctx, address, withdrawal, 'system'),
    recordRelationship: (input) => recordRelationship(ctx, input, 'system'),
    withdrawRelationship: (address, senderId) =>
      withdrawRelationship(ctx, address, senderId, 'system'),
    consentAt: (question, at = ctx.now()) => consentAt(ctx, question, at),
    reportedConsents: () => listReported(ctx),
    confirmConsent: (consentId) => confirmConsent(ctx, consentId, { actor: 'system' }),
    tasks: () => listFactTasks(ctx),
    answerTask: (taskId, answer) => answerFactTask(ctx, taskId, answer),
    recordSendingFacts: (facts) => recordSendingFacts(ctx, facts),
    pause: (mailbox, reason) => pauseMailbox(ctx, mailbox, reason),
    resume: (mailbox) => resumeMailbox(ctx, mailbox),
    seal: () => sealAudit(ctx),
    exportAudit: () => exportAudit(ctx),
    eraseAuditDetails: (address) => eraseAuditDetails(ctx, address),
    simulate: (policy, options) => simulate(ctx, policy, options),
    exportPerson: (address) => exportPerson(ctx, address),
    erasePerson: (address, options) => erasePerson(ctx, address, options),
    accounting: (filter) => countDeliveries(ctx, filter),
    deliveries: (filter) => listDeliveries(ctx, filter),
  };
  return bindPrincipal(handle, { kind: 'system' });
}
