import { MailwardenError } from '../errors/mailwarden-error.ts';

/**
 * Gives an OAuth 2.0 access token (RFC 6750) that is valid now. Asked before every log-in, so that
 * it may renew one; keep it in memory until shortly before it runs out.
 */
export type AccessTokenSource = () => string | Promise<string>;

/**
 * Asks for a token, for at most `timeout` ms. Throws `ACCESS_TOKEN_UNAVAILABLE` when none comes, or
 * one that cannot be sent (RFC 6750 §2.1).
 */
export async function getAccessToken(source: AccessTokenSource, timeout: number): Promise<string> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new MailwardenError('ACCESS_TOKEN_UNAVAILABLE')), timeout);
  try {
    const token: unknown = await Promise.race([source(), late]);
    if (typeof token === 'string' && TOKEN.test(token)) return token;
  } catch (cause) {
    throw new MailwardenError('ACCESS_TOKEN_UNAVAILABLE', { cause });
  } finally {
    clearTimeout(timer);
  }
  throw new MailwardenError('ACCESS_TOKEN_UNAVAILABLE', {
    detail: 'The callback gave nothing that is a token.',
  });
}

const TOKEN = /^[\x21-\x7e]{1,8192}$/;
