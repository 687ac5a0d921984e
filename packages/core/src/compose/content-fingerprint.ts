import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import { maskSlots } from './slots.ts';

/**
 * SHA-256 (hex) of what a reader would call the same message: subject and text without the nonce
 * and the per-recipient links, in Unicode form C, runs of white space as one space.
 */
export function contentFingerprint(content: {
  readonly subject: string;
  /** The rendered text part, with its slots. */
  readonly text: string;
  readonly nonce: string;
}): string {
  const normal = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();
  const canonical = canonicalJson([
    normal(content.subject),
    normal(maskSlots(content.text, content.nonce)),
  ]);
  return createHash('sha256').update(canonical, 'utf8').digest('hex');
}
