import { createHash } from 'node:crypto';
import type { Decision } from '../policy/finding.ts';
import type { Message } from '../storage/tables/message.ts';

/**
 * Names what a reviewer is looking at: the revision and its open findings. A decision that carries
 * it counts for exactly that; whatever came up since makes it a `REVISION_CONFLICT` (P4).
 */
export function reviewToken(message: Pick<Message, 'revision' | 'digest' | 'decision'>): string {
  const findings =
    message.decision === null ? [] : (JSON.parse(message.decision) as Decision).findings;
  const open = findings
    .filter((finding) => !finding.shadow && !finding.discharged)
    .map((finding) => finding.evidenceHash);
  const seen = [message.revision, message.digest ?? '', ...open.toSorted()].join(' ');
  return createHash('sha256').update(seen).digest('hex').slice(0, 16);
}
