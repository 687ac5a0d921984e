import { randomUUID } from 'node:crypto';
import type { Context } from './context.ts';
import { Worker } from './dispatch/worker.ts';
import { MailwardenError } from './errors/mailwarden-error.ts';
import { createEventFeed, type EventFeed } from './events/event-feed.ts';
import { createInboxSync, type InboxSync } from './inbound/inbox-sync.ts';
import { checkFingerprints } from './keys/check-fingerprints.ts';
import { createKeyRing } from './keys/create-key-ring.ts';
import type { Mailwarden, TickResult } from './mailwarden.ts';
import type { MailwardenOptions } from './options.ts';
import { createPolicy, storePolicyEpoch } from './policy/create-policy.ts';
import { resolvePacks } from './policy/jurisdictions/resolve-packs.ts';
import { createAgentHandle } from './principal/agent-handle.ts';
import { createReviewerHandle } from './principal/reviewer-handle.ts';
import { createSystemHandle } from './principal/system-handle.ts';
import { resolveMailboxes, resolveSettings, resolveTemplates } from './resolve-options.ts';
import { storeConfiguration } from './storage/store-configuration.ts';
import { handleRequest } from './unsubscribe/handle-request.ts';

interface Running {
  readonly ctx: Context;
  readonly worker: Worker;
  readonly feed: EventFeed | undefined;
  readonly inbox: InboxSync;
}

/**
 * Builds a Mailwarden: the one composition root. Options are checked and the database is opened,
 * migrated and compared with the keys here; nothing is sent before `start()` or `tick()`.
 * Throws `OPTION_INVALID`, `KEYS_REQUIRED`, `KEY_MISMATCH`, `DATABASE_UNREADABLE`, `SCHEMA_NEWER`.
 *
 * @example
 * ```ts
 * import { createMailwarden } from '@mailwarden/core';
 * import { smtp } from '@mailwarden/core/smtp';
 * import { sqlite } from '@mailwarden/core/sqlite';
 *
 * const warden = await createMailwarden({
 *   database: sqlite('mailwarden.db'),
 *   keys: [{ id: 'k1', secret: process.env['MAILWARDEN_KEY'] }],
 *   publicUrl: 'https://mail.acme.example',
 *   senders: { acme: { legalName: 'Acme, Inc.', postalAddress: '123 Main St, Springfield' } },
 *   mailboxes: [
 *     { address: 'support@acme.example', sender: 'acme', transport: smtp('smtp://127.0.0.1:2525') },
 *   ],
 * });
 * await warden.start();
 * const agent = warden.agent('support-bot', { mailboxes: ['support@acme.example'] });
 * const sent = await agent.send({ to: 'ana@example.com', subject: 'Hello', body: 'Hi Ana' });
 * console.log(sent.status); // held: the default mode asks a person
 * ```
 */
export async function createMailwarden(options: MailwardenOptions): Promise<Mailwarden> {
  const running = await assemble(options);
  const { ctx, worker, feed, inbox } = running;
  let stopped = false;
  let observing = true;
  let timer: NodeJS.Timeout | undefined;

  function assertRunning(): void {
    if (stopped) throw new MailwardenError('STOPPED');
  }

  return {
    start({ worker: background = true } = {}) {
      assertRunning();
      observing = background;
      if (background && timer === undefined) {
        worker.run();
        inbox.run();
        const drain = () => feed?.drain().catch(ctx.report);
        timer = setInterval(drain, ctx.settings.dispatch.pollInterval);
        timer.unref();
      }
      return Promise.resolve();
    },
    async stop() {
      if (stopped) return;
      stopped = true;
      clearInterval(timer);
      await inbox.stop();
      await worker.stop();
      if (observing) await feed?.drain().catch(ctx.report);
      await closeAll(options, ctx);
    },
    agent(id, agentOptions) {
      assertRunning();
      return createAgentHandle(ctx, id, agentOptions);
    },
    reviewer(id) {
      assertRunning();
      return createReviewerHandle(ctx, id);
    },
    system() {
      assertRunning();
      return createSystemHandle(ctx);
    },
    async handler(request) {
      const response = await handleRequest(ctx, request);
      feed?.drain().catch(ctx.report);
      return response;
    },
    async tick({ maxMs = 30_000, inbox: withInbox = true } = {}): Promise<TickResult> {
      assertRunning();
      const received = withInbox ? await inbox.pass() : 0;
      const claimed = await worker.pass(maxMs);
      await feed?.drain();
      return { claimed, received };
    },
  };
}

async function assemble(options: MailwardenOptions): Promise<Running> {
  const settings = resolveSettings(options);
  const mailboxes = resolveMailboxes(options);
  const tenant = options.tenant ?? 'default';
  const keys = createKeyRing(options.keys, tenant);
  const templates = resolveTemplates(options);
  const jurisdictions = resolvePacks(options.jurisdictions);
  const policy = createPolicy({
    rules: options.rules ?? [],
    jurisdictions,
    settings,
    mailboxes,
    templates,
  });
  requireListener(options, mailboxes);
  const storage = await options.database.open();
  const report = (error: unknown): void => options.onError?.(toMailwardenError(error));
  try {
    await storage.migrate(options.migrate ?? 'auto');
    const stored = await storage.unit(async (tx) => {
      await checkFingerprints(tx, tenant, keys);
      await storeConfiguration(tx, tenant, mailboxes, (options.clock ?? Date.now)());
      return storePolicyEpoch(tx, tenant, policy);
    });
    const wakers: (() => void)[] = [];
    const ctx: Context = {
      tenant,
      storage,
      keys,
      settings,
      mailboxes,
      templates,
      policy: stored,
      now: options.clock ?? Date.now,
      report,
      hasListener: options.onEvent !== undefined,
      wake: () => {
        for (const wake of wakers) wake();
      },
    };
    const worker = new Worker(ctx, randomUUID());
    const feed = options.onEvent === undefined ? undefined : createEventFeed(ctx, options.onEvent);
    wakers.push(() => worker.wake());
    return { ctx, worker, feed, inbox: createInboxSync(ctx) };
  } catch (error) {
    await storage.close();
    throw error;
  }
}

/** Monitored means that somebody is told (architecture.md §5). */
function requireListener(
  { onEvent }: MailwardenOptions,
  mailboxes: ReturnType<typeof resolveMailboxes>,
): void {
  if (onEvent !== undefined) return;
  const monitored = [...mailboxes.values()].find(({ oversight, ceiling }) =>
    [...Object.values(oversight), ceiling].includes('monitored'),
  );
  if (monitored === undefined) return;
  throw new MailwardenError('MONITOR_LISTENER_REQUIRED', {
    detail: `${monitored.address} is monitored.`,
    fields: { mailbox: monitored.address },
  });
}

async function closeAll(options: MailwardenOptions, ctx: Context): Promise<void> {
  const transports = new Set(options.mailboxes.flatMap((mailbox) => mailbox.transport ?? []));
  const inboxes = new Set(options.mailboxes.flatMap((mailbox) => mailbox.inbox ?? []));
  const closing = [...transports, ...inboxes].map((resource) => resource.close());
  for (const result of await Promise.allSettled(closing)) {
    if (result.status === 'rejected') ctx.report(result.reason);
  }
  await ctx.storage.close();
}

function toMailwardenError(error: unknown): MailwardenError {
  if (error instanceof MailwardenError) return error;
  return new MailwardenError('INTERNAL', { cause: error });
}
