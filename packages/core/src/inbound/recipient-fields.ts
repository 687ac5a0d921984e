import { type Address, findAddress } from '../identity/address.ts';
import type { HeaderField } from './authentication.ts';

/** For whom the server of the mailbox took a message, as it wrote above it. */
export interface EnvelopeRecipient {
  readonly address: Address;
  /** It is what the envelope said; else it may be what an alias stands for. */
  readonly isOriginal: boolean;
}

/** What servers write about the envelope's recipient; all but Delivered-To before they expand aliases. */
const RECIPIENT_FIELDS: ReadonlySet<string> = new Set([
  ...['delivered-to', 'x-delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to'],
]);
/** Hand-over within one house, on the way into a mail store (RFC 2033 §1, RFC 3848, RFC 6531). */
const LOCAL_HOP = /\sby\s+\S+\s+with\s+(?:utf8)?lmtps?a?(?:[\s;]|$)/i;
/** RFC 5321 §4.4: the For clause, which servers give for mail with one recipient. */
const FOR = /\sfor\s+<?([^<>\s;]{3,254})/i;
/** What a stranger's HELO name and return path can be: they are to hide nothing that follows. */
const QUOTED = /"(?:\\.|[^"\\])*(?:"|$)/gs;
const COMMENT = /\([^()]*\)/g;
const MAX_RECEIVED = 2_000;
const MAX_DELIVERED_TO = 10;

/** Where servers on the way say that it went, topmost first; anybody can have written the lower ones. */
export function readDeliveredTo(fields: readonly HeaderField[]): readonly Address[] {
  const found = fields.filter(({ key }) => RECIPIENT_FIELDS.has(key)).flatMap(toAddress);
  return [...new Set(found)].slice(0, MAX_DELIVERED_TO);
}

/**
 * For whom the server of the mailbox took it, topmost first. Each server writes its lines above what
 * it was given, and Received among them (RFC 5321 §4.4): so everything down to the first Received of
 * a server that took mail over SMTP was written in the house, and nothing below it counts.
 */
export function readEnvelopeRecipients(
  fields: readonly HeaderField[],
): readonly EnvelopeRecipient[] {
  const found: EnvelopeRecipient[] = [];
  for (const field of fields) {
    if (RECIPIENT_FIELDS.has(field.key)) {
      const isOriginal = field.key !== 'delivered-to';
      found.push(...toAddress(field).map((address) => ({ address, isOriginal })));
    }
    if (field.key !== 'received') continue;
    const clauses = readClauses(field);
    const named = findAddress(FOR.exec(clauses)?.[1] ?? '');
    if (named !== undefined) found.push({ address: named, isOriginal: true });
    if (!LOCAL_HOP.test(clauses)) break;
  }
  return found.slice(0, MAX_DELIVERED_TO);
}

function toAddress({ value }: HeaderField): readonly Address[] {
  // Anchored at both ends: looked for at the end alone, a run of brackets takes time by its square.
  const [, named = ''] = /^[<\s]*([^<>\s]{1,254})[>\s]*$/.exec(value) ?? [];
  return [findAddress(named) ?? []].flat();
}

/** What a Received field says outside of comments and quoted strings. */
function readClauses({ value }: HeaderField): string {
  const bare = value.slice(0, MAX_RECEIVED).replace(QUOTED, '');
  return bare
    .replace(COMMENT, '')
    .replace(COMMENT, '')
    .replace(/[()].*$/s, '');
}
