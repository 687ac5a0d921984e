declare module 'hoodiecrow-imap' {
  import type { Server } from 'node:net';

  interface HoodiecrowServer {
    readonly server: Server;
    readonly fetchHandlers: Record<string, FetchHandler>;
    appendMessage(folder: string, flags: readonly string[], date: Date, raw: string): void;
  }

  /** Answers one item of a FETCH for one message. */
  type FetchHandler = (
    connection: unknown,
    message: { readonly raw: string },
    query: { partial?: readonly number[] },
  ) => { readonly type: 'LITERAL'; readonly value: string };

  interface HoodiecrowOptions {
    readonly users: Readonly<Record<string, { readonly password: string }>>;
    readonly storage: Readonly<Record<string, object>>;
    readonly plugins: readonly ((server: HoodiecrowServer) => void)[];
  }

  namespace hoodiecrow {
    export type { HoodiecrowServer };
  }

  function hoodiecrow(options: HoodiecrowOptions): HoodiecrowServer;
  export = hoodiecrow;
}
