import { MailwardenError } from '../errors/mailwarden-error.ts';

/** The bytes of a request. Throws `BODY_TOO_LARGE` as soon as there are more than allowed. */
export async function readBody(request: Request, maxBytes: number): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      throw new MailwardenError('BODY_TOO_LARGE', {
        detail: `What is posted here has at most ${maxBytes} bytes.`,
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
