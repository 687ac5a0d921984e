import type { Mailbox } from '../../context.ts';

/**
 * Whether nobody reports the bounces of a mailbox: as it declares, else by what this process has of
 * it. With an inbox they come there; without one they go nowhere. A process that neither reads nor
 * sends for it does not know, and leaves the question to the one that claims.
 */
export function isUnobserved({
  bounces,
  receiver,
  transport,
}: Pick<Mailbox, 'bounces' | 'receiver' | 'transport'>): boolean {
  if (bounces !== undefined) return bounces === 'none';
  return receiver === undefined && transport !== undefined;
}
