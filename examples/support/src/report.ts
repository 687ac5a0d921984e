import type { DeliveryView, Mailwarden } from '@mailwarden/core';
import type { Printer } from './printer.ts';

/** A function that prints the deliveries that changed since it was called last. */
export function createReport(warden: Mailwarden, print: Printer): () => Promise<void> {
  const known = new Map<string, string>();
  return async () => {
    const deliveries = await warden.system().deliveries();
    const changed = deliveries.filter(({ id, state }) => known.get(id) !== state);
    for (const [at, { id, state, recipient, subject, ...delivery }] of changed.entries()) {
      known.set(id, state);
      print.message({ state, recipient, subject });
      const next = changed[at + 1];
      const why = whyOf({ ...delivery, state });
      // What holds for several in a row is said once, below the last of them.
      if (why !== undefined && (next === undefined || whyOf(next) !== why)) print.why(why);
    }
  };
}

/** The sentence's second half is advice to the model. */
function whyOf({ state, code, reason }: Pick<DeliveryView, 'state' | 'code' | 'reason'>) {
  if (state === 'sent' || state === 'queued') return undefined;
  return `${code}: ${reason.split(';')[0]}`;
}
