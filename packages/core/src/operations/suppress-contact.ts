import type { Context, Mailbox } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { findAddress, parseAddress } from '../identity/address.ts';
import type { Principal } from '../principal/principal.ts';
import { parseScope } from '../suppression/parse-scope.ts';
import { suppress } from '../suppression/suppress.ts';
import type { SuppressContactInput } from './inputs.ts';
import type { Outcome } from './outcome.ts';
import { toRefusal } from './to-refusal.ts';

/**
 * Stops mail to somebody, from now and for what is already queued. An agent may always do this:
 * when the mailbox is missing and its mailboxes have several senders, it holds against every one.
 * `all` always holds against every sender. Only a person can lift it.
 */
export async function suppressContact(
  ctx: Context,
  principal: Principal,
  input: SuppressContactInput,
): Promise<Outcome<{ readonly address: string; readonly scope: string }>> {
  try {
    const address = parseAddress(input.address);
    const scope = parseScope(input.scope?.trim() || 'marketing');
    const senderId = scope === 'all' ? '' : resolveSender(ctx, principal, input.mailbox);
    await ctx.storage.unit((tx) =>
      suppress(tx, ctx, {
        address,
        scope,
        senderId,
        reason: 'manual',
        source: principal.kind === 'system' ? 'system' : `${principal.kind}:${principal.id}`,
        note: input.reason?.trim() || undefined,
      }),
    );
    return { status: 'ok', address, scope };
  } catch (error) {
    return toRefusal(error);
  }
}

/** The one sender that is meant; empty for every sender. */
function resolveSender(ctx: Context, principal: Principal, mailbox: string | undefined): string {
  const own = listMailboxes(ctx, principal);
  if (!mailbox) {
    const senders = new Set(own.map(({ sender }) => sender?.id ?? ''));
    const [only = ''] = senders;
    return senders.size === 1 ? only : '';
  }
  const meant = own.find(({ address }) => address === findAddress(mailbox));
  if (meant !== undefined) return meant.sender?.id ?? '';
  throw new MailwardenError('MAILBOX_UNKNOWN', {
    detail: `${JSON.stringify(mailbox.slice(0, 80))} is not one of: ${own.map(({ address }) => address).join(', ')}.`,
  });
}

function listMailboxes(ctx: Context, principal: Principal): readonly Mailbox[] {
  const all = [...ctx.mailboxes.values()];
  if (principal.kind !== 'agent') return all;
  return all.filter(({ address }) => principal.mailboxes.includes(address));
}
