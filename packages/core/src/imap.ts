export { imap } from './inbound/imap-inbox.ts';
export type { ImapOptions } from './inbound/imap-options.ts';
