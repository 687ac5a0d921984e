import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileJournal, type KeyOptions, type Mailwarden } from '@mailwarden/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { dumpDatabase, findText } from '../support/dump-database.ts';
import { createMovingInbox } from '../support/moving-inbox.ts';
import { takeSnapshot } from '../support/snapshot.ts';
import { MARKETING, openWorld, type WardenWorld } from '../support/warden-world.ts';

/** Each is written to as another spelling of itself now and then. */
const PEOPLE = ['ann@customer.example', 'ben@customer.example', 'cy@rival.example'] as const;
/** Nothing ever happens to them, so they get their mail. */
const CONTROL = 'dee@customer.example';
const HOUR = 3_600_000;
/** What all of the mail is about. */
const TOPIC = 'offers';

/** What can happen between a suppression and the next attempt to write. */
type Step =
  | {
      readonly kind: 'unsubscribe' | 'agentSuppresses' | 'agentTags' | 'send';
      readonly who: number;
    }
  | { readonly kind: 'agentUntags' | 'reviewerLifts' | 'imports'; readonly who: number }
  | { readonly kind: 'erases' | 'writesIn' | 'setsContact'; readonly who: number }
  | { readonly kind: 'declines' | 'pauses' | 'withdraws'; readonly who: number }
  | { readonly kind: 'complains' | 'bounces' | 'consents' | 'optsIn'; readonly who: number }
  | { readonly kind: 'rotateKeys' | 'copy' | 'restore' | 'restart' | 'suppressDomain' | 'resync' };

const who = fc.integer({ min: 0, max: PEOPLE.length - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom('unsubscribe', 'agentSuppresses', 'agentTags', 'send'), who }),
  fc.record({ kind: fc.constantFrom('agentUntags', 'reviewerLifts', 'imports'), who }),
  fc.record({ kind: fc.constantFrom('erases', 'writesIn', 'setsContact'), who }),
  fc.record({ kind: fc.constantFrom('declines', 'pauses', 'withdraws'), who }),
  fc.record({ kind: fc.constantFrom('complains', 'bounces', 'consents', 'optsIn'), who }),
  fc.record({
    kind: fc.constantFrom('rotateKeys', 'copy', 'restore', 'restart', 'suppressDomain', 'resync'),
  }),
);

describe.each(databases)('suppression outlives everything on $name', ({ name, open }) => {
  it('P8: no sequence of agents, imports, erasures, key rotations and restores makes a suppressed address reachable, or brings back what was erased', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 14 }), async (steps) => {
        const directory = await mkdtemp(join(tmpdir(), 'mailwarden-model-'));
        const run = new Run(await openWorld(open), join(directory, 'suppressions.log'));
        try {
          for (const each of steps) await run.take(each);
          await run.writeToEverybody();
          await run.lookForErased();
        } finally {
          await run.world.close();
          await rm(directory, { recursive: true, force: true });
        }
      }),
      { numRuns: name === 'sqlite' ? 12 : 6 },
    );
  }, 120_000);
});

/** What ends in different ways: a reviewer's lift, a proven opt-in, the person's word, never. */
type Refusal = 'suppressed' | 'withdrawn' | 'wish' | 'domain';

/** One sequence on one database, and who must not be written to by now. */
class Run {
  readonly world: WardenWorld;
  readonly #file: string;
  /** Why each person must not be written to by now. */
  readonly #refused = new Map<string, Set<Refusal>>();
  #keys: KeyOptions[] = [{ id: 'k1', secret: 'a secret that only these tests know, 1' }];
  #warden: Mailwarden | undefined;
  #restore: (() => Promise<void>) | undefined;
  #sent = 0;
  readonly #inbox = createMovingInbox();
  /** Erased, and silent since. */
  readonly #forgotten = new Set<string>();

  constructor(world: WardenWorld, file: string) {
    this.world = world;
    this.#file = file;
  }

  async take(step: Step): Promise<void> {
    this.world.clock.now += HOUR;
    if ('who' in step) await this.#about(step.kind, PEOPLE[step.who] ?? PEOPLE[0]);
    else await this.#happens(step.kind);
    await this.#deliver();
  }

