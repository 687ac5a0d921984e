import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { deliverLmtp } from './deliver-lmtp.ts';
import { type DovecotConfig, toDovecotConfig } from './dovecot-config.ts';
import { ensureDebianPackages } from './ensure-debian-packages.ts';

const run = promisify(execFile);
const PASSWORD = 'pass';

/** Where a Dovecot listens, as plain data that can be handed to another process. */
export interface DovecotAddress {
  readonly imapPort: number;
  readonly imapsPort: number;
  readonly lmtpPort: number;
  /** Every user name has this password. */
  readonly password: string;
  /** PEM of the certificate behind IMAPS and STARTTLS; its name is `localhost`. */
  readonly ca: string;
}

/** A running Dovecot. Every user name is a mailbox of its own. */
export interface Dovecot extends DovecotAddress {
  /** Holds a maildir for each user. */
  readonly mailDirectory: string;
  /** Stores a message in a user's INBOX and returns when it is there. */
  deliver(user: string, raw: string | Uint8Array, options?: DeliverOptions): Promise<void>;
  stop(): Promise<void>;
}

/** What the envelope says. */
export interface DeliverOptions {
  /** Empty for the null return path. @default 'sender@example.com' */
  readonly mailFrom?: string;
}

/** How a Dovecot differs from the usual one. */
export interface DovecotOptions {
  /** What it says that it can, for instance `IMAP4rev1`. */
  readonly capability?: string;
}

/** Starts Dovecot on free loopback ports; installs it first when it is missing and we are root. */
export async function startDovecot(options: DovecotOptions = {}): Promise<Dovecot> {
  await ensureDebianPackages({
    programs: ['/usr/sbin/dovecot', '/usr/lib/dovecot/imap', '/usr/lib/dovecot/lmtp'],
    packages: ['dovecot-imapd', 'dovecot-lmtpd'],
  });
  // A port found free may be taken before Dovecot listens on it.
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(options);
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}

/** Stores a message in a user's INBOX; see {@link Dovecot.deliver}. */
export async function deliverTo(
  server: DovecotAddress,
  user: string,
  raw: string | Uint8Array,
  options: DeliverOptions = {},
): Promise<void> {
  await deliverLmtp({ port: server.lmtpPort, users: [user], messages: [raw], ...options });
}

async function startOnce({ capability }: DovecotOptions): Promise<Dovecot> {
  const directory = await mkdtemp(join(tmpdir(), 'mw-dovecot-'));
  const [imapPort, imapsPort, lmtpPort] = await findFreePorts();
  const ca = await prepare(directory, { imapPort, imapsPort, lmtpPort, capability });
  // The shell stops Dovecot when our end of its stdin closes, so that a killed run leaves nothing.
  const guard =
    'exec 3<&0; dovecot -F -c "$1" & pid=$!; (cat <&3 >/dev/null; kill $pid 2>/dev/null) & wait $pid';
  const child = spawn('sh', ['-c', guard, 'dovecot', join(directory, 'dovecot.conf')], {
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin` },
  });
  const output: Buffer[] = [];
  child.stderr.on('data', (data: Buffer) => output.push(data));
  const stop = async (): Promise<void> => {
    await stopChild(child);
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    for (const port of [imapPort, imapsPort, lmtpPort]) await untilListening(port, child);
  } catch (error) {
    const log = await readFile(join(directory, 'dovecot.log'), 'utf8').catch(() => '');
    await stop();
    throw new Error(`Dovecot did not start: ${Buffer.concat(output).toString()} ${log}`, {
      cause: error,
    });
  }
  const address = { imapPort, imapsPort, lmtpPort, password: PASSWORD, ca };
  return {
    ...address,
    mailDirectory: join(directory, 'mail'),
    deliver: (user, raw, options) => deliverTo(address, user, raw, options),
    stop,
  };
}

async function prepare(
  directory: string,
  ports: Pick<DovecotConfig, 'imapPort' | 'imapsPort' | 'lmtpPort' | 'capability'>,
): Promise<string> {
  const asRoot = process.getuid?.() === 0;
  const self = userInfo().username;
  const group = asRoot ? 'mail' : (await run('id', ['-gn'])).stdout.trim();
  await chmod(directory, 0o755);
  for (const name of ['run', 'state']) await mkdir(join(directory, name), { mode: 0o755 });
  await mkdir(join(directory, 'mail'));
  await chmod(join(directory, 'mail'), 0o777);
  await writeFile(
    join(directory, 'dovecot.conf'),
    toDovecotConfig({
      directory,
      ...ports,
      password: PASSWORD,
      mailUser: asRoot ? 'mail' : self,
      mailGroup: group,
      ...(asRoot ? {} : { rootless: { user: self, group } }),
    }),
  );
  const [key, cert] = [join(directory, 'key.pem'), join(directory, 'cert.pem')];
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  await run('openssl', [
    ...['req', '-x509', ...kind, '-days', '30', '-keyout', key, '-out', cert],
    ...subject,
  ]);
  return readFile(cert, 'utf8');
}

async function findFreePorts(): Promise<[number, number, number]> {
  const servers = [createServer(), createServer(), createServer()];
  const ports: number[] = [];
  for (const server of servers) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    ports.push(typeof address === 'object' && address !== null ? address.port : 0);
  }
  for (const server of servers) server.close();
  return [ports[0] ?? 0, ports[1] ?? 0, ports[2] ?? 0];
}

/** Waits until a connection to the port is taken; gives up after ten seconds, or with the process. */
async function untilListening(port: number, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return;
    } catch (error) {
      if (Date.now() > deadline || child.exitCode !== null) throw error;
      await pause(20);
    } finally {
      socket.destroy();
    }
  }
}

async function stopChild(child: ChildProcess): Promise<void> {
  const running = child.exitCode === null && child.signalCode === null;
  const exited = running ? once(child, 'exit') : Promise.resolve();
  child.stdin?.end();
  await exited;
}
