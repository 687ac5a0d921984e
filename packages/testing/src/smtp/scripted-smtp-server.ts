import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createStateWatch } from '../state-watch.ts';
import { type ReceivedMessage, ScriptedDialogue } from './scripted-dialogue.ts';
import type { SmtpScript } from './smtp-script.ts';

/** A running scripted server and what happened to it. */
export interface ScriptedSmtpServer {
  readonly host: string;
  readonly port: number;
  /** For `smtp(url)`. */
  readonly url: string;
  /** Every message whose final dot came, whatever was answered. */
  readonly received: readonly ReceivedMessage[];
  /** Those of `received` that were answered 2yz. */
  readonly accepted: readonly ReceivedMessage[];
  /** Every command line of every connection, in order of arrival. */
  readonly commands: readonly string[];
  /** Connections since the start. */
  readonly connections: number;
  /** Connections that are open now. */
  readonly openConnections: number;
  /** Resolves once `isReached` is true; looked at after every event; fails after ten seconds. */
  waitFor(isReached: (server: ScriptedSmtpServer) => boolean): Promise<void>;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
}

/**
 * Starts an SMTP server on a free loopback port that does what the script says, to the byte, at
 * each stage: refuse, stall, hang up, answer garbage. Unscripted stages behave well.
 *
 * @example
 * ```ts
 * import { startScriptedSmtpServer } from '@mailwarden/testing';
 *
 * const server = await startScriptedSmtpServer({
 *   rcpt: ({ recipient }) => (recipient === 'gone@example.com' ? '550 5.1.1 No such user' : undefined),
 *   dot: { act: 'drop' },
 * });
 * // … the message is in server.received, but nobody told the client …
 * await server.close();
 * ```
 */
export async function startScriptedSmtpServer(
  script: SmtpScript = {},
): Promise<ScriptedSmtpServer> {
  const received: ReceivedMessage[] = [];
  const accepted: ReceivedMessage[] = [];
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  const watch = createStateWatch();
  let connections = 0;
  let transactions = 0;
  const note =
    <T>(list: T[]) =>
    (item: T): void => {
      list.push(item);
      watch.changed();
    };
  const listener = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => {
      sockets.delete(socket);
      watch.changed();
    });
    new ScriptedDialogue(socket, {
      connection: connections,
      script,
      nextTransaction: () => {
        transactions += 1;
        return transactions;
      },
      onCommand: note(commands),
      onReceived: note(received),
      onAccepted: note(accepted),
    });
    watch.changed();
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  const server: ScriptedSmtpServer = {
    host: '127.0.0.1',
    port,
    url: `smtp://127.0.0.1:${port}`,
    received,
    accepted,
    commands,
    get connections() {
      return connections;
    },
    get openConnections() {
      return sockets.size;
    },
    waitFor: (isReached) =>
      watch.until(
        () => isReached(server),
        () => `The scripted server has seen ${JSON.stringify(commands.slice(-10))}`,
      ),
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => {
        listener.close(() => resolve());
      });
    },
  };
  return server;
}
