import type { Context, Mailbox } from '../context.ts';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { appendEvents } from '../events/append-event.ts';
import type { Address } from '../identity/address.ts';
import { addTags, type TagSubject } from '../messages/add-tags.ts';
import type { Principal } from '../principal/principal.ts';
import type { Tx } from '../storage/database.ts';
import { suppress } from '../suppression/suppress.ts';
import { toList } from './parse-arguments.ts';
import { MAX_TAGS, parseTags } from './parse-tags.ts';

/** The one derived tag that may be added: it stops marketing to the person. */
const UNSUBSCRIBED = 'unsubscribed';

/** What a call wants to change; made by {@link parseTagChange}. */
export interface TagChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
  /** `unsubscribed` is among the tags to add. */
  readonly unsubscribe: boolean;
}

/** What did change. */
export interface TagsChanged {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Reads two lists of tags. Throws `ARGUMENT_INVALID` and `DERIVED_TAG`. */
export function parseTagChange(add: unknown, remove: unknown): TagChange {
  const wanted = toList(add, 'tags');
  const others = wanted.filter((tag) => tag.toLowerCase() !== UNSUBSCRIBED);
  const unwanted = toList(remove, 'remove_tags');
  if (wanted.length + unwanted.length > MAX_TAGS) {
    throw new MailwardenError('ARGUMENT_INVALID', {
      detail: `One call changes at most ${MAX_TAGS} tags.`,
      fields: { argument: 'tags' },
    });
  }
  return {
    add: parseTags(others),
    remove: parseTags(unwanted),
    unsubscribe: others.length < wanted.length,
  };
}

/** On what tags are changed. */
export interface TagTarget extends TagSubject {
  /** Whom `unsubscribed` is about; without it that tag is refused. */
  readonly person: Address | undefined;
  readonly mailbox: string | null;
  /** The mailbox whose sender the person no longer wants mail of; undefined: every sender. */
  readonly sender: Mailbox['sender'];
}

/**
 * Adds and removes tags. An agent removes only its own: another's tag may be what holds its mail.
 * Throws `DERIVED_TAG` when nobody is there to unsubscribe.
 */
export async function changeTags(
  tx: Tx,
  ctx: Context,
  principal: Principal,
  target: TagTarget,
  change: TagChange,
): Promise<TagsChanged> {
  const owner = toActor(principal);
  const at = ctx.now();
  const unsubscribed = change.unsubscribe && (await unsubscribe(tx, ctx, owner, target));
  const added = await addTags(tx, ctx.tenant, {
    subjects: [{ kind: target.kind, id: target.id }],
    tags: change.add,
    owner,
    at,
  });
  const removed = await removeTags(tx, ctx, principal, target, change.remove);
  if (added.length + removed.length > 0) {
    await appendEvents(tx, ctx.tenant, [
      {
        at,
        type: `${target.kind}.tagged`,
        actor: owner,
        mailbox: target.mailbox,
        messageId: target.kind === 'message' ? target.id : null,
        data: {
          ...(target.kind === 'contact' ? { contactId: target.id } : {}),
          added: added.length,
          removed: removed.length,
        },
        details: { added: added.map(({ tag }) => tag).join(' '), removed: removed.join(' ') },
        ...(target.person === undefined
          ? {}
          : { person: ctx.keys.identify(target.person).canonical }),
      },
    ]);
  }
  const names = added.map(({ tag }) => tag);
  return { added: unsubscribed ? [...names, UNSUBSCRIBED] : names, removed };
}

async function unsubscribe(
  tx: Tx,
  ctx: Context,
  source: string,
  { person, sender }: TagTarget,
): Promise<boolean> {
  if (person === undefined) {
    throw new MailwardenError('DERIVED_TAG', {
      detail: `"${UNSUBSCRIBED}" is about a person: tag the contact or a message from them.`,
    });
  }
  const { added } = await suppress(tx, ctx, {
    address: person,
    scope: 'marketing',
    senderId: sender?.id,
    reason: 'unsubscribe',
    source,
  });
  return added;
}

async function removeTags(
  tx: Tx,
  ctx: Context,
  principal: Principal,
  target: TagSubject,
  tags: readonly string[],
): Promise<readonly string[]> {
  if (tags.length === 0) return [];
  const rows = await tx
    .deleteFrom('tag')
    .where('tenant', '=', ctx.tenant)
    .where('subject_kind', '=', target.kind)
    .where('subject_id', '=', target.id)
    .where('tag', 'in', tags)
    .$if(principal.kind === 'agent', (query) =>
      query.where('owner', 'in', [toActor(principal), 'thread']),
    )
    .returning('tag')
    .execute();
  return rows.map((row) => row.tag).sort();
}

function toActor(principal: Principal): string {
  return principal.kind === 'system' ? 'system' : `${principal.kind}:${principal.id}`;
}
