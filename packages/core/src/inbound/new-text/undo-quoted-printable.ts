/** What was sent in its raw form without saying so, or quoted so, made readable (RFC 2045 §6.7). */
export function undoQuotedPrintable(text: string): string {
  if (!/=[\dA-F]{2}/.test(text)) return text;
  const bytes = text.replace(/=([\dA-F]{2})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return /[\u0100-\uffff]/.test(bytes) ? text : Buffer.from(bytes, 'latin1').toString('utf8');
}
