import type { Context } from '../context.ts';
import { parseAddress } from '../identity/address.ts';
import { refuseUnknown, toInstant } from '../operations/parse-arguments.ts';
import type { PreferenceFacts } from '../policy/facts.ts';
import { changePreferences } from './change-preferences.ts';
import { loadPreferences, toPreferenceFacts } from './load-preferences.ts';
import { toSenders } from './to-senders.ts';
import { type Maximum, parseMaximum, parseTopics, type Wish } from './wish.ts';

/** How much marketing a person wants. What is left out stays; `null` takes a wish back. */
export interface PreferencesInput {
  /** The sender that it is about. @default each that a mailbox has now */
  readonly senderId?: string;
  /** Topic id to whether they want it. */
  readonly topics?: Readonly<Record<string, boolean>>;
  /** No marketing before: ISO 8601 with offset, or epoch ms. */
  readonly pauseUntil?: string | number | null;
  readonly maximum?: Maximum | null;
}

/** What a person asked for. */
export type PreferencesView = PreferenceFacts;

/**
 * Records what the application knows of a person's wishes; resolves when the suppression journal, if
 * there is one, has what they refuse. Throws `ARGUMENT_INVALID`.
 */
export async function setPreferences(
  ctx: Context,
  text: string,
  input: PreferencesInput,
): Promise<PreferencesView> {
  refuseUnknown(input, ['senderId', 'topics', 'pauseUntil', 'maximum'], 'setPreferences');
  const address = parseAddress(text);
  const senderIds = toSenders(ctx, input.senderId);
  const change = toChange(ctx, input);
  await ctx.storage.unit((tx) =>
    changePreferences(tx, ctx, { address, senderIds, actor: 'system' }, change),
  );
  await ctx.journal?.flush();
  ctx.wake();
  return getPreferences(ctx, text, input.senderId);
}

/** What a person asked one sender for, or all of them together. */
export async function getPreferences(
  ctx: Context,
  text: string,
  senderId?: string,
): Promise<PreferencesView> {
  const identity = ctx.keys.identify(parseAddress(text));
  const rows = await loadPreferences(ctx.storage.db, ctx, [identity], senderId);
  return toPreferenceFacts(identity.allCanonical.flatMap((hmac) => rows.get(hmac) ?? []));
}

function toChange(
  ctx: Context,
  { topics = {}, pauseUntil, maximum }: PreferencesInput,
): (current: Wish) => Wish {
  const known = Object.entries(topics);
  const wanted = parseTopics(known.filter(([, yes]) => yes).map(([topic]) => topic));
  const declined = parseTopics(known.filter(([, yes]) => !yes).map(([topic]) => topic));
  const until = toInstant(pauseUntil ?? undefined, 'pause_until');
  const most = maximum == null ? undefined : parseMaximum(ctx, maximum);
  return (current) => ({
    declinedTopics: [...new Set([...current.declinedTopics, ...declined])]
      .filter((topic) => !wanted.includes(topic))
      .sort(),
    pausedUntil: pauseUntil === undefined ? current.pausedUntil : until,
    maximum: maximum === undefined ? current.maximum : most,
  });
}