  async writeToEverybody(): Promise<void> {
    this.world.clock.now += 30 * 24 * HOUR;
    await this.#restart();
    for (const address of [...PEOPLE, CONTROL]) await this.#send(address);
    expect(await this.#deliver()).toContain(CONTROL);
  }

  /** Nobody has said anything about them since that is theirs. */
  async lookForErased(): Promise<void> {
    await this.#stop();
    const dump = await dumpDatabase(this.world.database);
    for (const address of this.#forgotten) expect(findText(dump, address)).toEqual([]);
  }

  async #about(kind: string, address: string): Promise<void> {
    const warden = await this.#running();
    const agent = warden.agent('bot', { mailboxes: [MARKETING] });
    if (kind === 'send') return await this.#send(address);
    if (kind === 'erases') {
      const spelling = address.replace('@', '+again@');
      await warden.system().erasePerson(spelling, { reason: 'Request' });
      this.#forgotten.add(address);
      this.#refuse(address, 'suppressed');
      return;
    }
    if (kind === 'writesIn') {
      this.#inbox.put(
        `From: ${address}\nTo: ${MARKETING}\nSubject: Hi\n\nFrom ${address}.\n`,
        this.world.clock.now,
      );
      this.#forgotten.delete(address);
      return;
    }
    if (kind === 'setsContact') {
      // Refused for those who were erased.
      await warden.system().setContact(address, { source: 'list' }).catch(isErased);
      const provenance = { how: 'form', collectedAt: this.world.clock.now };
      const rows = [{ address, tags: ['vip'], provenance, attributes: { plan: 'gold' } }];
      await warden.system().importContacts(rows, { source: 'list' });
      return;
    }
    if (kind === 'agentUntags') {
      await agent.contacts({ address, removeTags: 'unsubscribed' });
    } else if (kind === 'reviewerLifts') await this.#lift(warden, address);
    else if (kind === 'agentTags') {
      const result = await agent.contacts({ address, addTags: 'unsubscribed' });
      if (result.status === 'ok') this.#refuse(address, 'suppressed');
    } else if (kind === 'consents' || kind === 'optsIn') await this.#agree(warden, kind, address);
    else if (kind === 'declines' || kind === 'pauses') {
      await warden
        .system()
        .setPreferences(
          address,
          kind === 'declines'
            ? { topics: { [TOPIC]: false } }
            : { pauseUntil: this.world.clock.now + 365 * 24 * HOUR },
        );
      this.#refuse(address, 'wish');
    } else if (kind === 'withdraws') {
      await warden.system().withdrawConsent(address, {});
      this.#refuse(address, 'withdrawn');
    } else {
      await this.#suppress(warden, kind, address);
      this.#refuse(address, 'suppressed');
    }
  }

