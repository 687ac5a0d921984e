import { findContact } from '../contacts/find-contact.ts';
import { loadContactTags } from '../contacts/load-contact-tags.ts';
import type { Context, Mailbox } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { type Address, findAddress } from '../identity/address.ts';
import { getMessage } from '../messages/get-message.ts';
import { loadMessageDetails } from '../messages/load-message-details.ts';
import type { Principal } from '../principal/principal.ts';
import type { Tx } from '../storage/database.ts';
import { changeTags, parseTagChange, type TagChange } from './change-tags.ts';
import type { TagEmailInput } from './inputs.ts';
import type { Outcome } from './outcome.ts';
import { refuseUnknown, toText } from './parse-arguments.ts';
import { listMailboxes, resolveMailbox } from './resolve-mailbox.ts';
import type { TagResult } from './results.ts';
import { toRefusal } from './to-refusal.ts';

const ARGUMENTS: readonly (keyof TagEmailInput)[] = [
  'mailbox',
  'messageId',
  'contactId',
  'tags',
  'removeTags',
];

/**
 * Labels a message or a contact. `added` names only what was not there before, so that of two
 * callers who add the same tag at once exactly one sees it; that one has the work.
 */
export async function tagEmail(
  ctx: Context,
  principal: Principal,
  input: TagEmailInput,
): Promise<Outcome<TagResult>> {
  try {
    refuseUnknown(input, ARGUMENTS, 'tag_email');
    const call: Call = {
      mailbox: toText(input.mailbox, 'mailbox'),
      messageId: toText(input.messageId, 'message_id')?.trim(),
      contactId: toText(input.contactId, 'contact_id')?.trim(),
      change: parseTagChange(input.tags, input.removeTags),
    };
    const { add, remove, unsubscribe } = call.change;
    if (add.length + remove.length === 0 && !unsubscribe) throw invalid('tags or remove_tags');
    if ((call.messageId === undefined) === (call.contactId === undefined)) {
      throw invalid('either message_id or contact_id');
    }
    const result = await ctx.storage.unit((tx) =>
      call.messageId === undefined
        ? tagContact(tx, ctx, principal, call)
        : tagMessage(tx, ctx, principal, { ...call, messageId: call.messageId }),
    );
    return { status: 'ok', ...result };
  } catch (error) {
    return toRefusal(error);
  }
}

interface Call {
  readonly mailbox: string | undefined;
  readonly messageId: string | undefined;
  readonly contactId: string | undefined;
  readonly change: TagChange;
}

async function tagMessage(
  tx: Tx,
  ctx: Context,
  principal: Principal,
  { messageId, mailbox, change }: Call & { readonly messageId: string },
): Promise<TagResult> {
  const message = await getMessage(tx, ctx, principal, { id: messageId, mailbox });
  const outbound = message.direction === 'outbound';
  if (outbound && principal.kind === 'agent' && change.remove.length > 0) {
    // The tags of what goes out were part of the decision about it (P3).
    throw new MailwardenError('NOT_PERMITTED', {
      detail: 'Tags of a message that you sent stay; add another one instead.',
    });
  }
  const target = {
    kind: 'message' as const,
    id: message.id,
    mailbox: message.mailbox,
    person: outbound ? undefined : findAddress(message.from_address),
    sender: ctx.mailboxes.get(message.mailbox)?.sender,
  };
  const changed = await changeTags(tx, ctx, principal, target, change);
  const detailsOf = await loadMessageDetails(tx, ctx, principal, [message]);
  return { ...changed, tags: detailsOf(message).tags };
}

async function tagContact(
  tx: Tx,
  ctx: Context,
  principal: Principal,
  { contactId = '', mailbox, change }: Call,
): Promise<TagResult> {
  const sender = findSender(ctx, principal, mailbox);
  const contact = await findContact(tx, ctx, contactId);
  if (contact === undefined) {
    throw new MailwardenError('CONTACT_NOT_FOUND', {
      fields: { contactId: contactId.slice(0, 80) },
    });
  }
  const person = contact.address as Address;
  const target = { kind: 'contact' as const, id: contact.id, mailbox: null, person, sender };
  const changed = await changeTags(tx, ctx, principal, target, change);
  const tagsOf = await loadContactTags(tx, ctx, [contact], sender?.id);
  return { ...changed, tags: tagsOf(contact) };
}

/** The sender that the person no longer wants mail of; undefined, for every one, when it is unclear. */
function findSender(
  ctx: Context,
  principal: Principal,
  mailbox: string | undefined,
): Mailbox['sender'] {
  if (mailbox !== undefined) return resolveMailbox(ctx, principal, mailbox).sender;
  const [first, ...rest] = listMailboxes(ctx, principal);
  return rest.every(({ sender }) => sender?.id === first?.sender?.id) ? first?.sender : undefined;
}

function invalid(expected: string): MailwardenError {
  return new MailwardenError('ARGUMENT_INVALID', { detail: `tag_email needs ${expected}.` });
}
