import { MailwardenError } from '../errors/mailwarden-error.ts';
import type { ImapConnection } from './imap-connection.ts';
import type { CopyOutcome, SentCopy } from './inbox.ts';

/** Clocks of servers, and their time zones, differ by less; INTERNALDATE is compared by day. */
const DAYS_BEFORE = 2 * 86_400_000;

/** Appends a copy to the Sent folder unless it has one (RFC 9051 §6.3.12). */
export async function keepImapCopy(
  connection: ImapConnection,
  given: string | false | undefined,
  copy: SentCopy,
): Promise<CopyOutcome> {
  const folder = given ?? (await connection.findSentFolder());
  if (typeof folder !== 'string') return 'no_folder';
  const client = await connection.open();
  // Opened for reading only, it would take no \Seen.
  await client.mailboxOpen(folder);
  const { internetMessageId, mailwardenId, sentAt } = copy;
  const since = new Date(sentAt - DAYS_BEFORE);
  const found = await client.search(
    {
      since,
      or: [
        { header: { 'Message-ID': internetMessageId } },
        { header: { 'X-Mailwarden-Id': mailwardenId } },
      ],
    },
    { uid: true },
  );
  if (!Array.isArray(found)) throw refused('SEARCH');
  if (found.length > 0) return 'found';
  const raw = await copy.load();
  if (raw === undefined) return 'unwanted';
  const appended = await client.append(folder, Buffer.from(raw), ['\\Seen'], new Date(sentAt));
  if (!appended) throw refused('APPEND');
  return 'stored';
}

function refused(command: string): MailwardenError {
  return new MailwardenError('INBOX_UNAVAILABLE', { detail: `${command} was refused.` });
}
