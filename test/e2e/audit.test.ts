import type { AuditHead } from '@mailwarden/core';
import { type AuditEntry, verifyAudit } from '@mailwarden/core/audit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collect } from '../support/collect.ts';
import { databases } from '../support/databases.ts';
import { MARKETING, openWorld, type WardenWorld } from '../support/warden-world.ts';

const MARKETING_MAIL = { subject: 'We miss you', body: 'Come back, Ana.' };

describe.each(databases)('P9: the audit on $name', ({ open }) => {
  let world: WardenWorld;
  const heads: AuditHead[] = [];

  beforeEach(async () => {
    heads.length = 0;
    world = await openWorld(open, {
      mailbox: { oversight: 'gated_send', ceiling: 'autonomous' },
      budgets: { firstContactsPerDay: 500 },
      onSeal: (head) => void heads.push(head),
    });
  });
  afterEach(() => world.close());

  const exported = async (): Promise<string> =>
    (await collect(world.warden.system().exportAudit())).join('');
  const entriesOf = (text: string): readonly AuditEntry[] =>
    text.split('\n').flatMap((line) => {
      const { entry } = JSON.parse(line || '{}') as { entry?: AuditEntry };
      return entry ?? [];
    });
  const find = (entries: readonly AuditEntry[], operation: string): AuditEntry => {
    const found = entries.find((entry) => entry.operation === operation);
    if (found === undefined) throw new Error(`There is no ${operation} in the audit.`);
    return found;
  };

  it('has every step of a message: who, what, on which decision, under which policy', async () => {
    const agent = world.agent('bot', { onBehalfOf: 'kim@acme.example' });
    const sent = await agent.send({ to: 'ana@example.com', ...MARKETING_MAIL });
    const id = sent.messageId ?? '';
    await world.warden.reviewer('ops@acme.example').decide(id, 'approve', { reason: 'Fine by me' });
    await world.warden.tick();
    const text = await exported();
    const entries = entriesOf(text);
    const policy = expect.stringMatching(/^[0-9a-f]{16}$/);
    expect(find(entries, 'delivery.held')).toMatchObject({
      principal: 'agent:bot',
      subject: { mailbox: MARKETING, message: id },
      decision: { effect: 'hold', policyVersion: policy },
    });
    expect(find(entries, 'delivery.queued')).toMatchObject({
      principal: 'reviewer:ops@acme.example',
      decision: { code: 'APPROVED', policyVersion: policy },
      data: { from: 'held', revision: 1, digest: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(find(entries, 'delivery.claimed')).toMatchObject({
      principal: expect.stringMatching(/^worker:/),
      decision: { effect: 'allow', policyVersion: policy },
    });
    expect(find(entries, 'delivery.sent').subject).toMatchObject({ message: id });
    // People are in the erasable details, and only there.
    for (const personal of ['ana@example.com', 'kim@acme.example', 'Fine by me']) {
      expect(text).toContain(personal);
      expect(JSON.stringify(entries)).not.toContain(personal);
    }
    expect(await verifyAudit(text)).toMatchObject({ ok: true, entries: entries.length });
  });

  it('has what people do to modes, suppressions and mailboxes', async () => {
    const reviewer = world.warden.reviewer('ops@acme.example');
    const system = world.warden.system();
    await reviewer.setMode(MARKETING, 'autonomous', 'Trusted by now');
    await reviewer.suppress('ana@example.com', { note: 'She asked by phone.' });
    await reviewer.liftSuppression('ana@example.com', 'She asked again.');
    await system.pause(MARKETING, 'Server moves');
    await system.resume(MARKETING);
    const text = await exported();
    const entries = entriesOf(text);
    expect(entries.map(({ operation, principal }) => `${principal} ${operation}`)).toEqual([
      'system audience.asserted',
      'reviewer:ops@acme.example mailbox.mode',
      'reviewer:ops@acme.example suppression.added',
      'reviewer:ops@acme.example suppression.lifted',
      'system mailbox.paused',
      'system mailbox.resumed',
    ]);
    expect(await system.eraseAuditDetails('ana@example.com')).toBe(2);
    const after = await exported();
    for (const said of ['ana@example.com', 'She asked']) {
      expect(text).toContain(said);
      expect(after).not.toContain(said);
    }
    const report = await verifyAudit(after);
    expect(report).toMatchObject({ ok: true, faults: [] });
    expect(report.erased).toHaveLength(2);
  });

  it('is sealed by the pass, whose head the application can anchor', async () => {
    await world.agent().send({ to: 'ana@example.com', ...MARKETING_MAIL });
    await world.warden.tick();
    await world.agent().send({ to: 'bob@example.com', ...MARKETING_MAIL });
    const last = await world.warden.system().seal();
    expect(heads).toHaveLength(2);
    expect(heads.at(-1)).toEqual(last);
    expect(await world.warden.system().seal()).toBeUndefined();
    const text = await exported();
    for (const { head } of heads) {
      const report = await verifyAudit(text, { expectedHead: head });
      expect(report).toMatchObject({ ok: true, anchored: true });
    }
    const seals = text
      .split('\n')
      .flatMap((line, index) => (line.includes('"seal":') ? index : []));
    const cut = text
      .split('\n')
      .slice(0, (seals[0] ?? 0) + 1)
      .join('\n');
    expect((await verifyAudit(cut)).ok).toBe(true);
    const { faults } = await verifyAudit(cut, { expectedHead: last?.head ?? '' });
    expect(faults).toMatchObject([{ kind: 'truncated' }]);
  });

  it('stops no mail when the anchor is away, and says so', async () => {
    const another = await world.another({
      mailbox: { oversight: 'autonomous' },
      onSeal: () => Promise.reject(new Error('The anchor is away.')),
    });
    const agent = another.agent('bot', { mailboxes: [MARKETING] });
    await agent.send({ to: 'ana@example.com', ...MARKETING_MAIL });
    await another.tick();
    expect(world.sink.messages).toHaveLength(1);
    expect(world.errors.map(({ cause }) => (cause as Error).message)).toEqual([
      'The anchor is away.',
    ]);
  });

  it('has every operation of two wardens at work once', async () => {
    const another = await world.another();
    const agents = [world.agent('one'), another.agent('two', { mailboxes: [MARKETING] })];
    const people = Array.from({ length: 60 }, (_, index) => `p${index}@example.com`);
    await Promise.all([
      ...people.map((to, index) =>
        agents[index % 2]?.send({ to, subject: `Hello ${index}`, body: `Hello ${to}` }),
      ),
      world.warden.tick(),
      another.tick(),
      another.system().seal(),
    ]);
    const text = await exported();
    const entries = entriesOf(text);
    const held = entries.filter(({ operation }) => operation === 'delivery.held');
    expect(new Set(held.map(({ subject }) => subject.delivery)).size).toBe(60);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length);
    expect(await verifyAudit(text)).toMatchObject({ ok: true, entries: entries.length });
  });
});
