import type { Context } from '../context.ts';
import type { Address } from '../identity/address.ts';
import type { Db } from '../storage/database.ts';
import type { Category } from './modes.ts';

/** Whose marketing is asked about. */
export interface StopQuestion {
  readonly category: Category;
  readonly senderId: string | undefined;
}

/** When each recipient wrote something that nobody has read yet and that may ask to stop, epoch ms. */
export async function loadStopRequests(
  db: Db,
  ctx: Pick<Context, 'tenant' | 'keys'>,
  { category, senderId }: StopQuestion,
  addresses: readonly Address[],
): Promise<readonly (number | undefined)[]> {
  if (category !== 'marketing' || addresses.length === 0) return [];
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
