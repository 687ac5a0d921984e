import type { Context } from '../context.ts';
import { parseAddress } from '../identity/address.ts';
import type { Principal } from '../principal/principal.ts';
import { parseScope } from '../suppression/parse-scope.ts';
import { suppress } from '../suppression/suppress.ts';
import type { SuppressContactInput } from './inputs.ts';
import type { Outcome } from './outcome.ts';
import { refuseUnknown, toText } from './parse-arguments.ts';
import { listMailboxes, resolveMailbox } from './resolve-mailbox.ts';
import { toRefusal } from './to-refusal.ts';

/**
 * Stops mail to somebody, from now on and for what is already queued. An agent may always do this:
 * when it names no mailbox and its mailboxes have several senders, it holds against every sender.
 * `all` always does. Recorded as `manual`: only a person can lift it.
 */
export async function suppressContact(
  ctx: Context,
  principal: Principal,
  input: SuppressContactInput,
): Promise<Outcome<{ readonly address: string; readonly scope: string }>> {
  try {
    refuseUnknown(input, ['mailbox', 'address', 'scope', 'reason'], 'suppress_contact');
    const address = parseAddress(toText(input.address, 'address') ?? '');
    const scope = parseScope(toText(input.scope, 'scope')?.trim().toLowerCase() ?? 'marketing');
    const note = toText(input.reason, 'reason')?.trim();
    const sender = findSender(ctx, principal, toText(input.mailbox, 'mailbox'));
    await ctx.storage.unit((tx) =>
      suppress(tx, ctx, {
        address,
        scope,
        senderId: scope === 'all' ? undefined : sender,
        reason: 'manual',
        source: principal.kind === 'system' ? 'system' : `${principal.kind}:${principal.id}`,
        note,
      }),
    );
    // It is stored; the journal gets it with the next flush if not now.
    await ctx.journal?.flush().catch(ctx.report);
    return { status: 'ok', address, scope };
  } catch (error) {
    return toRefusal(error);
  }
}

/** The one sender that is meant; undefined for every sender. */
export function findSender(
  ctx: Context,
  principal: Principal,
  mailbox: string | undefined,
): string | undefined {
  if (mailbox !== undefined) return resolveMailbox(ctx, principal, mailbox).sender?.id;
  const senders = new Set(listMailboxes(ctx, principal).map(({ sender }) => sender?.id));
  return senders.size === 1 ? [...senders][0] : undefined;
}
