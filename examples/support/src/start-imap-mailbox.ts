import type { AddressInfo, Socket } from 'node:net';
import type { Inbox } from '@mailwarden/core';
import { imap } from '@mailwarden/core/imap';
import hoodiecrow, { type HoodiecrowServer } from 'hoodiecrow-imap';

/** A mailbox on an IMAP server of its own. */
export interface ImapMailbox {
  readonly port: number;
  /** Reads it, as `mailboxes[].inbox` wants it. */
  readonly inbox: Inbox;
  /** Puts a message into INBOX, as a mail server does when mail arrives. */
  deliver(raw: string): void;
  close(): Promise<void>;
}

/** Starts an IMAP server with one empty mailbox on a free loopback port. */
export async function startImapMailbox(user: string, pass: string): Promise<ImapMailbox> {
  const mailServer = hoodiecrow({
    users: { [user]: { password: pass } },
    // What a client would take for the mailbox it knew from an earlier start has another UIDVALIDITY.
    storage: { INBOX: { uidvalidity: Math.floor(Date.now() / 1000) }, '': {} },
    plugins: [answerPartialFetch],
  });
  const { server } = mailServer;
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    inbox: imap({ host: '127.0.0.1', port, secure: false, auth: { user, pass } }),
    deliver(raw) {
      // INTERNALDATE has whole seconds: rounded up, no answer is older than what it answers.
      mailServer.appendMessage('INBOX', [], new Date(Date.now() + 1_000), raw);
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/**
 * hoodiecrow-imap 2.1 answers `BODY.PEEK[]<0.n>` for the first message of a FETCH and with nothing
 * for the others: it removes n from the query. Messages here are shorter than any n.
 */
function answerPartialFetch(mailServer: HoodiecrowServer): void {
  for (const item of ['BODY', 'BODY.PEEK']) {
    mailServer.fetchHandlers[item] = (_connection, { raw }, query) => {
      if (query.partial !== undefined) query.partial = query.partial.slice(0, 1);
      return { type: 'LITERAL', value: raw.slice(query.partial?.[0] ?? 0) };
    };
  }
}
