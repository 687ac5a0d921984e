import type { SinkMessage } from '@mailwarden/testing';

/**
 * What a mail program does when its user clicks unsubscribe: one POST to the address in the
 * message's own List-Unsubscribe field (RFC 8058 §3.2). Resolves with the HTTP status.
 */
export async function clickUnsubscribe(message: SinkMessage): Promise<number> {
  const field = message.header('List-Unsubscribe') ?? '';
  const url = /<(https?:[^>]+)>/.exec(field)?.[1];
  if (url === undefined) throw new Error(`no https address in List-Unsubscribe: ${field}`);
  const response = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
  });
  await response.text();
  return response.status;
}
