import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { deliverLmtp } from './deliver-lmtp.ts';
import { type DeliverOptions, type DovecotAddress, deliverTo } from './dovecot.ts';
import type {} from './dovecot-setup.ts';

/** A mailbox of its own on the Dovecot of this test run. */
export interface TestMailbox {
  readonly server: DovecotAddress;
  readonly user: string;
  readonly password: string;
  /** Options for `imap()`. */
  readonly login: {
    readonly host: '127.0.0.1';
    readonly port: number;
    readonly secure: false;
    readonly auth: { readonly user: string; readonly pass: string };
  };
  /** Stores a message in INBOX and returns when it is there. */
  deliver(raw: string | Uint8Array, options?: DeliverOptions): Promise<void>;
  /** The same for many, over one connection, in this order. */
  deliverAll(raws: readonly (string | Uint8Array)[]): Promise<void>;
}

/** An empty mailbox that no other test uses. */
export function createTestMailbox(server = inject('dovecot')): TestMailbox {
  const user = `u-${randomUUID()}`;
  return {
    server,
    user,
    password: server.password,
    login: {
      host: '127.0.0.1',
      port: server.imapPort,
      secure: false,
      auth: { user, pass: server.password },
    },
    deliver: (raw, options) => deliverTo(server, user, raw, options),
    deliverAll: (messages) => deliverLmtp({ port: server.lmtpPort, users: [user], messages }),
  };
}
