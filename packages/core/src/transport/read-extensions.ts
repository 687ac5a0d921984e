/** Keyword in upper case to its parameters, from the answer to EHLO (RFC 5321 §4.1.1.1). */
export function readExtensions(reply: string): ReadonlyMap<string, string> {
  const [, ...lines] = reply.split(/\r?\n/);
  return new Map(
    lines.map((line) => {
      const [keyword = '', ...parameters] = line.slice(4).trim().split(/\s+/);
      return [keyword.toUpperCase(), parameters.join(' ')] as const;
    }),
  );
}
