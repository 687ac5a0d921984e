import { parseAddress } from '../identity/address.ts';
import { changePreferences } from '../preferences/change-preferences.ts';
import { isTopic, type Wish } from '../preferences/wish.ts';
import type { UnsubscribeTarget } from './find-unsubscribe-target.ts';
import { MAXIMA, PAUSES } from './preference-form.ts';
import type { PreferenceForm } from './read-choice.ts';
import type { UnsubscribeContext } from './unsubscribe-context.ts';

const DAY = 86_400_000;
/** A form that shows more is not ours. */
const MAX_TOPICS = 200;

/**
 * Stores what the recipient chose on the page, against the sender of the mail; resolves after the
 * commit and, when there is a suppression journal, after that has it too. What the form did not show, or says in words that are not ours, stays as it is.
 */
export async function savePreferences(
  ctx: UnsubscribeContext,
  target: UnsubscribeTarget,
  form: PreferenceForm,
): Promise<void> {
  const change = {
    address: parseAddress(target.recipient),
    senderIds: [target.senderId],
    actor: 'recipient',
    about: {
      mailbox: target.mailbox,
      messageId: target.messageId,
      deliveryId: target.deliveryId,
    },
  };
  await ctx.storage.unit((tx) =>
    changePreferences(tx, ctx, change, (current) => toWish(current, form, ctx.now())),
  );
  await ctx.journal?.flush();
}

function toWish(current: Wish, { shown, checked, pause, maximum }: PreferenceForm, now: number) {
  const asked = shown.filter(isTopic).slice(0, MAX_TOPICS);
  const declined = asked.filter((topic) => !checked.includes(topic));
  const others = current.declinedTopics.filter((topic) => !asked.includes(topic));
  const [count = 0, days = 0] = maximum.split('/').map(Number);
  return {
    declinedTopics: [...new Set([...others, ...declined])].sort(),
    pausedUntil: choose(pause, PAUSES, current.pausedUntil, now + Number(pause) * DAY),
    maximum: choose(maximum, MAXIMA, current.maximum, { count, days }),
  };
}

/** Empty takes the wish back; anything that the page does not offer keeps what was there. */
function choose<T>(
  text: string,
  offered: ReadonlyMap<string, string>,
  current: T | undefined,
  chosen: T,
): T | undefined {
  if (text === '') return undefined;
  return offered.has(text) ? chosen : current;
}
