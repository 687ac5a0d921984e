import type { Context, Mailbox } from '../context.ts';
import { matchesPattern } from '../identity/address-pattern.ts';
import { findReturnPathToken, maskReturnPaths } from '../identity/return-path.ts';
import type { InboundMessage } from './inbound-message.ts';

/** To which mailbox a message in somebody's inbox belongs. */
export interface Addressee {
  readonly mailbox: Mailbox;
  /** Why no agent may have it: for an address that is nobody's, or nobody can tell for whom. */
  readonly unclaimed?: 'address_undeclared' | 'address_unclear';
}

/** What an address is to the login that got mail for it. */
type Owner = Mailbox | 'nobody' | 'elsewhere';

/**
 * Whose mail it is that lies in the inbox of a login with several addresses: by what its own server
 * wrote about the envelope, and only where that names no address, by To and Cc, which the sender
 * chose, if they name exactly one. What belongs to no declared mailbox stays with the login's, for
 * people: an agent that reads the one may not read the other.
 */
export function findAddressee(
  ctx: Pick<Context, 'mailboxes'>,
  login: Mailbox,
  parsed: InboundMessage,
): Addressee {
  const { envelopeRecipients, to, cc } = parsed;
  const known = envelopeRecipients.map((recipient) => ({
    ...recipient,
    owner: findOwner(ctx, login, recipient.address),
  }));
  for (const { owner } of known) {
    if (typeof owner === 'object' && owner !== login) return { mailbox: owner };
  }
  if (known.some(({ owner }) => owner === 'nobody')) return unclaimed(login, 'address_undeclared');
  // An alias stands for the login after it was expanded: then only what came first tells.
  const isToLogin = ({ address, isOriginal }: (typeof known)[number]): boolean =>
    isOriginal || findReturnPathToken(address) !== undefined;
  if (known.some(isToLogin)) return { mailbox: login };
  const named = [...to, ...cc].map(({ address }) => findOwner(ctx, login, address));
  const [owner, another] = new Set(named.filter((each) => each !== 'elsewhere'));
  if (owner === undefined || another !== undefined) return unclaimed(login, 'address_unclear');
  return owner === 'nobody' ? unclaimed(login, 'address_undeclared') : { mailbox: owner };
}

/**
 * Whose mail it is that was sent from there: by From, which only who has the password can have put
 * into the Sent folder.
 */
export function findAuthor(
  ctx: Pick<Context, 'mailboxes'>,
  login: Mailbox,
  { from }: InboundMessage,
): Addressee {
  const owner = from === undefined ? 'elsewhere' : findOwner(ctx, login, from.address);
  if (owner === 'nobody') return unclaimed(login, 'address_undeclared');
  return { mailbox: owner === 'elsewhere' ? login : owner };
}

function findOwner(ctx: Pick<Context, 'mailboxes'>, login: Mailbox, given: string): Owner {
  const address = maskReturnPaths(given).toLowerCase();
  if (address === login.address) return login;
  const { addresses = [] } = login;
  if (!addresses.some((pattern) => matchesPattern(pattern, address))) return 'elsewhere';
  return ctx.mailboxes.get(address) ?? findTagged(ctx, login, address) ?? 'nobody';
}

/** The mailbox to which `local+tag` belongs, the longest local part first; never the login's own. */
function findTagged(
  { mailboxes }: Pick<Context, 'mailboxes'>,
  login: Mailbox,
  address: string,
): Mailbox | undefined {
  const at = address.lastIndexOf('@');
  for (let plus = address.lastIndexOf('+', at); plus > 0; ) {
    const mailbox = mailboxes.get(address.slice(0, plus) + address.slice(at));
    if (mailbox?.subaddressing === true && mailbox !== login) return mailbox;
    plus = address.lastIndexOf('+', plus - 1);
  }
  return undefined;
}

function unclaimed(mailbox: Mailbox, why: NonNullable<Addressee['unclaimed']>): Addressee {
  return { mailbox, unclaimed: why };
}
