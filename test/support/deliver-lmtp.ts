import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** What {@link deliverLmtp} delivers. */
export interface LmtpDelivery {
  readonly port: number;
  /** Users, each of whom gets a copy. */
  readonly users: readonly string[];
  readonly messages: readonly (string | Uint8Array)[];
  /** MAIL FROM; empty is the null return path. @default 'sender@example.com' */
  readonly mailFrom?: string;
}

/**
 * Hands messages to a local mail store over LMTP (RFC 2033) and returns when each is stored.
 * Throws the server's answer when it does not take one.
 */
export async function deliverLmtp(delivery: LmtpDelivery): Promise<void> {
  const socket = connect(delivery.port, '127.0.0.1');
  await once(socket, 'connect');
  const replies = createInterface({ input: socket })[Symbol.asyncIterator]();
  const expect = async (code: string): Promise<void> => {
    for (;;) {
      const { value, done } = await replies.next();
      if (done) throw new Error('The LMTP server closed the connection.');
      if (value[3] === '-') continue;
      if (!value.startsWith(code)) throw new Error(`LMTP expected ${code}, got ${value}`);
      return;
    }
  };
  try {
    await expect('220');
    await command(socket, 'LHLO test.example', expect, '250');
    for (const message of delivery.messages) {
      await command(
        socket,
        `MAIL FROM:<${delivery.mailFrom ?? 'sender@example.com'}>`,
        expect,
        '250',
      );
      for (const user of delivery.users) await command(socket, `RCPT TO:<${user}>`, expect, '250');
      await command(socket, 'DATA', expect, '354');
      socket.write(toWire(message));
      // RFC 2033 §4.2: one answer per recipient after the final dot.
      for (const _ of delivery.users) await expect('250');
    }
    await command(socket, 'QUIT', expect, '221');
  } finally {
    socket.destroy();
  }
}

async function command(
  socket: Socket,
  line: string,
  expect: (code: string) => Promise<void>,
  code: string,
): Promise<void> {
  socket.write(`${line}\r\n`);
  await expect(code);
}

/** Doubles leading dots and ends with a dot on its own (RFC 5321 §4.5.2). */
function toWire(message: string | Uint8Array): Buffer {
  const text = Buffer.from(message).toString('latin1').replace(/\r?\n/g, '\r\n');
  const stuffed = text.replace(/^\./gm, '..');
  return Buffer.from(`${stuffed}${stuffed.endsWith('\r\n') ? '' : '\r\n'}.\r\n`, 'latin1');
}
