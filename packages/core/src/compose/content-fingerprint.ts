import { hash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import { maskSlots } from './slots.ts';
import { toSingleSpaces } from './to-single-spaces.ts';

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
  const canonical = canonicalJson([
    normal(content.subject),
    normal(maskSlots(content.text, content.nonce)),
  ]);
  return hash('sha256', canonical, 'hex');
}

function normal(text: string): string {
  return toSingleSpaces(text.normalize('NFC'));
}
