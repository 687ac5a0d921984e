import { createHash } from 'node:crypto';
import { STYLE } from './style.ts';

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** The page runs no script, loads nothing, is in no frame, cache, index or referrer. */
const SECURITY_HEADERS = {
  'Content-Security-Policy':
    `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; ` +
    "base-uri 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Robots-Tag': 'noindex, nofollow',
  'X-Content-Type-Options': 'nosniff',
  'Cache-Control': 'no-store',
};

/** A page of ours. */
export function htmlResponse(
  status: number,
  html: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return respond(status, html, { ...headers, 'Content-Type': 'text/html; charset=utf-8' });
}

/** An answer that a program reads. */
export function textResponse(
  status: number,
  text: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return respond(status, `${text}\n`, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' });
}

function respond(status: number, body: string, headers: Readonly<Record<string, string>>) {
  return new Response(body, { status, headers: { ...SECURITY_HEADERS, ...headers } });
}
