/**
 * Where one recipient unsubscribes: `{publicUrl}/u/{token}`, served by `warden.handler` (RFC 8058).
 */
export function unsubscribeUrl(publicUrl: string, token: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/u/${token}`;
}
