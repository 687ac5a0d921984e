import type { Mailwarden } from '@mailwarden/core';
import type { Printer } from './printer.ts';

/** A function that prints the deliveries that changed since it was called last. */
export function createReport(warden: Mailwarden, print: Printer): () => Promise<void> {
  const known = new Map<string, string>();
  return async () => {
    for (const delivery of await warden.system().deliveries()) {
      const { id, state, recipient, subject, code, reason } = delivery;
      if (known.get(id) === state) continue;
      known.set(id, state);
      const plain = state === 'sent' || state === 'queued';
      print.message({
        state,
        recipient,
        subject,
        ...(plain ? {} : { why: `${code}: ${reason}` }),
      });
    }
  };
}
