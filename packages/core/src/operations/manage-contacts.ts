import { type ContactFilter, toContactQuery } from '../contacts/contact-query.ts';
import { findContact } from '../contacts/find-contact.ts';
import { loadContactStanding } from '../contacts/load-contact-standing.ts';
import { toContactView } from '../contacts/to-contact-view.ts';
import type { Context, Mailbox } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { type Address, parseAddress } from '../identity/address.ts';
import { cleanLine } from '../inbound/untrusted-text.ts';
import type { Principal } from '../principal/principal.ts';
import type { Contact } from '../storage/tables/people.ts';
import { changeTags, parseTagChange, type TagChange, type TagsChanged } from './change-tags.ts';
import { toTagNames } from './inbox-filter.ts';
import type { ManageContactsInput } from './inputs.ts';
import type { Outcome } from './outcome.ts';
import { readCursor, toLimit } from './page.ts';
import { refuseUnknown, toText } from './parse-arguments.ts';
import { resolveMailbox } from './resolve-mailbox.ts';
import type { ContactPage, ContactView } from './results.ts';
import { toRefusal } from './to-refusal.ts';

const ARGUMENTS: readonly (keyof ManageContactsInput)[] = [
  'mailbox',
  'query',
  'tags',
  'excludeTags',
  'address',
  'name',
  'addTags',
  'removeTags',
  'limit',
  'cursor',
];

/**
 * Finds contacts, newest first, each with its tags and whether marketing from this mailbox would
 * pass suppression and consent. With `address` it adds, names or tags that contact; that records no consent.
 */
export async function manageContacts(
  ctx: Context,
  principal: Principal,
  input: ManageContactsInput,
): Promise<Outcome<ContactPage>> {
  try {
    refuseUnknown(input, ARGUMENTS, 'manage_contacts');
    const mailbox = resolveMailbox(ctx, principal, toText(input.mailbox, 'mailbox'));
    const change = parseTagChange(input.addTags, input.removeTags);
    const name = toText(input.name, 'name');
    const address = toText(input.address, 'address');
    const writes = change.add.length + change.remove.length > 0 || change.unsubscribe;
    if (address === undefined && (writes || name !== undefined)) {
      throw new MailwardenError('ARGUMENT_INVALID', {
        detail: 'address has to say whose name or tags to change.',
        fields: { argument: 'address' },
      });
    }
    const page =
      address === undefined
        ? await search(ctx, mailbox, input)
        : await write(ctx, principal, mailbox, { address: parseAddress(address), name, change });
    return { status: 'ok', ...page };
  } catch (error) {
    return toRefusal(error);
  }
}

async function search(
  ctx: Context,
  mailbox: Mailbox,
  input: ManageContactsInput,
): Promise<ContactPage> {
  const { db } = ctx.storage;
  const limit = toLimit(input.limit);
  const after = readCursor(ctx, input.cursor);
  const matching = toContactQuery(db, ctx, toFilter(mailbox, input));
  const { count } = await matching
    .select((eb) => eb.fn.countAll().as('count'))
    .executeTakeFirstOrThrow();
  const rows = await matching
    .selectAll('contact')
    // Ids grow with time.
    .$if(after !== undefined, (query) => query.where('contact.id', '<', after ?? ''))
    .orderBy('contact.id', 'desc')
    .limit(limit + 1)
    .execute();
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    total: Number(count),
    contacts: await toViews(ctx, mailbox, shown),
    ...(last === undefined ? {} : { cursor: ctx.keys.createToken('cursor', last.id) }),
  };
}

/** `tag:NAME` narrows to a tag, `-tag:NAME` excludes one; the rest is part of an address or name. */
function toFilter(mailbox: Mailbox, input: ManageContactsInput): ContactFilter {
  const words = toText(input.query, 'query')?.trim().split(/\s+/) ?? [];
  const named = (prefix: string): readonly string[] =>
    words
      .filter((word) => word.toLowerCase().startsWith(prefix))
      .map((word) => word.slice(prefix.length).toLowerCase());
  const text = words.filter((word) => !/^-?tag:/i.test(word)).join(' ');
  return {
    text: text === '' ? undefined : text,
    tags: [...toTagNames(input.tags, 'tags'), ...named('tag:')],
    excludeTags: [...toTagNames(input.excludeTags, 'exclude_tags'), ...named('-tag:')],
    senderId: mailbox.sender?.id,
  };
}

interface Write {
  readonly address: Address;
  readonly name: string | undefined;
  readonly change: TagChange;
}

async function write(
  ctx: Context,
  principal: Principal,
  mailbox: Mailbox,
  { address, name, change }: Write,
): Promise<ContactPage> {
  const { sender } = mailbox;
  const written = await ctx.storage.unit(async (tx) => {
    const contact = await findContact(tx, ctx, address);
    if (contact === undefined) throw new MailwardenError('CONTACT_NOT_FOUND');
    const shown = name === undefined ? contact.name : cleanLine(name, 200);
    if (shown !== contact.name) {
      await tx
        .updateTable('contact')
        .set({ name: shown, updated_at: ctx.now() })
        .where('tenant', '=', ctx.tenant)
        .where('id', '=', contact.id)
        .execute();
    }
    const target = { kind: 'contact' as const, id: contact.id, mailbox: null, sender };
    const changed: TagsChanged = await changeTags(
      tx,
      ctx,
      principal,
      { ...target, person: address },
      change,
    );
    return { contact: { ...contact, name: shown }, changed };
  });
  const contacts = await toViews(ctx, mailbox, [written.contact]);
  return { total: 1, contacts, ...written.changed };
}

async function toViews(
  ctx: Context,
  mailbox: Mailbox,
  contacts: readonly Contact[],
): Promise<readonly ContactView[]> {
  const standings = await loadContactStanding(ctx.storage.db, ctx, mailbox, contacts);
  return standings.map((standing) => toContactView(ctx, standing));
}
