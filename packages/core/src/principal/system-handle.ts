import type { Context } from '../context.ts';
import { countDeliveries } from '../deliveries/count-deliveries.ts';
import { listDeliveries } from '../deliveries/list-deliveries.ts';
import { pauseMailbox, resumeMailbox } from '../deliveries/pause-mailbox.ts';
import { checkSuppression } from '../suppression/check-suppression.ts';
import { acknowledgeRestore } from '../suppression/journal/restore-pause.ts';
import { suppressSubject } from '../suppression/suppress-subject.ts';
import { exportSuppressions } from '../suppression/transfer/export-suppressions.ts';
import { importSuppressions } from '../suppression/transfer/import-suppressions.ts';
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
    pause: (mailbox, reason) => pauseMailbox(ctx, mailbox, reason),
    resume: (mailbox) => resumeMailbox(ctx, mailbox),
    accounting: (filter) => countDeliveries(ctx, filter),
    deliveries: (filter) => listDeliveries(ctx, filter),
  };
  return bindPrincipal(handle, { kind: 'system' });
}
