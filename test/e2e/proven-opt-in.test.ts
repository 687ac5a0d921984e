import { runTool } from '@mailwarden/core';
import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import {
  MARKETING,
  openWorld,
  SUPPORT,
  type WardenWorld,
  type WorldOptions,
} from '../support/warden-world.ts';

const ANA = 'ana@example.com';
const DAY = 86_400_000;
/** When the world's clock starts. */
const T0 = Date.parse('2026-03-02T09:00:00Z');
const PROOF = { wordingVersion: 'signup-3', evidence: { method: 'web form' } } as const;
const EXPRESS = { basis: 'express', ...PROOF } as const;
const MAIL = { to: ANA, subject: 'Acme 5 is here', body: 'Acme 5 is here.' };

describe.each(databases)('lifting an unsubscribe on $name', ({ open }) => {
  let world: WardenWorld;
  afterEach(() => world.close());

  const start = async (options: WorldOptions = {}) => {
    world = await openWorld(open, options);
    const system = world.warden.system();
    const lift = (address = ANA) =>
      world.warden.reviewer('ops').liftSuppression(address, 'She subscribed again.');
    const refused = () =>
      expect(lift()).rejects.toMatchObject({
        code: 'LIFT_NOT_ALLOWED',
        fields: { reasons: ['unsubscribe'] },
      });
    const later = () => {
      world.clock.now += DAY;
    };
    return { ...world, system, bot: world.agent(), lift, refused, later };
  };
  const unsubscribe = { scope: 'marketing', reason: 'unsubscribe' } as const;

  it.each(['express', 'double_opt_in'] as const)(
    'ends it after a newer, proven %s, for every spelling of the person',
    async (basis) => {
      const { system, bot, lift, later, refused } = await start();
      await system.suppress('Ana+shop@example.com', unsubscribe);
      later();
      await refused();
      await system.recordConsent(ANA, { basis, ...PROOF });
      expect((await bot.send(MAIL)).code).toBe('SUPPRESSED');
      await lift();
      expect((await bot.send({ ...MAIL, subject: 'Again' })).status).toBe('queued');
    },
  );

  it('ends a complaint the same way', async () => {
    const { system, lift, later } = await start();
    await system.suppress(ANA, { scope: 'all', reason: 'complaint' });
    later();
    await expect(lift()).rejects.toMatchObject({ code: 'LIFT_NOT_ALLOWED' });
    await system.recordConsent(ANA, EXPRESS);
    await lift();
    expect((await system.check(ANA)).suppressions).toEqual([]);
  });

  it.each([
    ['one that is older', { ...EXPRESS, obtainedAt: T0 - 1 }],
    ['one of the same instant', { ...EXPRESS, obtainedAt: T0 }],
    ['one without wording', { basis: 'express', evidence: { method: 'web form' } }],
    ['a ticked box', { ...EXPRESS, evidence: { method: 'web form', preTicked: true } }],
    ['a bundled one', { ...EXPRESS, evidence: { method: 'web form', bundled: true } }],
    ['a purchase', { basis: 'implied_purchase', ...PROOF }],
    ['one for a single topic', { ...EXPRESS, topics: ['news'] }],
    ['one for another purpose', { ...EXPRESS, purpose: 'research' }],
    ['one that ended', { ...EXPRESS, obtainedAt: T0 + 1, expiresAt: T0 + DAY }],
  ] as const)('P8: stays after %s', async (_, consent) => {
    const { system, later, refused } = await start();
    await system.suppress(ANA, unsubscribe);
    later();
    await system.recordConsent(ANA, consent);
    await refused();
  });

  it('P8: stays when the person took the newer consent back', async () => {
    const { system, later, refused } = await start();
    await system.suppress(ANA, unsubscribe);
    later();
    await system.recordConsent(ANA, EXPRESS);
    later();
    await system.withdrawConsent(ANA);
    await refused();
  });

  it('P3: stays whatever an agent reports, until somebody else has confirmed it', async () => {
    const { system, bot, later, lift, refused } = await start();
    await system.suppress(ANA, unsubscribe);
    later();
    const report = { address: ANA, basis: 'double_opt_in', method: 'link', wordingVersion: 'x' };
    const reported = await bot.reportConsent(report as never);
    if (reported.status !== 'ok') throw new Error(reported.reason);
    await refused();
    await world.warden.reviewer('maria').confirmConsent(reported.consentId);
    await lift();
  });

  it('P8: a bulk answer about a source lifts nobody', async () => {
    const { system, bot, later, refused } = await start({
      audience: { unknownCountry: 'strictest' },
    });
    const contact = { country: 'AT', source: 'fair.csv' };
    await system.setContact(ANA, contact);
    await system.setContact('ben@example.com', contact);
    await system.suppress(ANA, unsubscribe);
    later();
    await bot.send({ ...MAIL, to: 'ben@example.com' });
    const [task] = await system.tasks();
    await system.answerTask(task?.id ?? '', { consent: EXPRESS });
    expect((await system.consentAt({ address: 'ben@example.com' })).consents).toHaveLength(1);
    expect((await system.consentAt({ address: ANA })).consents).toEqual([]);
    await refused();
  });

  it('needs a yes to every sender whom it holds against', async () => {
    const { warden, system, later, lift, refused } = await start({
      senders: {
        acme: { legalName: 'Acme, Inc.', postalAddress: '123 Main St' },
        other: { legalName: 'Other, Inc.', postalAddress: '1 Side St' },
      },
      mailboxes: [
        { address: MARKETING, sender: 'acme' },
        { address: SUPPORT, sender: 'other' },
      ],
    } as never);
    await system.suppress(ANA, { ...unsubscribe, senderId: 'acme' });
    later();
    await system.recordConsent(ANA, { ...EXPRESS, senderId: 'acme' });
    await lift();
    await warden.reviewer('ops').suppress(ANA, unsubscribe);
    later();
    await system.recordConsent(ANA, { ...EXPRESS, senderId: 'acme' });
    await refused();
    await system.recordConsent(ANA, { ...EXPRESS, senderId: 'other' });
    await lift();
  });

  it('ends one topic after a yes to that topic', async () => {
    const { system, later, lift, refused } = await start();
    await system.suppress(ANA, { ...unsubscribe, scope: 'topic:news' });
    later();
    await system.recordConsent(ANA, { ...EXPRESS, topics: ['tips'] });
    await refused();
    await system.recordConsent(ANA, { ...EXPRESS, topics: ['news'] });
    await lift();
  });

  it('P8: never ends what the law or an erasure asked for', async () => {
    const { system, later, lift } = await start();
    await system.suppress(ANA, { scope: 'all', reason: 'legal' });
    later();
    await system.recordConsent(ANA, EXPRESS);
    await expect(lift()).rejects.toMatchObject({ fields: { reasons: ['legal'] } });
  });
});