  async #suppress(warden: Mailwarden, kind: string, address: string): Promise<void> {
    const system = warden.system();
    if (kind === 'agentSuppresses') {
      await warden.agent('bot', { mailboxes: [MARKETING] }).suppress({ address });
    } else if (kind === 'imports') {
      const text = `email,created\n${address},${Math.floor(this.world.clock.now / 1_000)}\n`;
      await system.importSuppressions(text);
    } else if (kind === 'bounces') {
      // About one spelling each.
      const rows = [address, capitalise(address)].map((each) => `${each},BOUNCE\n`);
      await system.importSuppressions(`EmailAddress,Reason\n${rows.join('')}`);
    } else {
      const reason = kind === 'complains' ? 'complaint' : 'unsubscribe';
      await system.suppress(address, { reason, scope: 'marketing' });
    }
  }

  /** What may end then counts as ended only when there was something to end. */
  async #lift(warden: Mailwarden, address: string): Promise<void> {
    const { marketing } = await warden.system().check(address);
    const lifted = await warden
      .reviewer('ops')
      .liftSuppression(address, 'asked for it')
      .then(
        () => true,
        () => false,
      );
    if (lifted && !marketing) this.#refused.get(address)?.delete('suppressed');
  }

  /** Ends a withdrawal when it is proven; never a suppression, and never a wish. */
  async #agree(warden: Mailwarden, kind: string, address: string): Promise<void> {
    const evidence = { method: 'web form' };
    const wordingVersion = 'signup-3';
    if (kind === 'consents') {
      const consent = { basis: 'express', evidence, wordingVersion } as const;
      const recorded = await warden
        .system()
        .recordConsent(address, consent)
        .catch((error: unknown) => isErased(error));
      if (recorded !== undefined) this.#refused.get(address)?.delete('withdrawn');
      return;
    }
    const asked = await warden.system().requestOptIn(address, {
      ...{ mailbox: MARKETING, statement: 'News by email.', wordingVersion, signup: evidence },
      ...{ subject: `Please confirm ${this.#sent}`, body: 'You signed up. Please confirm it.' },
      topics: [TOPIC],
    });
    if (asked.status !== 'queued') return;
    await warden.system().acknowledgeRestore();
    await warden.tick();
    const raw = this.world.sink.messages.at(-1)?.raw.toString('utf8') ?? '';
    await this.#deliver();
    const text = raw.replaceAll('=\r\n', '').replaceAll('=3D', '=');
    const link = /https:\/\/mail\.acme\.example\/c\/[A-Za-z0-9_-]{44}/.exec(text)?.[0];
    if (link === undefined) return;
    const page = await warden.handler(new Request(link, { method: 'POST' }));
    expect(page.status).toBe(200);
    this.#refused.get(address)?.delete('withdrawn');
  }

  #refuse(address: string, why: Refusal): void {
    this.#refused.set(address, (this.#refused.get(address) ?? new Set()).add(why));
  }

  async #happens(kind: string): Promise<void> {
    if (kind === 'suppressDomain') {
      const warden = await this.#running();
      await warden.system().suppress('@rival.example', { reason: 'legal' });
      this.#refuse(PEOPLE[2], 'domain');
    } else if (kind === 'rotateKeys') {
      const id = `k${this.#keys.length + 1}`;
      this.#keys = [{ id, secret: `another secret of these tests, for ${id}` }, ...this.#keys];
      await this.#restart();
    } else if (kind === 'resync') {
      this.#inbox.renumber();
    } else if (kind === 'copy') {
      await this.#stop();
      this.#restore = await takeSnapshot(this.world.database);
    } else if (kind === 'restore' && this.#restore !== undefined) {
      await this.#stop();
      await this.#restore();
    } else await this.#restart();
  }

  async #send(to: string): Promise<void> {
    this.#sent += 1;
    const agent = (await this.#running()).agent('bot', { mailboxes: [MARKETING] });
    const spelling = this.#sent % 2 === 0 ? to : capitalise(to);
    const mail = { subject: `News ${this.#sent}`, body: `Item ${this.#sent}.`, topic: TOPIC };
    await agent.send({ to: spelling, ...mail });
  }

  /** An operator acknowledges everything; nobody suppressed is written to all the same. */
  async #deliver(): Promise<readonly string[]> {
    const warden = await this.#running();
    await warden.system().acknowledgeRestore();
    await warden.tick();
    const written = this.world.sink.messages.flatMap(({ envelope }) => envelope.rcptTo);
    this.world.sink.clear();
    for (const address of written) {
      expect([address, ...(this.#refused.get(address.toLowerCase()) ?? [])]).toEqual([address]);
    }
    return written.map((address) => address.toLowerCase());
  }

  async #running(): Promise<Mailwarden> {
    this.#warden ??= await this.world.another({
      keys: this.#keys,
      suppressionJournal: fileJournal(this.#file),
      mailbox: { inbox: this.#inbox },
    });
    return this.#warden;
  }

  async #restart(): Promise<void> {
    await this.#stop();
    await this.#running();
  }

  async #stop(): Promise<void> {
    await this.world.warden.stop();
    await this.#warden?.stop();
    this.#warden = undefined;
  }
}

function capitalise(address: string): string {
  return `${address[0]?.toUpperCase()}${address.slice(1)}`;
}

function isErased(error: unknown): undefined {
  expect(error).toMatchObject({ code: 'PERSON_ERASED' });
}
