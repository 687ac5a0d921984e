import type { ImapFlowError } from 'imapflow/lib/errors.js';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { ResolvedImapOptions } from './imap-options.ts';

/** Where it happened, and what is not to be repeated. */
export interface InboxFault {
  readonly options: Pick<ResolvedImapOptions, 'host' | 'port'>;
  readonly secrets: readonly string[];
  readonly folder?: string;
}

/**
 * Says in one sentence what an IMAP server or the way to it did wrong. The library's own error is
 * not kept: it carries the command that was sent, and that may hold the password.
 */
export function toInboxError(
  error: unknown,
  { options, secrets, folder }: InboxFault,
): MailwardenError {
  if (error instanceof MailwardenError) return error;
  const fault: Partial<ImapFlowError> = error instanceof Error ? error : {};
  const server = `${options.host}:${options.port}`;
  const said = clean(fault.responseText ?? '', secrets);
  const saying = said === '' ? '' : ` It said: ${said}`;
  const code = fault.serverResponseCode ?? fault.code ?? fault.responseStatus ?? 'UNKNOWN';
  const fields = { server, reason: clean(code, secrets), ...(folder ? { folder } : {}) };
  return new MailwardenError('INBOX_UNAVAILABLE', { detail: `${describe()}${saying}`, fields });

  function describe(): string {
    if (fault.authenticationFailed === true) return `${server} refused the login.`;
    if (fault.mailboxMissing === true) return `${server} has no folder ${JSON.stringify(folder)}.`;
    if (fault.tlsFailed === true) return `${server} offered no TLS that can be trusted.`;
    const where = folder === undefined ? '' : ` in folder ${JSON.stringify(folder)}`;
    return `${server} failed${where} (${fields.reason}).`;
  }
}

/** One short line that repeats no credential, whatever a server echoes. */
function clean(text: string, secrets: readonly string[]): string {
  let line = String(text).replace(/\p{Cc}+/gu, ' ');
  for (const secret of secrets.flatMap((one) => [one, Buffer.from(one).toString('base64')])) {
    if (secret !== '') line = line.replaceAll(secret, '***');
  }
  return line.trim().slice(0, 200);
}
