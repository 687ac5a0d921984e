import { upsertContacts } from '../../contacts/upsert-contacts.ts';
import type { Context } from '../../context.ts';
import { appendEvents, type NewEvent } from '../../events/append-event.ts';
import { toDecisionData } from '../../events/to-decision-data.ts';
import { addTagPairs } from '../../messages/add-tags.ts';
import { recipientsOf } from '../../messages/recipients-of.ts';
import { reserveRequested } from '../../policy/reserve.ts';
import type { Tx } from '../../storage/database.ts';
import type { NewDelivery } from '../../storage/tables/delivery.ts';
import { openFactTask } from '../../tasks/open-fact-task.ts';
import type { SendResult } from '../outcome.ts';
import type { DecidedSubmission } from './decided-submission.ts';
import { toDeliveryRows } from './to-delivery-rows.ts';
import { toMessageRow } from './to-message-row.ts';
import { toSendResult } from './to-send-result.ts';

/** A decided message and the rows of its recipients. */
interface Stored {
  readonly decided: DecidedSubmission;
  readonly deliveries: readonly NewDelivery[];
  /** Of the task that was opened for it. */
  readonly opened: readonly NewEvent[];
}

/**
 * Writes messages, their deliveries, tags, budgets and events, with as many statements as for one of
 * them; the caller's transaction commits.
 */
export async function recordMessages(
  tx: Tx,
  ctx: Context,
  all: readonly DecidedSubmission[],
): Promise<readonly SendResult[]> {
  const stored: Stored[] = [];
  for (const decided of all) {
    const opened: NewEvent[] = [];
    const factTask = await openFactTask(tx, ctx, decided.decision, (event) => {
      opened.push(event);
    });
    stored.push({ decided, deliveries: toDeliveryRows(ctx, decided, factTask), opened });
  }
  await insertRows(tx, ctx, stored);
  await tagAll(tx, ctx, stored);
  await reserveRequested(tx, ctx, stored.flatMap(toPlaces));
  await appendEvents(
    tx,
    ctx.tenant,
    stored.flatMap((each) => [...each.opened, ...toEvents(ctx, each)]),
  );
  return stored.map(({ decided, deliveries }) =>
    toSendResult(decided, deliveries[0]?.due_at ?? ctx.now()),
  );
}

async function insertRows(tx: Tx, ctx: Context, stored: readonly Stored[]): Promise<void> {
  await tx
    .insertInto('message')
    .values(stored.map(({ decided }) => toMessageRow(ctx, decided)))
    .execute();
  await tx
    .insertInto('delivery')
    .values(stored.flatMap(({ deliveries }) => deliveries))
    .execute();
  await tx
    .insertInto('message_id_alias')
    .values(
      stored.map(({ decided: { content } }) => ({
        tenant: ctx.tenant,
        mailbox: content.mailbox,
        internet_message_id: content.internetMessageId,
        message_id: content.id,
      })),
    )
    .execute();
}

async function tagAll(tx: Tx, ctx: Context, stored: readonly Stored[]): Promise<void> {
  const people = stored.flatMap(({ decided }) => recipientsOf(decided.content));
  const contacts = await upsertContacts(
    tx,
    ctx,
    people.map((address) => ({ address })),
  );
  const at = ctx.now();
  for (const [owner, own] of Map.groupBy(stored, ({ decided }) => toActor(decided))) {
    const pairs = own.flatMap(({ decided: { content, draft } }) => {
      const known = recipientsOf(content).flatMap((address) => contacts.get(address) ?? []);
      return draft.tags.flatMap((tag) => [
        { kind: 'message' as const, id: content.id, tag },
        ...known.map((id) => ({ kind: 'contact' as const, id, tag })),
      ]);
    });
    await addTagPairs(tx, ctx.tenant, pairs, { owner, at });
  }
}

function toActor({ principal }: DecidedSubmission): string {
  return `agent:${principal.id}`;
}

function toPlaces({ decided, deliveries }: Stored) {
  const { decision, draft, facts, principal } = decided;
  if (decision.effect === 'block') return [];
  return [{ principal, mailbox: draft.mailbox, facts, deliveries }];
}

function toEvents(ctx: Context, { decided, deliveries }: Stored): readonly NewEvent[] {
  const { content, decision, principal } = decided;
  const data = toDecisionData(decision);
  const campaign = content.campaign === undefined ? {} : { campaign: content.campaign };
  return deliveries.map((row) => ({
    at: ctx.now(),
    type: `delivery.${row.state}`,
    actor: toActor(decided),
    mailbox: content.mailbox,
    messageId: content.id,
    deliveryId: row.id,
    data: { code: row.reason_code, category: row.category, ...campaign, ...data },
    details: toDetails(row.recipient, principal),
    person: row.recipient_canonical,
  }));
}

/** For the audit: whom it went to, and on whose behalf. */
function toDetails(
  recipient: string,
  { onBehalfOf, run }: DecidedSubmission['principal'],
): Readonly<Record<string, string>> {
  return {
    recipient,
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    ...(run === undefined ? {} : { run }),
  };
}
