// Messages per second from a real IMAP server into storage: fetch, parse, classify, thread, store.
// In the same run, imapflow and mailparser's simpleParser on the same mailbox, which store nothing.
// INGEST_MESSAGES takes another number. Needs Dovecot, which it installs when it is root.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ImapFlow } from 'imapflow';
import { simpleParser } from 'mailparser';
import { imap } from '../../../packages/core/src/imap.ts';
import { createMailwarden } from '../../../packages/core/src/index.ts';
import { sqlite } from '../../../packages/core/src/sqlite.ts';
import { deliverLmtp } from '../../support/deliver-lmtp.ts';
import { type DovecotAddress, startDovecot } from '../../support/dovecot.ts';
import type { Bench } from '../support/bench.ts';
import { DATA } from '../support/data-directory.ts';
import { inboundMail } from '../support/inbound-mail.ts';
import { median, round } from '../support/numbers.ts';

const MESSAGES = Number(process.env.INGEST_MESSAGES ?? 3_000);
const ROUNDS = 5;
const USER = 'support';

export const bench: Bench = async (log) => {
  await mkdir(DATA, { recursive: true });
  const directory = await mkdtemp(join(DATA, 'ingest-'));
  const server = await startDovecot();
  try {
    const messages = Array.from({ length: MESSAGES }, (_, index) => inboundMail(index));
    await deliverLmtp({ port: server.lmtpPort, users: [USER], messages });
    log(`${MESSAGES} messages are in the mailbox`);
    const seconds: { ours: number; baseline: number }[] = [];
    // The first round warms both up.
    for (let at = 0; at <= ROUNDS; at += 1) {
      const baseline = await parseOnly(server);
      const ours = await ingestAll(server, join(directory, `${at}.db`));
      if (at > 0) seconds.push({ ours, baseline });
      log(`round ${at} of ${ROUNDS}: ${round(baseline / ours)}`);
    }
    return {
      ratio: round(median(seconds.map(({ ours, baseline }) => baseline / ours))),
      perSecond: round(MESSAGES / median(seconds.map(({ ours }) => ours))),
      baselinePerSecond: round(MESSAGES / median(seconds.map(({ baseline }) => baseline))),
      messages: MESSAGES,
      rounds: ROUNDS,
    };
  } finally {
    await server.stop();
    await rm(directory, { recursive: true });
  }
};

const login = ({ imapPort, password, ca }: DovecotAddress) => ({
  host: 'localhost',
  port: imapPort,
  secure: false,
  tls: { ca },
  auth: { user: USER, pass: password },
});

/** Seconds: what somebody writes who has imapflow and mailparser. */
async function parseOnly(server: DovecotAddress): Promise<number> {
  const start = performance.now();
  const client = new ImapFlow({ ...login(server), logger: false });
  await client.connect();
  await client.mailboxOpen('INBOX', { readOnly: true });
  let parsed = 0;
  for await (const { source } of client.fetch('1:*', { uid: true, source: true })) {
    await simpleParser(source ?? new Uint8Array());
    parsed += 1;
  }
  await client.logout();
  return check(parsed, start, performance.now());
}

/** Seconds, from an empty database until the last message is stored. */
async function ingestAll(server: DovecotAddress, file: string): Promise<number> {
  let stored = 0;
  const info = (line: string): void => {
    // What a pass does after that, such as sealing the audit, is no part of it.
    if (line === 'mail came in') stored = performance.now();
  };
  const warden = await createMailwarden({
    database: sqlite(file),
    keys: [{ id: 'k1', secret: 'a secret that only this measurement knows' }],
    senders: { acme: { legalName: 'Acme, Inc.', postalAddress: '123 Main St' } },
    trustedAuthservId: 'mail.acme.example',
    logger: { debug() {}, info, warn() {}, error() {} },
    mailboxes: [{ address: 'support@acme.example', sender: 'acme', inbox: imap(login(server)) }],
  });
  const start = performance.now();
  const { received } = await warden.tick();
  await warden.stop();
  return check(received, start, stored);
}

function check(messages: number, start: number, end: number): number {
  if (messages !== MESSAGES) throw new Error(`${messages} of ${MESSAGES} messages came.`);
  return (end - start) / 1_000;
}
