/** What stands beside the new text of a message. */
export interface RestOfText {
  /** Quoted history and what else was cut off, without the signature. */
  readonly quotedText?: string;
  /** What follows "-- " (RFC 3676 §4.3), up to quoted text. */
  readonly signature?: string;
}

const MAX_LINES = 20_000;

/** The lines of `text` that are not in `newText`, in order. */
export function restOfText(text: string, newText: string): RestOfText {
  const fresh = newText.split('\n');
  const rest: string[] = [];
  let at = 0;
  for (const raw of text.replace(/\r\n?/g, '\n').split('\n', MAX_LINES)) {
    const line = raw.trimEnd();
    while (at < fresh.length && fresh[at] === '' && line !== '') at++;
    if (at < fresh.length && line.trim() === (fresh[at] ?? '').trim()) at++;
    else rest.push(raw);
  }
  const mark = rest.findIndex((line) => line === '-- ' || line === '--');
  const quote = rest.findIndex((line) => line.startsWith('>'));
  const hasSignature = mark >= 0 && (quote < 0 || mark < quote);
  const end = hasSignature && quote > mark ? quote : rest.length;
  const signature = hasSignature
    ? rest
        .slice(mark + 1, end)
        .join('\n')
        .trim()
    : '';
  const others = hasSignature ? [...rest.slice(0, mark), ...rest.slice(end)] : rest;
  const quotedText = others.join('\n').trim();
  return {
    ...(quotedText === '' ? {} : { quotedText }),
    ...(signature === '' ? {} : { signature }),
  };
}
