/** A file as it comes: `createReadStream(…)`, `response.body`, or its text. */
export type ImportSource =
  | AsyncIterable<Uint8Array | string>
  | Iterable<Uint8Array | string>
  | string;

/** The text of a file, chunk by chunk, without a byte order mark; what is no UTF-8 is U+FFFD. */
export async function* decodeText(source: ImportSource): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let first = true;
  for await (const chunk of typeof source === 'string' ? [source] : source) {
    const text = typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
    if (text === '') continue;
    yield first ? text.replace(/^\uFEFF/, '') : text;
    first = false;
  }
  yield decoder.decode();
}
