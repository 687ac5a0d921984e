import { randomUUID } from 'node:crypto';
import type { Context } from './context.ts';
import { waitAtMost } from './dispatch/wait-at-most.ts';
import { Worker } from './dispatch/worker.ts';
import { MailwardenError } from './errors/mailwarden-error.ts';
import { toMailwardenError } from './errors/to-mailwarden-error.ts';
import { createEventFeed, type EventFeed } from './events/event-feed.ts';
import { createInboxSync, type InboxSync } from './inbound/inbox-sync.ts';
import { checkFingerprints } from './keys/check-fingerprints.ts';
import { createKeyRing } from './keys/create-key-ring.ts';
import type { Mailwarden, TickResult } from './mailwarden.ts';
import { changePolicy } from './options/change-policy.ts';
import { type JoinedOptions, joinPolicy } from './options/join-policy.ts';
import { resolvePolicy } from './options/resolve-policy.ts';
import type { MailwardenOptions } from './options.ts';
import { requireReporters } from './policy/bounces/require-reporters.ts';
import { storePolicyEpoch } from './policy/create-policy.ts';
import { storeAudience } from './policy/store-audience.ts';
import { createAgentHandle } from './principal/agent-handle.ts';
import { createReviewerHandle } from './principal/reviewer-handle.ts';
import { createSystemHandle } from './principal/system-handle.ts';
import { storeConfiguration } from './storage/store-configuration.ts';
import { findLateStart } from './suppression/journal/find-late-start.ts';
import { openJournal } from './suppression/journal/open-journal.ts';
import { isPausedForRestore, pauseForRestore } from './suppression/journal/restore-pause.ts';
import { notifySuppressions } from './suppression/notify-suppressions.ts';
import { createSourceSync, type SourceSync } from './suppression/sources/source-sync.ts';
import { observeDeliveries } from './telemetry/observe-deliveries.ts';
import { quietly } from './telemetry/quietly.ts';
import { toSafeLogger } from './telemetry/to-safe-logger.ts';
import { handleRequest } from './unsubscribe/handle-request.ts';
import { createWebhookHandler, type WebhookHandler } from './webhooks/handle-webhook.ts';

interface Running {
  readonly ctx: Context;
  readonly worker: Worker;
  readonly feeds: readonly EventFeed[];
  readonly inbox: InboxSync;
  readonly sources: SourceSync;
  readonly unobserve: () => void;
  readonly webhooks: WebhookHandler;
}

/**
 * Builds a Mailwarden: the one composition root. Options are checked and the database is opened,
 * migrated and compared with the keys here; nothing is sent before `start()` or `tick()`.
 * Throws `OPTION_INVALID`, `KEYS_REQUIRED`, `KEY_MISMATCH`, `LEASE_TOO_SHORT`, `DATABASE_UNREADABLE`,
 * `SCHEMA_NEWER`.
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
export async function createMailwarden(given: MailwardenOptions): Promise<Mailwarden> {
  const options = joinPolicy(given);
  const running = await assemble(options);
  const { ctx, worker, feeds, inbox, sources, webhooks, unobserve } = running;
  let stopped = false;
  let observing = true;

  const drain = () => Promise.all(feeds.map((feed) => feed.drain()));
  /** What the background does besides sending and receiving. */
  const observe = () => {
    drain().catch(ctx.report);
    sources.pass().catch(ctx.report);
    ctx.journal?.flush().catch(ctx.report);
  };
  const background = createBackground(running, observe);

  function assertRunning(): void {
    if (stopped) throw new MailwardenError('STOPPED');
  }

  return {
    async start({ worker: works = true } = {}) {
      assertRunning();
      observing = works;
      if (!works) return;
      background.send();
      background.receive();
    },
    async startWorker() {
      assertRunning();
      observing = true;
      background.send();
    },
    async stop() {
      if (stopped) return;
      stopped = true;
      unobserve();
      background.end();
      await inbox.stop();
      await worker.stop();
      await sources.stop();
      await ctx.journal?.flush().catch(ctx.report);
      if (observing) await drain().catch(ctx.report);
      await closeAll(options, ctx);
    },
    agent(id, agentOptions) {
      assertRunning();
      return createAgentHandle(ctx, id, agentOptions);
    },
    reviewer(id, reviewerOptions) {
      assertRunning();
      return createReviewerHandle(ctx, id, reviewerOptions);
    },
    system() {
      assertRunning();
      return createSystemHandle(ctx);
    },
    async handler(request) {
      const response = await (webhooks(request) ?? handleRequest(ctx, request));
      drain().catch(ctx.report);
      return response;
    },
    async tick({ maxMs = 30_000, inbox: withInbox = true } = {}): Promise<TickResult> {
      assertRunning();
      const end = performance.now() + maxMs;
      const received = await receive(running, maxMs, withInbox);
      const claimed = await worker.pass(end - performance.now());
      await ctx.journal?.flush().catch(ctx.report);
      await drain();
      return { claimed, received };
    },
  };
}

