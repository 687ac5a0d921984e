/** Where a folder's sync stands; stored with the messages so that it resumes anywhere. */
export interface FolderCursor {
  readonly folder: string;
  /** UIDVALIDITY (RFC 9051 §2.3.1.1) as a decimal string. A new value starts the folder afresh. */
  readonly uidValidity: string;
  /** Highest UID that is stored. */
  readonly lastUid: number;
}

/** One message as it lies on the server. */
export interface FetchedMessage {
  readonly folder: string;
  readonly uidValidity: string;
  readonly uid: number;
  readonly raw: Uint8Array;
  /** INTERNALDATE, epoch ms; NaN when the server did not tell. */
  readonly receivedAt: number;
  /** It lies in the Sent folder: somebody sent it from this mailbox, with whatever program. */
  readonly sent?: boolean;
  /** The message is longer than `maxMessageBytes`; `raw` is its beginning. */
  readonly cut?: boolean;
}

/** Our own mail, of which the Sent folder is to have a copy. */
export interface SentCopy {
  /** Message-ID without brackets, and what X-Mailwarden-Id says: by either a copy is found. */
  readonly internetMessageId: string;
  readonly mailwardenId: string;
  /** Epoch ms; the copy's INTERNALDATE. */
  readonly sentAt: number;
  /** The bytes, asked for just before they are stored; none when nobody wants them any more. */
  readonly load: () => Promise<Uint8Array | undefined>;
}

/** What became of a copy: it is there, was there, is not wanted, or there is no Sent folder. */
export type CopyOutcome = 'stored' | 'found' | 'unwanted' | 'no_folder';

/** A source of inbound mail. */
export interface Inbox {
  /**
   * Fetches what is newer than `cursor`, oldest first, and awaits `store` for a few messages at a
   * time before the next ones, so that nothing is passed over by a crash. Returns the number stored.
   * Throws `INBOX_UNAVAILABLE`; what was stored stays stored.
   */
  sync(request: InboxSyncRequest): Promise<number>;
  /**
   * Resolves when there may be something new, at the latest after `pollInterval`, or when `signal`
   * is aborted. Never throws. Absent: there is nobody who could tell.
   */
  wait?(signal: AbortSignal): Promise<void>;
  /**
   * Puts a copy of our own mail into the Sent folder, unless one is there. Throws
   * `INBOX_UNAVAILABLE`; whether it is there is not known then. Absent: no copies are kept.
   */
  keepCopy?(copy: SentCopy): Promise<CopyOutcome>;
  close(): Promise<void>;
  /** Milliseconds between two polls. */
  readonly pollInterval: number;
}

export interface InboxSyncRequest {
  readonly cursor: (folder: string) => Promise<FolderCursor | undefined>;
  /**
   * Resolves when all of them are stored; to give 200 or 8 MiB at once is a good measure. `left`:
   * how many more the folder has, where that is known.
   */
  readonly store: (messages: readonly FetchedMessage[], left?: number) => Promise<void>;
  /** Told of messages that `store` will be given after others, so that they are parsed meanwhile. */
  readonly expect?: (messages: readonly FetchedMessage[]) => void;
  readonly signal?: AbortSignal;
}
