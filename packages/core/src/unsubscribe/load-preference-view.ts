import { parseAddress } from '../identity/address.ts';
import { loadPreferences, toPreferenceFacts } from '../preferences/load-preferences.ts';
import { findSuppressions } from '../suppression/find-suppressions.ts';
import { suppressionApplies } from '../suppression/suppression-applies.ts';
import type { UnsubscribeTarget } from './find-unsubscribe-target.ts';
import type { PreferenceView, TopicView } from './preference-form.ts';
import type { UnsubscribeContext } from './unsubscribe-context.ts';

/**
 * What the form shows: the operator's topics, that of the mail, and what was declined before. A
 * topic that was unsubscribed from is shown as stopped.
 */
export async function loadPreferenceView(
  ctx: UnsubscribeContext,
  target: UnsubscribeTarget,
): Promise<PreferenceView> {
  const { db } = ctx.storage;
  const { senderId } = target;
  const identity = ctx.keys.identify(parseAddress(target.recipient));
  const rows = await loadPreferences(db, ctx, [identity], senderId);
  const own = identity.allCanonical.flatMap((hmac) => rows.get(hmac) ?? []);
  const { declinedTopics, pausedUntil, maxima } = toPreferenceFacts(own);
  const suppressions = (await findSuppressions(db, ctx, [identity])).get(identity.exact) ?? [];
  const isStopped = (topic: string | undefined) =>
    suppressions.some((fact) =>
      suppressionApplies(fact, { category: 'marketing', senderId, topic }),
    );
  const toView = (id: string): TopicView => {
    const stopped = isStopped(id);
    const declined = declinedTopics.includes(id);
    const title = titleOf(ctx, id);
    return { id, title, state: stopped ? 'stopped' : declined ? 'declined' : 'wanted' };
  };
  return {
    // A topic that nobody has: what stops it stops everything.
    stopped: isStopped(''),
    topics: listTopics(ctx, target, declinedTopics).map(toView),
    pausedUntil: pausedUntil === undefined || pausedUntil <= ctx.now() ? undefined : pausedUntil,
    maximum: maxima.toSorted((a, b) => a.count / a.days - b.count / b.days)[0],
  };
}

function listTopics(
  { settings }: UnsubscribeContext,
  { topic }: UnsubscribeTarget,
  declined: readonly string[],
): readonly string[] {
  const declared = Object.keys(settings.frequency.topics);
  return [...new Set([...declared, ...(topic === null ? [] : [topic]), ...declined])];
}

function titleOf({ settings }: UnsubscribeContext, topic: string): string {
  const { topics } = settings.frequency;
  return Object.hasOwn(topics, topic) ? (topics[topic] ?? topic) : topic;
}
