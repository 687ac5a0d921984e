import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A TCP relay before a real server, for tests that break connections. */
export interface TcpRelay {
  readonly port: number;
  /** How many connections were opened so far. */
  readonly opened: () => number;
  /** Everything that clients wrote so far. */
  readonly written: () => string;
  /** Breaks every open connection and returns when they are gone. */
  cut(): Promise<void>;
  /** Breaks each connection as soon as the server has written this many bytes to it. */
  cutAfter(bytes: number | undefined): void;
  stop(): Promise<void>;
}

/**
 * Relays loopback connections to `port`, on a free port of its own. What clients write is kept for
 * `written` unless told otherwise.
 */
export async function startTcpRelay(
  port: number,
  { keep = true }: { readonly keep?: boolean } = {},
): Promise<TcpRelay> {
  const open = new Set<Socket>();
  const written: Buffer[] = [];
  let opened = 0;
  let limit: number | undefined;
  const server = createServer((client) => {
    opened += 1;
    let passed = 0;
    const upstream = connect(port, '127.0.0.1');
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    client.on('data', (data: Buffer) => {
      if (keep) written.push(data);
      upstream.write(data);
    });
    upstream.on('data', (data: Buffer) => {
      passed += data.byteLength;
      if (limit !== undefined && passed > limit) client.destroy();
      else client.write(data);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const cut = async (): Promise<void> => {
    const gone = [...open].map((socket) => once(socket, 'close'));
    for (const socket of open) socket.destroy();
    await Promise.all(gone);
  };
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    opened: () => opened,
    written: () => Buffer.concat(written).toString('latin1'),
    cut,
    cutAfter(bytes) {
      limit = bytes;
    },
    async stop() {
      await cut();
      server.close();
      await once(server, 'close');
    },
  };
}
