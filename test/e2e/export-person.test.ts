import { type PersonExport, renderPersonExport } from '@mailwarden/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DATA_MAP } from '../../packages/core/src/rights/data-map.ts';
import { databases } from '../support/databases.ts';
import { dumpDatabase } from '../support/dump-database.ts';
import type { MovingInbox } from '../support/moving-inbox.ts';
import {
  ANA,
  ANA_TOO,
  BOB,
  MARK,
  mailFrom,
  openRightsWorld,
  plantPerson,
} from '../support/plant-person.ts';
import { SUPPORT, type WardenWorld } from '../support/warden-world.ts';

const EVE = 'eve@partner.example';

describe.each(databases)('exporting a person on $name', ({ open }) => {
  let world: WardenWorld;
  let inbox: MovingInbox;

  beforeEach(async () => {
    ({ world, inbox } = await openRightsWorld(open));
  });
  afterEach(() => world.close());

  const system = () => world.warden.system();
  const agent = () => world.agent('bot', { mailboxes: [SUPPORT], run: 'r1' });

  it('has every word that is stored about them, in any table', async () => {
    await plantPerson(world, inbox);
    await world.warden.tick();
    const held = await system().exportPerson(ANA_TOO);
    const exported = new Set(listWords(held));
    const mentioned = new Set(held.mentions.map(({ table, id }) => `${table} ${id}`));
    for (const [table, rows] of await dumpDatabase(world.database)) {
      const classes: Readonly<Record<string, string>> =
        DATA_MAP[table as keyof typeof DATA_MAP] ?? {};
      for (const row of rows) {
        if (mentioned.has(`${table} ${row.id}`) || isOfOthers(row)) continue;
        for (const [column, value] of Object.entries(row)) {
          if (!['address', 'text', 'json', 'key'].includes(classes[column] ?? '')) continue;
          for (const word of listWords(toValue(value)).filter((each) => each.includes(MARK))) {
            expect([`${table}.${column}`, word, exported.has(word)]).toEqual([
              `${table}.${column}`,
              word,
              true,
            ]);
          }
        }
      }
    }
  });

  it('tells how mail went, what people decided, and where the audit has it', async () => {
    await plantPerson(world, inbox);
    await world.warden.tick();
    const held = await system().exportPerson(ANA);
    expect(held.contacts.map(({ contact }) => contact.address)).toEqual([ANA, ANA_TOO]);
    expect(held.contacts.flatMap(({ tags }) => tags.map(({ tag }) => tag))).toContain(MARK);
    const answer = held.messages.find(({ revisions }) => revisions.length > 0);
    expect(answer?.approvals).toMatchObject([{ decision: 'approve', decidedBy: 'ops' }]);
    expect(answer?.deliveries[0]?.delivery).toMatchObject({ state: 'sent' });
    expect(answer?.deliveries[0]?.attempts).toMatchObject([{ replyCode: 250 }]);
    const asked = held.messages.find(({ message }) => message.subject === `Ask ${MARK}`);
    expect(asked?.message.attachments).toMatchObject([{ name: `${MARK}.csv`, size: 18 }]);
    expect(held.events.map(({ type }) => type)).toContain('delivery.sent');
    expect(held.audit).toContainEqual(expect.objectContaining({ place: expect.any(Number) }));
    expect(held.consents).toHaveLength(3);
    expect(held.tasks).toMatchObject(held.tasks.map(() => ({ source: `${MARK}.csv` })));
    expect(held.mentions.map(({ table }) => table)).toContain('message');
  });

  it('shows no hash whole, no salt, and no secret', async () => {
    await plantPerson(world, inbox);
    const text = JSON.stringify(await system().exportPerson(ANA));
    for (const rows of (await dumpDatabase(world.database)).values()) {
      for (const { canonical, recipient_canonical: other, salt, nonce } of rows) {
        for (const secret of [canonical, other, salt, nonce]) {
          if (typeof secret === 'string') expect(text).not.toContain(secret);
        }
      }
    }
  });

  it('does not tell who else was in blind copy, nor how others got the same message', async () => {
    const sent = await agent().send({
      ...{ to: ANA, cc: BOB, bcc: EVE, subject: 'Plan', body: 'Here it is.' },
    });
    expect(sent.status).toBe('held');
    const ofAna = await system().exportPerson(ANA);
    expect(JSON.stringify(ofAna)).not.toContain(EVE);
    expect(JSON.stringify(ofAna)).toContain(BOB);
    expect(ofAna.messages[0]?.deliveries).toHaveLength(1);
    const ofEve = await system().exportPerson(EVE);
    expect(ofEve.messages[0]?.message).toMatchObject({ bccAddresses: [EVE] });
  });

  it('is on record, without the address in what is sealed', async () => {
    await system().exportPerson(ANA);
    await world.warden.tick();
    expect(world.events.map(({ type }) => type)).toContain('person.exported');
    expect(JSON.stringify(world.events)).not.toContain(MARK);
  });

  it('after an erasure has hashes, the tombstone and the suppression', async () => {
    await plantPerson(world, inbox);
    await system().erasePerson(ANA, { reason: 'Request 17' });
    const held = await system().exportPerson(ANA);
    expect(held).toMatchObject({ contacts: [], messages: [], mentions: [] });
    expect(held.erasures).toMatchObject([{ reason: 'Request 17' }]);
    expect(held.suppressions).toContainEqual(expect.objectContaining({ reason: 'erasure' }));
    expect(listWords(held.consents).filter((word) => word.includes(MARK))).toEqual([]);
  });

  it('makes a page that is escaped and loads nothing', async () => {
    const attack = '<script>alert(1)</script><img src=x onerror=alert(2)>"\'&';
    inbox.put(
      mailFrom(`"${attack.replaceAll('"', '')}" <${ANA}>`, `Subject: ${attack}\n\n${attack}\n`),
      world.clock.now,
    );
    await world.warden.tick();
    await system().setContact(ANA, { name: attack, provenance: { how: attack } });
    const page = renderPersonExport(await system().exportPerson(ANA));
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toMatch(/<script|<img|<link|<iframe|src=[^x]|url\(|@import/i);
    expect(page).toContain("default-src 'none'");
    expect(page.match(/<article>/g)?.length).toBe(page.match(/<\/article>/g)?.length);
  });
});

/** Of the others' mail that quotes or names the person only the place is told. */
function isOfOthers(row: Readonly<Record<string, unknown>>): boolean {
  return row.recipient === BOB || row.from_address === BOB || row.subject === 'A file';
}

function toValue(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** Every string in it. */
function listWords(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(listWords);
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value as PersonExport).flatMap(listWords);
}
