import type { Context, Mailbox } from '../context.ts';
import { type Addressee, findAddressee, findAuthor } from './find-addressee.ts';
import { isQuarantining } from './is-quarantining.ts';
import type { Incoming } from './plan-batch.ts';

/** Those of the messages that came together that belong to one mailbox. */
export interface MailboxBatch {
  readonly mailbox: Mailbox;
  readonly incoming: readonly Incoming[];
  /** Where each stood among all. */
  readonly places: readonly number[];
}

/**
 * Tells apart whose mail it is that one login's inbox gave, in the order in which it came. What comes
 * another way than by an inbox is for the mailbox that it was given to.
 */
export async function splitByAddressee(
  ctx: Context,
  login: Mailbox,
  incoming: readonly Incoming[],
): Promise<readonly MailboxBatch[]> {
  const all = incoming.map((one, place) => ({ one, place, addressee: find(ctx, login, one) }));
  const batches: MailboxBatch[] = [];
  for (const [mailbox, some] of Map.groupBy(all, ({ addressee }) => addressee.mailbox)) {
    const waits = mailbox !== login && (await isQuarantining(ctx.storage.db, ctx, mailbox));
    batches.push({
      mailbox,
      incoming: some.map(({ one, addressee: { unclaimed } }) => {
        const own = mailbox === login ? one.options.quarantine : waits;
        const quarantine = own || unclaimed !== undefined;
        const options = { ...one.options, quarantine };
        return { ...one, options: unclaimed === undefined ? options : { ...options, unclaimed } };
      }),
      places: some.map(({ place }) => place),
    });
  }
  return batches;
}

function find(ctx: Context, login: Mailbox, { parsed, options }: Incoming): Addressee {
  if (login.addresses === undefined || options.folder === undefined) return { mailbox: login };
  return options.sent === true ? findAuthor(ctx, login, parsed) : findAddressee(ctx, login, parsed);
}
