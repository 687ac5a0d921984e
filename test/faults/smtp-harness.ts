import {
  type ScriptedSmtpServer,
  type SmtpScript,
  startScriptedSmtpServer,
} from '@mailwarden/testing';
import { parseAddress } from '../../packages/core/src/identity/address.ts';
import { smtp } from '../../packages/core/src/transport/smtp.ts';
import type { SmtpOptions } from '../../packages/core/src/transport/smtp-options.ts';
import type {
  Envelope,
  Transport,
  TransportResult,
} from '../../packages/core/src/transport/transport.ts';

/** A transport, the server it speaks to, and one message to send. */
export interface Harness {
  readonly server: ScriptedSmtpServer;
  readonly transport: Transport;
  send(...recipients: readonly string[]): Promise<TransportResult>;
  close(): Promise<void>;
}

export const FROM = parseAddress('lifecycle@acme.example');
export const MESSAGE = Buffer.from('Subject: hello\r\n\r\n.dot\r\nbye\r\n');

export function toEnvelope(...recipients: readonly string[]): Envelope {
  const rcptTo = recipients.length === 0 ? ['ada@example.com'] : recipients;
  return { mailFrom: FROM, rcptTo: rcptTo.map(parseAddress) };
}

/** Starts a scripted server and a transport for it; the caller closes it. */
export async function startHarness(
  script: SmtpScript = {},
  options: SmtpOptions = {},
): Promise<Harness> {
  const server = await startScriptedSmtpServer(script);
  const transport = smtp(server.url, options);
  return {
    server,
    transport,
    send: (...recipients) => transport.send(toEnvelope(...recipients), MESSAGE),
    close: async () => {
      await server.close();
      await transport.close();
    },
  };
}
