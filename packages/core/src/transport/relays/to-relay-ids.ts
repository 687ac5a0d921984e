import { RELAYS } from './relays.ts';

/**
 * Under what mail with that Message-ID may be known here: under it, and where a relay makes it from
 * the id of its answer, under that.
 */
export function toRelayIds(internetMessageId: string): readonly string[] {
  const at = internetMessageId.lastIndexOf('@');
  const domain = internetMessageId.slice(at + 1);
  const isRelays = RELAYS.some((relay) => relay.domain?.test(domain) ?? false);
  return isRelays && at > 0
    ? [internetMessageId, internetMessageId.slice(0, at)]
    : [internetMessageId];
}
