import type { ImapFlow } from 'imapflow';
import type { MailwardenError } from '../errors/mailwarden-error.ts';
import { connectImap } from './imap-connect.ts';
import { toInboxError } from './imap-error.ts';
import type { ResolvedImapOptions } from './imap-options.ts';

/** The one connection of an inbox: opened when it is needed, kept, and opened again after a fault. */
export class ImapConnection {
  isClosed = false;
  readonly #options: ResolvedImapOptions;
  readonly #secrets: string[];
  #client: ImapFlow | undefined;
  #sent: string | undefined;
  #sentOn: ImapFlow | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: ResolvedImapOptions) {
    const { credential, user } = options;
    this.#options = options;
    this.#secrets = [user, ...(typeof credential === 'string' ? [credential] : [])];
  }

  /** The connection if it is up now. */
  get live(): ImapFlow | undefined {
    return this.#client?.usable === true && !this.isClosed ? this.#client : undefined;
  }

  async open(): Promise<ImapFlow> {
    if (this.live !== undefined) return this.live;
    this.#client?.close();
    this.#client = await connectImap(this.#options, this.#secrets);
    return this.#client;
  }

  /**
   * The folder of sent mail, as the server or its name tells; asked until there is one, once for each
   * connection.
   */
  async findSentFolder(): Promise<string | undefined> {
    const client = await this.open();
    if (this.#sentOn !== client || this.#sent === undefined) {
      const folders = await client.list();
      this.#sent = folders.find(({ specialUse }) => specialUse === '\\Sent')?.path;
      this.#sentOn = client;
    }
    return this.#sent;
  }

  /** A connection has one folder open, so that whoever uses it takes turns. */
  takeTurn<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#last.then(work);
    this.#last = run.catch(() => undefined);
    return run;
  }

  /** Drops the connection after a fault, and says what the fault was: `INBOX_UNAVAILABLE`. */
  drop(error: unknown, folder?: string): MailwardenError {
    this.#client?.close();
    this.#client = undefined;
    const fault = { options: this.#options, secrets: this.#secrets };
    return toInboxError(error, folder === undefined ? fault : { ...fault, folder });
  }

  /** The same for a command that failed: a connection that is up after it is kept. */
  fail(error: unknown): MailwardenError {
    if (this.live === undefined) return this.drop(error);
    return toInboxError(error, { options: this.#options, secrets: this.#secrets });
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await this.#last;
    await this.#client?.logout().catch(() => undefined);
    this.#client?.close();
    this.#client = undefined;
  }
}
