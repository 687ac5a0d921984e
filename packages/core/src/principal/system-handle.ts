import { eraseAuditDetails } from '../audit/erase-audit-details.ts';
import { exportAudit } from '../audit/export-audit.ts';
import { sealAudit } from '../audit/seal-audit.ts';
import type { Context } from '../context.ts';
import { countDeliveries } from '../deliveries/count-deliveries.ts';
import { listDeliveries } from '../deliveries/list-deliveries.ts';
import { pauseMailbox, resumeMailbox } from '../deliveries/pause-mailbox.ts';
import { parseAddress } from '../identity/address.ts';
import { suppress } from '../suppression/suppress.ts';
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
    pause: (mailbox, reason) => pauseMailbox(ctx, mailbox, reason),
    resume: (mailbox) => resumeMailbox(ctx, mailbox),
    seal: () => sealAudit(ctx),
    exportAudit: () => exportAudit(ctx),
    eraseAuditDetails: (address) => eraseAuditDetails(ctx, address),
    accounting: (filter) => countDeliveries(ctx, filter),
    deliveries: (filter) => listDeliveries(ctx, filter),
  };
  return bindPrincipal(handle, { kind: 'system' });
}
