import type { ReviewerPrincipal, SystemPrincipal } from '../principal/principal.ts';

/** Who pauses, as events and the audit name them. */
export function actorOf(principal: ReviewerPrincipal | SystemPrincipal): string {
  return principal.kind === 'system' ? 'system' : `reviewer:${principal.id}`;
}