/** What goes on by itself; each part begins once, however often it is asked for. */
function createBackground({ ctx, worker, inbox, sources }: Running, observe: () => void) {
  let timer: NodeJS.Timeout | undefined;
  let receiving = false;
  return {
    send(): void {
      if (timer !== undefined) return;
      worker.run();
      timer = setInterval(observe, ctx.settings.dispatch.pollInterval);
      timer.unref();
      sources.pass().catch(ctx.report);
    },
    receive(): void {
      if (receiving) return;
      receiving = true;
      inbox.run();
    },
    end: () => clearInterval(timer),
  };
}

/** A server that hangs leaves time for what waits to go out; the next pass joins the same sync. */
async function receive(
  { inbox, sources }: Running,
  maxMs: number,
  withInbox: boolean,
): Promise<number> {
  const received = withInbox ? await waitAtMost(inbox.pass(), maxMs / 2, 0) : 0;
  await waitAtMost(sources.pass(), maxMs / 4, undefined);
  return received;
}

async function assemble(options: JoinedOptions): Promise<Running> {
  const { settings, mailboxes, templates, policy } = resolvePolicy(options);
  const tenant = options.tenant ?? 'default';
  const keys = createKeyRing(options.keys, tenant);
  requireListener(options, mailboxes);
  requireLease(settings.dispatch.lease, mailboxes);
  requireReporters(mailboxes, options.webhooks);
  const storage = await options.database.open();
  const logger = options.logger === undefined ? undefined : toSafeLogger(options.logger);
  const report = (error: unknown): void => {
    const fault = toMailwardenError(error);
    logger?.error('fault in the background', { code: fault.code });
    // Told of a fault, whoever listens must not end what goes on in spite of it.
    quietly(() => options.onError?.(fault));
  };
  const base = { tenant, storage, keys, settings, now: options.clock ?? Date.now };
  try {
    await storage.migrate(options.migrate ?? 'auto');
    const stored = await storage.unit(async (tx) => {
      await checkFingerprints(tx, tenant, keys);
      await storeConfiguration(tx, tenant, mailboxes, base.now());
      if (await findLateStart(tx, base)) await pauseForRestore(tx, base, 'late', 0);
      // Takes the lock under which starts follow each other.
      const inForce = await storePolicyEpoch(tx, tenant, policy, base.now());
      await storeAudience(tx, tenant, settings.audience, base.now());
      return inForce;
    });
    const journal =
      options.suppressionJournal && (await openJournal(base, options.suppressionJournal));
    if (await isPausedForRestore(storage.db, base)) {
      report(new MailwardenError('RESTORE_UNACKNOWLEDGED'));
    }
    const wakers: (() => void)[] = [];
    const ctx: Context = {
      ...base,
      journal,
      mailboxes,
      templates,
      policy: stored,
      resolveChange: (change, whole) => resolvePolicy(changePolicy(options, change, whole)),
      report,
      logger,
      hasListener: options.onEvent !== undefined,
      ...(options.onSeal === undefined ? {} : { onSeal: options.onSeal }),
      wake: () => {
        for (const wake of wakers) wake();
        storage.announce(tenant);
      },
    };
    const worker = new Worker(ctx, randomUUID());
    wakers.push(() => worker.wake());
    return {
      ctx,
      worker,
      feeds: createFeeds(ctx, options),
      inbox: createInboxSync(ctx),
      sources: createSourceSync(ctx),
      unobserve: observeDeliveries(ctx),
      webhooks: createWebhookHandler(ctx, options.webhooks),
    };
  } catch (error) {
    await options.suppressionJournal?.close?.();
    await storage.close();
    throw error;
  }
}

function createFeeds(ctx: Context, { onEvent, onSuppress }: JoinedOptions): readonly EventFeed[] {
  return [
    ...(onEvent === undefined ? [] : [createEventFeed(ctx, onEvent)]),
    // A place of its own: another system that is down does not keep events from the listener.
    ...(onSuppress === undefined
      ? []
      : [createEventFeed(ctx, notifySuppressions(ctx, onSuppress), 'onSuppress')]),
  ];
}

/** Monitored means that somebody is told (architecture.md §5). */
function requireListener({ onEvent }: JoinedOptions, mailboxes: Context['mailboxes']): void {
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

/** A lease that runs out under a send calls it lost while the server still has it (P6). */
function requireLease(lease: number, mailboxes: Context['mailboxes']): void {
  for (const { address, transport } of mailboxes.values()) {
    const { sendTimeout } = transport ?? {};
    if (sendTimeout === undefined || lease > sendTimeout) continue;
    throw new MailwardenError('LEASE_TOO_SHORT', {
      detail: `dispatch.lease is ${lease} ms, and a send from ${address} may take ${sendTimeout} ms.`,
      fields: { mailbox: address, lease, sendTimeout },
    });
  }
}

async function closeAll(options: JoinedOptions, ctx: Context): Promise<void> {
  const transports = new Set(options.mailboxes.flatMap((mailbox) => mailbox.transport ?? []));
  const inboxes = new Set(options.mailboxes.flatMap((mailbox) => mailbox.inbox ?? []));
  const closing = [...transports, ...inboxes].map((resource) => resource.close());
  for (const result of await Promise.allSettled(closing)) {
    if (result.status === 'rejected') ctx.report(result.reason);
  }
  await ctx.journal?.close().catch(ctx.report);
  await ctx.storage.close();
}
