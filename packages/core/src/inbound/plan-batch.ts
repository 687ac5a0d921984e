import { uuidv7 } from 'uuidv7';
import type { Context, Mailbox } from '../context.ts';
import type { Tx } from '../storage/database.ts';
import type { NewMessage } from '../storage/tables/message.ts';
import { toRelayIds } from '../transport/relays/to-relay-ids.ts';
import { toHashName } from './claim-names.ts';
import {
  type Ancestor,
  type Ancestors,
  addByReturnPath,
  findNamed,
  listReferences,
  toAncestors,
} from './find-ancestors.ts';
import type { InboundMessage } from './inbound-message.ts';
import type { IngestOptions, IngestResult } from './ingest.ts';
import { toInboundRow } from './to-inbound-row.ts';

/** A message that came, parsed. */
export interface Incoming {
  readonly bytes: Uint8Array;
  readonly parsed: InboundMessage;
  readonly options: IngestOptions;
}

/** One that is new here, and where it belongs. */
export interface Planned extends Incoming {
  readonly id: string;
  /** When it was received, epoch ms. */
  readonly at: number;
  readonly row: NewMessage;
  readonly ancestors: Ancestors;
}

/** What is to be done with messages that came together. */
export interface Plan {
  /** In the order in which they came. */
  readonly results: readonly IngestResult[];
  readonly planned: readonly Planned[];
}

/**
 * Tells what is new from what is here already, and threads it: the same bytes are stored once per
 * mailbox, our own mail that comes back is not stored again, and a message may answer one that came
 * with it. One query for all.
 */
export async function planBatch(
  tx: Tx,
  ctx: Context,
  mailbox: Mailbox,
  incoming: readonly Incoming[],
): Promise<Plan> {
  const names = incoming.flatMap(({ parsed }) => [
    toHashName(parsed),
    ...toRelayIds(parsed.internetMessageId),
    ...listReferences(parsed),
  ]);
  const named = await findNamed(tx, ctx, mailbox, names);
  const messages = incoming.map(({ parsed }) => parsed);
  await addByReturnPath(tx, ctx, mailbox, { named, messages });
  const results: IngestResult[] = [];
  const planned: Planned[] = [];
  for (const one of incoming) {
    const known = named.get(toHashName(one.parsed)) ?? findOwnCopy(named, mailbox, one.parsed);
    if (known === undefined) {
      const plan = toPlanned(ctx, mailbox, named, one);
      planned.push(plan);
      addNames(named, plan);
    }
    const messageId = known?.id ?? planned.at(-1)?.id ?? '';
    results.push({ messageId, duplicate: known !== undefined });
  }
  return { results, planned };
}

/** Our own mail that comes back, by a list or in a copy to ourselves, is here already. */
function findOwnCopy(
  named: ReadonlyMap<string, Ancestor>,
  mailbox: Mailbox,
  { from, internetMessageId }: InboundMessage,
): Ancestor | undefined {
  // Anyone who got our mail knows its Message-ID; in a stranger's mail it must not hide that mail.
  if (from?.address.toLowerCase() !== mailbox.address.toLowerCase()) return undefined;
  const [known] = toRelayIds(internetMessageId).flatMap((name) => named.get(name) ?? []);
  return known?.direction === 'outbound' ? known : undefined;
}

function toPlanned(
  ctx: Context,
  mailbox: Mailbox,
  named: ReadonlyMap<string, Ancestor>,
  one: Incoming,
): Planned {
  const id = uuidv7();
  const ancestors = toAncestors(ctx, named, one.parsed);
  const now = ctx.now();
  const { receivedAt } = one.options;
  const at = Math.min(Number.isFinite(receivedAt) ? Number(receivedAt) : now, now);
  return {
    ...one,
    id,
    at,
    ancestors,
    row: toInboundRow({ ctx, id, at, mailbox, ancestors, ...one }),
  };
}

/** What comes after it in the same batch finds it, too. */
function addNames(named: Map<string, Ancestor>, { id, parsed, row }: Planned): void {
  const { campaign = null, topic = null, variant = null } = row;
  const self = {
    id,
    threadId: row.thread_id,
    direction: 'inbound',
    campaign,
    topic,
    variant,
  } as const;
  named.set(toHashName(parsed), self);
  if (!named.has(parsed.internetMessageId)) named.set(parsed.internetMessageId, self);
}
