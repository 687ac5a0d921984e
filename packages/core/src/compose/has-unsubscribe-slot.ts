import { slot } from './slots.ts';

/** Whether both rendered parts carry the unsubscribe link of this message's own nonce. */
export function hasUnsubscribeSlot(text: string, html: string, nonce: string): boolean {
  if (nonce === '') return false;
  const marker = slot('unsubscribe', nonce);
  return text.includes(marker) && html.includes(marker);
}
