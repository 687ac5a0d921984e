import type { Context } from '../context.ts';
import { parseAddress } from '../identity/address.ts';
import { resolveMailbox } from '../operations/resolve-mailbox.ts';
import { judgeTopic } from '../policy/judge-topic.ts';
import { findSuppressions } from './find-suppressions.ts';
import { findStaleSources } from './sources/find-stale-sources.ts';
import { suppressionApplies } from './suppression-applies.ts';

/** What mail the answer is about. */
export interface CheckOptions {
  /** Asks for this mailbox's sender. @default for every sender */
  readonly mailbox?: string;
  /** Asks for marketing on this topic, one of the declared ones. @default on any */
  readonly topic?: string;
}

/** What stands against writing to somebody, as far as suppression is concerned. */
export interface SuppressionCheck {
  readonly address: string;
  /** Marketing (on the topic, or on every one) would pass suppression right now. */
  readonly marketing: boolean;
  /** Any other mail would. */
  readonly other: boolean;
  readonly suppressions: readonly {
    readonly scope: string;
    readonly reason: string;
    /** Absent: against every sender. */
    readonly senderId?: string;
    /** Epoch ms. */
    readonly since: number;
    readonly wholeDomain: boolean;
  }[];
  /** Sources that are not fresh; while there is one, marketing waits. */
  readonly staleSources: readonly string[];
}

/** Looks an address up; nothing changes. Throws `ADDRESS_INVALID`, `MAILBOX_UNKNOWN`. */
export async function checkSuppression(
  ctx: Context,
  text: string,
  { mailbox, topic }: CheckOptions = {},
): Promise<SuppressionCheck> {
  const address = parseAddress(text);
  const senderId =
    mailbox === undefined
      ? undefined
      : (resolveMailbox(ctx, { kind: 'system' }, mailbox).sender?.id ?? undefined);
  const identity = ctx.keys.identify(address);
  const found = await findSuppressions(ctx.storage.db, ctx, [identity]);
  const facts = found.get(identity.exact) ?? [];
  const staleSources = await findStaleSources(ctx.storage.db, ctx);
  const { provenTopic } = judgeTopic(ctx.settings.frequency, topic);
  const stops = (category: 'marketing' | 'conversational') =>
    facts.some((fact) => suppressionApplies(fact, { category, topic: provenTopic, senderId }));
  return {
    address,
    marketing: staleSources.length === 0 && !stops('marketing'),
    other: !stops('conversational'),
    suppressions: facts.map((fact) => ({
      scope: fact.scope,
      reason: fact.reason,
      since: fact.createdAt,
      wholeDomain: fact.wholeDomain === true,
      ...(fact.senderId === '' ? {} : { senderId: fact.senderId }),
    })),
    staleSources,
  };
}