describe.each(databases)('can_email on $name', ({ open }) => {
  let world: WardenWorld;
  afterEach(() => world.close());

  const look = async (address: string, addTags: readonly string[] = ['seen']) => {
    const args = { mailbox: MARKETING, address, add_tags: addTags };
    const result = await runTool(world.agent(), 'manage_contacts', args);
    const [contact] = result.data.contacts as { can_email: boolean; can_email_reason: string }[];
    return contact;
  };

  it('says no where the law does, and what a send then meets', async () => {
    world = await openWorld(open);
    const system = world.warden.system();
    await system.setContact('ana@example.de', { kind: 'individual' });
    expect(await look('ana@example.de')).toMatchObject({
      can_email: false,
      can_email_reason: expect.stringContaining('consent'),
    });
    const sent = await world.agent().send({ ...MAIL, to: 'ana@example.de' });
    expect(sent).toMatchObject({ status: 'held', code: 'CONSENT_MISSING' });
    await system.recordConsent('ana@example.de', { basis: 'double_opt_in', ...PROOF });
    expect(await look('ana@example.de')).toMatchObject({ can_email: true });
    await system.withdrawConsent('ana@example.de');
    expect(await look('ana@example.de')).toMatchObject({
      can_email: false,
      can_email_reason: expect.stringContaining('refused'),
    });
  });

  it('says no to somebody whose country nobody knows, under the strictest law', async () => {
    world = await openWorld(open, { audience: { unknownCountry: 'strictest' } });
    expect(await look(ANA)).toMatchObject({
      can_email: false,
      can_email_reason: expect.stringContaining('country'),
    });
  });

  it('P3: an agent can report a consent as a tool, and nothing changes by that', async () => {
    world = await openWorld(open);
    const args = { address: 'ana@example.de', consent_quote: 'Yes, send me news' };
    const reported = await runTool(world.agent(), 'manage_contacts', {
      ...args,
      consent_wording: 'reply-1',
    });
    expect(reported).toMatchObject({ status: 'ok', data: { contacts: [{ can_email: false }] } });
    expect(await look('ana@example.de')).toMatchObject({ can_email: false });
    const [waiting] = await world.warden.reviewer('ops').reportedConsents();
    expect(waiting).toMatchObject({ basis: 'express', reportedBy: 'agent:bot' });
    expect(JSON.parse(waiting?.evidence ?? '')).toMatchObject({ quote: 'Yes, send me news' });
    const odd = await runTool(world.agent(), 'manage_contacts', {
      ...args,
      consent_quote: 'x'.repeat(5_000),
    });
    expect(odd).toMatchObject({ status: 'invalid', code: 'ARGUMENT_INVALID' });
  });
});
