import type { Context } from '../../../packages/core/src/context.ts';
import { type Address, parseAddress } from '../../../packages/core/src/identity/address.ts';
import { composeOutbound } from '../../../packages/core/src/operations/send/compose-outbound.ts';
import { parseDraft } from '../../../packages/core/src/operations/send/parse-draft.ts';
import { resolveDraft } from '../../../packages/core/src/operations/send/resolve-draft.ts';
import type { Submission } from '../../../packages/core/src/operations/send/submit-message.ts';
import { sqlite } from '../../../packages/core/src/sqlite.ts';
import { KEYS } from './policy-data.ts';
import { toContext } from './to-context.ts';

const MAILBOX = 'news@acme.example';
const BODY = `Hi there,

**Acme 5** is here. It opens large projects at once, and it works offline.

- The editor keeps its place
- Search finds text inside pictures

[Read what changed](https://mail.acme.example/news/acme-5)

Ana from Acme`;

/** A warden's own context on a data set, as `createMailwarden` makes it. */
export async function openContext(file: string): Promise<Context> {
  const options = {
    database: sqlite(file),
    keys: KEYS,
    publicUrl: 'https://mail.acme.example',
    senders: { acme: { legalName: 'Acme, Inc.', postalAddress: '123 Main St, Springfield' } },
    mailboxes: [{ address: MAILBOX, sender: 'acme', oversight: 'autonomous' as const }],
    audience: { unknownCountry: 'strictest' as const },
    budgets: { sendsPerDay: 1e9, firstContactsPerDay: 1e9, sendsPerRun: 1e9 },
  };
  return toContext(options);
}

/** A send call as the agent made it, up to the moment at which it is decided on. */
export async function composeSend(
  ctx: Context,
  to: Address,
): Promise<Pick<Submission, 'principal' | 'draft' | 'content'>> {
  const principal = { kind: 'agent', id: 'bench', mailboxes: [parseAddress(MAILBOX)] } as const;
  const draft = parseDraft(ctx, principal, {
    mailbox: MAILBOX,
    to: [to],
    subject: 'Acme 5 is here',
    body: BODY,
    category: 'marketing',
    topic: 'news',
    campaign: 'acme-5',
  });
  const resolved = await resolveDraft(ctx.storage.db, ctx, draft);
  return { principal, draft, ...composeOutbound(ctx, resolved) };
}
