import type { TestProject } from 'vitest/node';
import { type Dovecot, type DovecotAddress, startDovecot } from './dovecot.ts';

declare module 'vitest' {
  interface ProvidedContext {
    dovecot: DovecotAddress;
  }
}

let running: Dovecot | undefined;

/** One Dovecot for the whole run; tests reach it through `shared-dovecot.ts`. */
export async function setup(project: TestProject): Promise<void> {
  running = await startDovecot();
  const { imapPort, imapsPort, lmtpPort, password, ca } = running;
  project.provide('dovecot', { imapPort, imapsPort, lmtpPort, password, ca });
}

/** Ends it with the run. */
export async function teardown(): Promise<void> {
  await running?.stop();
}
