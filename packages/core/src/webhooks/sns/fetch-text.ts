import { MailwardenError } from '../../errors/mailwarden-error.ts';

const TIMEOUT = 5_000;

/** GETs a small text; follows no redirect. Throws `WEBHOOK_UNAVAILABLE`. */
export async function fetchText(
  fetcher: typeof fetch,
  url: string,
  maxBytes: number,
): Promise<string> {
  try {
    const response = await fetcher(url, {
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT),
    });
    if (!response.ok) throw new TypeError(`The answer is ${response.status}.`);
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength;
      if (size > maxBytes) throw new TypeError('The answer is too long.');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString();
  } catch (cause) {
    throw new MailwardenError('WEBHOOK_UNAVAILABLE', { cause });
  }
}
