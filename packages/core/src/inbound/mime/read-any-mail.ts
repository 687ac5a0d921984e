import PostalMime, { type PostalMimeOptions } from 'postal-mime';
import type { ReadMail } from './read-common-mail.ts';

/** What is needed of a node of the library's tree, which is not a part of its types. */
interface Node {
  readonly content?: object | null;
  readonly contentType?: { readonly parsed?: { readonly params?: { readonly charset?: unknown } } };
  readonly childNodes?: readonly Node[];
}

/**
 * Reads a message of any form with the library, and of each attached part the character set that it
 * names, which the library keeps to itself. Throws what the library throws beyond the limits.
 */
export async function readAnyMail(
  bytes: Uint8Array,
  limits: PostalMimeOptions = {},
): Promise<ReadMail> {
  const parser = new PostalMime(limits);
  const email = await parser.parse(bytes);
  const charsets = new Map<object, string>();
  collectCharsets(Reflect.get(parser, 'root') as Node | undefined, charsets);
  return {
    ...email,
    attachments: email.attachments.map((part) => {
      const charset = typeof part.content === 'string' ? undefined : charsets.get(part.content);
      return charset === undefined ? part : { ...part, charset };
    }),
  };
}

/** By the bytes of the part: calendars are given as other ones, in UTF-8. */
function collectCharsets(node: Node | undefined, charsets: Map<object, string>): void {
  const charset = node?.contentType?.parsed?.params?.charset;
  if (node?.content && typeof charset === 'string' && charset !== '') {
    charsets.set(node.content, charset);
  }
  for (const child of node?.childNodes ?? []) collectCharsets(child, charsets);
}
