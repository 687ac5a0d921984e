import { suppressionApplies } from '../suppression/suppression-applies.ts';
import type { RecipientFacts, SendFacts } from './facts.ts';

/** Whether somebody wants no marketing, whatever the message in hand is called. */
export function refusedMarketing(
  { content, mailbox }: SendFacts,
  { audience, suppressions }: RecipientFacts,
): boolean {
  if (audience.withdrawnAt !== undefined) return true;
  const mail = {
    category: 'marketing' as const,
    topic: content.provenTopic,
    senderId: mailbox.sender?.id,
  };
  return suppressions.some((fact) => suppressionApplies(fact, mail));
}
