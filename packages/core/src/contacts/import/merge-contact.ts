import type { Contact } from '../../storage/tables/people.ts';
import type { ParsedContact } from './parse-contact-row.ts';

/**
 * A stored contact with what a row says about it, or the contact itself when the row says nothing
 * new. Facts and attributes of the row replace those that are there; source and provenance stay
 * with whoever brought the contact first, and only the same source corrects its own.
 */
export function mergeContact(known: Contact, { patch, attributes }: ParsedContact): Contact {
  const { source, provenance, ...facts } = patch;
  const own = known.source === null || known.source === source;
  // What the application said of where an address came from is not undone by a list.
  const ownsProvenance = known.source === null ? known.provenance === null : own;
  const before = JSON.parse(known.attributes) as object;
  const added = Object.entries(attributes).some(
    ([name, value]) => !Object.hasOwn(before, name) || before[name as never] !== value,
  );
  const merged: Contact = {
    ...known,
    ...facts,
    ...(own && source !== undefined ? { source } : {}),
    ...(ownsProvenance && provenance !== undefined ? { provenance } : {}),
    ...(added ? { attributes: JSON.stringify({ ...before, ...attributes }) } : {}),
  };
  const same = (Object.keys(merged) as (keyof Contact)[]).every(
    (key) => merged[key] === known[key],
  );
  return same ? known : merged;
}
