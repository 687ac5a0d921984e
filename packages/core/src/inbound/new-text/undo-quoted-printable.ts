/** Long lines broken by "=", and a letter by its number: a text in its raw form. */
const RAW = /^[^\n]{60,76}=\r?$/m;
const COMMON_CODE = /=(?:20|09|3D|C[23]|E2)/;
/** Any letter by its number. */
export const CODE = /=[\dA-F]{2}/;

/** Joins the lines of a text that was sent in its raw form. */
export function undoSoftBreaks(text: string): string {
  return COMMON_CODE.test(text) && RAW.test(text) ? text.replace(/=\r?\n/g, '') : text;
}

/** What was sent in its raw form without saying so, or quoted so, made readable (RFC 2045 §6.7). */
export function undoQuotedPrintable(text: string): string {
  if (!CODE.test(text)) return text;
  const bytes = text.replace(/=([\dA-F]{2})/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return /[\u0100-\uffff]/.test(bytes) ? text : Buffer.from(bytes, 'latin1').toString('utf8');
}
