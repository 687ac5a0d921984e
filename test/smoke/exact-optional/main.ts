import type { AgentHandle, MailwardenOptions, SendOutcome } from '@mailwarden/core';
import { createMailwarden } from '@mailwarden/core';
import { sqlite } from '@mailwarden/core/sqlite';

/** Options as a consumer under exactOptionalPropertyTypes builds them: absent, never undefined. */
export async function open(publicUrl: string | undefined): Promise<AgentHandle> {
  const options: MailwardenOptions = {
    database: sqlite('mailwarden.db'),
    // A secret straight from the environment may be undefined; start() then says so.
    keys: [{ id: 'k1', secret: process.env.MAILWARDEN_KEY }],
    ...(publicUrl === undefined ? {} : { publicUrl }),
    mailboxes: [{ address: 'bot@acme.example', oversight: { default: 'gated_send' } }],
  };
  const warden = await createMailwarden(options);
  return warden.agent('typed', { mailboxes: ['bot@acme.example'] });
}

/** Every status of an outcome is known to the compiler. */
export function mayRetry(outcome: SendOutcome): boolean {
  switch (outcome.status) {
    case 'unavailable':
      return true;
    case 'queued':
    case 'scheduled':
    case 'held':
    case 'blocked':
    case 'duplicate':
    case 'invalid':
    case 'unknown':
      return false;
  }
}

export const agentCannotDecide = (agent: AgentHandle): unknown =>
  // @ts-expect-error P3: an agent's handle has no way to decide.
  agent.decide;
