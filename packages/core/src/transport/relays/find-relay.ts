import type { Relay, RelayName } from './relay.ts';
import { RELAYS } from './relays.ts';

/** The relay behind a host; `undefined` for a server that is none of them. */
export function findRelayByHost(host: string): Relay | undefined {
  return RELAYS.find(({ hosts }) => hosts.test(host));
}

/** The relay of that name. */
export function findRelay(name: RelayName): Relay | undefined {
  return RELAYS.find((relay) => relay.name === name);
}
