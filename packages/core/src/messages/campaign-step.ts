import { canonicalJson } from '../compose/canonical-json.ts';
import type { OutboundContent } from './outbound-content.ts';

/** Which part of its campaign a message is: its variant and its template. */
export function campaignStep({
  variant,
  template,
}: Pick<OutboundContent, 'variant' | 'template'>): string {
  return canonicalJson([variant ?? null, template ?? null]);
}
