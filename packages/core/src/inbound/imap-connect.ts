import { ImapFlow } from 'imapflow';
import { getAccessToken } from '../transport/access-token.ts';
import type { ResolvedImapOptions } from './imap-options.ts';

/** Logs in. A token that was used is added to `secrets` before the server can repeat it. */
export async function connectImap(
  options: ResolvedImapOptions,
  secrets: string[],
): Promise<ImapFlow> {
  const { host, port, secure, timeout } = options;
  const { ca, ...tls } = options.tls;
  const auth = await toAuth(options, secrets);
  const client = new ImapFlow({
    host,
    port,
    secure,
    ...(!secure && options.requireTls ? { doSTARTTLS: true } : {}),
    tls: {
      // Where encryption is not required, one that proves nothing still beats none (RFC 7435).
      rejectUnauthorized: secure || options.requireTls,
      ...tls,
      ...(ca === undefined ? {} : { ca: [ca].flat() }),
    },
    auth,
    clientInfo: { name: 'Mailwarden' },
    disableAutoIdle: true,
    logger: false,
    // A server that announces less than it sends must not fill the memory.
    maxLiteralSize: options.maxMessageBytes + 1024 * 1024,
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    // The connection is silent between two polls; only what lasts longer is a fault.
    socketTimeout: timeout + options.pollInterval,
  });
  // Without a listener an 'error' event ends the process; the fault itself reaches the next command.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    client.close();
    throw error;
  }
}

async function toAuth(
  { user, credential, timeout }: ResolvedImapOptions,
  secrets: string[],
): Promise<{ user: string; pass?: string; accessToken?: string }> {
  if (typeof credential === 'string') return { user, pass: credential };
  const accessToken = await getAccessToken(credential, timeout);
  // Servers repeat the newest one, if any; a list of all would grow with every log-in.
  secrets.splice(1, secrets.length, accessToken);
  return { user, accessToken };
}
