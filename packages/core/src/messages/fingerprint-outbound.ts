import { hash } from 'node:crypto';
import { contentFingerprint } from '../compose/content-fingerprint.ts';
import type { OutboundContent } from './outbound-content.ts';

/** What a reader would call the same message: subject, text and attachments. */
export function fingerprintOutbound(content: OutboundContent): string {
  const text = contentFingerprint(content);
  if (content.attachments.length === 0) return text;
  const parts = [text, ...content.attachments.map((attachment) => attachment.sha256)];
  return hash('sha256', parts.join(' '), 'hex');
}
