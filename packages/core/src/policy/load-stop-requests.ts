import type { Context } from '../context.ts';
import type { Address } from '../identity/address.ts';
import type { Db } from '../storage/database.ts';

/**
 * When each recipient wrote something that nobody has read yet and that may ask `senderId` to stop,
 * epoch ms. Asked for every category: mail that is called something else may still be marketing.
 */
export async function loadStopRequests(
  db: Db,
  ctx: Pick<Context, 'tenant' | 'keys'>,
  senderId: string | undefined,
  addresses: readonly Address[],
): Promise<readonly (number | undefined)[]> {
  if (addresses.length === 0) return [];
  const people = addresses.map((address) => ctx.keys.identify(address).allCanonical);
  const rows = await db
    .selectFrom('stop_request')
    .select(['canonical', 'sender_id', 'asked_at'])
    .where('tenant', '=', ctx.tenant)
    .where('canonical', 'in', people.flat())
    .where('decided_at', 'is', null)
    .execute();
  // Without a sender on one side or the other it is about everybody's mail.
  const applying = rows.filter(
    ({ sender_id }) => senderId === undefined || sender_id === '' || sender_id === senderId,
  );
  return people.map((canonicals) => {
    const times = applying.filter(({ canonical }) => canonicals.includes(canonical));
    return times.length === 0 ? undefined : Math.min(...times.map(({ asked_at }) => asked_at));
  });
}
