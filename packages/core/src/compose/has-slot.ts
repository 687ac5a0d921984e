import { type SlotName, slot } from './slots.ts';

/** Whether both rendered parts carry this link, under the message's own nonce. */
export function hasSlot(
  name: SlotName,
  { text, html, nonce }: { readonly text: string; readonly html: string; readonly nonce: string },
): boolean {
  if (nonce === '') return false;
  const marker = slot(name, nonce);
  return text.includes(marker) && html.includes(marker);
}
