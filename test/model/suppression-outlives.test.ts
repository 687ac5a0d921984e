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
const HOUR = 3_600_000;

/** What can happen between a suppression and the next attempt to write. */
type Step =
  | {
      readonly kind: 'unsubscribe' | 'agentSuppresses' | 'agentTags' | 'send';
      readonly who: number;
    }
  | { readonly kind: 'agentUntags' | 'reviewerLifts' | 'imports'; readonly who: number }
  | { readonly kind: 'erases' | 'writesIn' | 'setsContact'; readonly who: number }
  | { readonly kind: 'rotateKeys' | 'copy' | 'restore' | 'restart' | 'suppressDomain' | 'resync' };

const who = fc.integer({ min: 0, max: PEOPLE.length - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom('unsubscribe', 'agentSuppresses', 'agentTags', 'send'), who }),
  fc.record({ kind: fc.constantFrom('agentUntags', 'reviewerLifts', 'imports'), who }),
  fc.record({ kind: fc.constantFrom('erases', 'writesIn', 'setsContact'), who }),
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

/** One sequence on one database, and who must not be written to by now. */
class Run {
  readonly world: WardenWorld;
  readonly #file: string;
  readonly #suppressed = new Set<string>();
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
    for (const address of PEOPLE) await this.#send(address);
    await this.#deliver();
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
      this.#suppressed.add(address);
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
    if (kind === 'unsubscribe') {
      await warden.system().suppress(address, { reason: 'unsubscribe', scope: 'marketing' });
    } else if (kind === 'agentSuppresses') await agent.suppress({ address });
    else if (kind === 'imports') {
      const text = `email,created\n${address},${Math.floor(this.world.clock.now / 1_000)}\n`;
      await warden.system().importSuppressions(text);
    } else if (kind === 'agentTags') {
      const result = await agent.contacts({ address, addTags: 'unsubscribed' });
      if (result.status !== 'ok') return;
    } else if (kind === 'agentUntags') {
      await agent.contacts({ address, removeTags: 'unsubscribed' });
      return;
    } else {
      // A manual one may end; then the person counts as reachable only if nothing else is left.
      const lifted = await warden
        .reviewer('ops')
        .liftSuppression(address, 'asked for it')
        .then(
          () => true,
          () => false,
        );
      if (lifted && !this.#domains.has(address.split('@')[1] ?? ''))
        this.#suppressed.delete(address);
      return;
    }
    this.#suppressed.add(address);
  }

  readonly #domains = new Set<string>();

  async #happens(kind: string): Promise<void> {
    if (kind === 'suppressDomain') {
      const warden = await this.#running();
      await warden.system().suppress('@rival.example', { reason: 'legal' });
      this.#domains.add('rival.example');
      this.#suppressed.add(PEOPLE[2]);
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
    const spelling = this.#sent % 2 === 0 ? to : `${to[0]?.toUpperCase()}${to.slice(1)}`;
    await agent.send({ to: spelling, subject: `News ${this.#sent}`, body: `Item ${this.#sent}.` });
  }

  /** An operator acknowledges everything; nobody suppressed is written to all the same. */
  async #deliver(): Promise<void> {
    const warden = await this.#running();
    await warden.system().acknowledgeRestore();
    await warden.tick();
    const written = this.world.sink.messages.flatMap(({ envelope }) => envelope.rcptTo);
    this.world.sink.clear();
    for (const address of written)
      expect([...this.#suppressed]).not.toContain(address.toLowerCase());
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

function isErased(error: unknown): void {
  expect(error).toMatchObject({ code: 'PERSON_ERASED' });
}
