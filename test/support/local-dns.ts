import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import type { AddressInfo } from 'node:net';

/** A name server on loopback that knows some mail servers, and what it was asked. */
export interface LocalDns {
  /** As `resolveMx` of `node:dns/promises`, of this server. */
  readonly resolveMx: Resolver['resolveMx'];
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Starts one; a domain that is not in `hosts` does not exist (RFC 1035 §4). */
export async function startLocalDns(
  hosts: Readonly<Record<string, readonly string[]>>,
): Promise<LocalDns> {
  const asked: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    const { name, end } = readName(query, 12);
    asked.push(name);
    const known = Object.hasOwn(hosts, name) ? (hosts[name] ?? []) : undefined;
    const header = Buffer.from(query.subarray(0, 12));
    header.writeUInt16BE(known === undefined ? 0x8183 : 0x8180, 2);
    header.writeUInt16BE(known?.length ?? 0, 6);
    header.fill(0, 8, 12);
    const answers = (known ?? []).map((host, at) => toAnswer(host, (at + 1) * 10));
    socket.send(Buffer.concat([header, query.subarray(12, end + 4), ...answers]), from.port);
  });
  await new Promise<void>((resolve) => {
    socket.bind(0, '127.0.0.1', resolve);
  });
  const resolver = new Resolver({ timeout: 2_000, tries: 1 });
  resolver.setServers([`127.0.0.1:${(socket.address() as AddressInfo).port}`]);
  return {
    resolveMx: (domain) => resolver.resolveMx(domain),
    asked,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function readName(bytes: Buffer, start: number): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = start;
  for (let length = bytes[at] ?? 0; length > 0; length = bytes[at] ?? 0) {
    labels.push(bytes.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.'), end: at + 1 };
}

/** Type MX, class IN, an hour; its name is that of the question. */
function toAnswer(host: string, priority: number): Buffer {
  const name = host.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)]));
  const data = Buffer.concat([Buffer.from([0, priority]), ...name, Buffer.from([0])]);
  const head = Buffer.from([0xc0, 12, 0, 15, 0, 1, 0, 0, 14, 16, 0, data.length]);
  return Buffer.concat([head, data]);
}
