import type { SmtpReply } from '../transport.ts';
import type { Relay } from './relay.ts';

/** Shorter ones could be guessed. */
const MIN_LENGTH = 16;
const MAX_LENGTH = 250;

/**
 * The id that a relay gave to a message, from its answer to it. It is a Message-ID, or it has no at
 * sign, so that no Message-ID of anybody's mail is ever equal to it.
 */
export function findRelayId(relay: Relay | undefined, reply: SmtpReply): string | undefined {
  const id = relay?.reply?.exec(reply.text.trim())?.[1];
  if (id === undefined || id.length < MIN_LENGTH || id.length > MAX_LENGTH) return undefined;
  return /^[\x21-\x7e]+$/.test(id) ? id : undefined;
}
