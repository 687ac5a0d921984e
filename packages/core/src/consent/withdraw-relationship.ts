import type { Context } from '../context.ts';
import { RELATIONSHIP_PURPOSE } from './relationship.ts';
import { withdrawConsent } from './withdraw-consent.ts';

/** Ends every relationship with a person; mail that waits on it is held at its claim. */
export async function withdrawRelationship(
  ctx: Context,
  address: string,
  senderId: string | undefined,
  by: string,
): Promise<void> {
  const from = senderId === undefined ? {} : { senderId };
  await withdrawConsent(ctx, address, { purpose: RELATIONSHIP_PURPOSE, ...from }, by);
}
