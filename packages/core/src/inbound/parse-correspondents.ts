import type { Address as MimeAddress } from 'postal-mime';
import { type Address, findAddress } from '../identity/address.ts';
import { cleanLine } from './untrusted-text.ts';

/** Somebody in an address field. */
export interface Correspondent {
  readonly address: Address;
  readonly name?: string;
}

const MAX_PEOPLE = 500;

/** The usable addresses of a field, groups unwrapped, without repeats; at most 500. */
export function toCorrespondents(
  field: readonly (MimeAddress | undefined)[] | undefined,
): readonly Correspondent[] {
  const people = new Map<Address, Correspondent>();
  for (const entry of (field ?? []).slice(0, MAX_PEOPLE)) {
    for (const { address: text, name } of entry?.group ?? (entry ? [entry] : [])) {
      const address = findAddress(text ?? '');
      if (address === undefined || people.has(address) || people.size === MAX_PEOPLE) continue;
      const shown = cleanLine(name, 200);
      people.set(address, { address, ...(shown === '' ? {} : { name: shown }) });
    }
  }
  return [...people.values()];
}
