import type { ContactRowError, ImportContactsOptions } from '@mailwarden/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { openWorld, type WardenWorld, type WorldOptions } from '../support/warden-world.ts';

const SOURCE = { source: 'fair.csv' } as const;
const CSV = `Email;Name;Country;Time zone;Kind;Tags;Phone;Collected how;Collected at;Legal basis;Shoe size
ana@example.com;Ana;at;Europe/Vienna;individual;fair, vip;+43 1 234;direct;2026-02-01;consent;38
ben@münchen.example;"Ben ""B"" Berg";;;company_person;;;published;2026-02-01;;
`;

describe.each(databases)('importing contacts on $name', ({ open }) => {
  let world: WardenWorld;
  beforeEach(async () => {
    world = await openWorld(open);
  });
  afterEach(() => world.close());

  const reopen = async (options: WorldOptions) => {
    await world.close();
    world = await openWorld(open, options);
  };
  const load = (source: never, options: Partial<ImportContactsOptions> = {}) =>
    world.warden.system().importContacts(source, { ...SOURCE, ...options });
  const text = (csv: string, options: Partial<ImportContactsOptions> = {}) =>
    load(csv as never, options);
  const stored = async () => {
    const storage = await world.database.again().open();
    const rows = await storage.db.selectFrom('contact').selectAll().orderBy('address').execute();
    return rows.map((row) => ({ ...row, attributes: JSON.parse(row.attributes) }));
  };
  const consents = async () => {
    const storage = await world.database.again().open();
    return storage.db.selectFrom('consent').selectAll().execute();
  };
  const send = (to: string) =>
    world.agent().send({ to, subject: `Acme 5 for ${to}`, body: 'Acme 5 is here.' });

  it('reads names, facts, tags, provenance and attributes of a CSV file', async () => {
    expect(await text(CSV)).toMatchObject({ rows: 2, added: 2, failed: 0, errors: [] });
    const [ana, ben] = await stored();
    expect(ana).toMatchObject({
      address: 'ana@example.com',
      name: 'Ana',
      country: 'AT',
      time_zone: 'Europe/Vienna',
      kind: 'individual',
      source: 'fair.csv',
      attributes: { phone: '+43 1 234', 'Shoe size': '38' },
    });
    expect(JSON.parse(ana?.provenance ?? '')).toEqual({
      how: 'direct',
      basis: 'consent',
      collectedAt: Date.parse('2026-02-01T00:00:00Z'),
    });
    expect(ben).toMatchObject({
      address: 'ben@xn--mnchen-3ya.example',
      name: 'Ben "B" Berg',
      country: null,
      attributes: {},
    });
    const tagged = await world.agent().contacts({ tags: ['vip'] });
    expect(tagged).toMatchObject({ total: 1, contacts: [{ email: 'ana@example.com' }] });
  });

  it('reads NDJSON and rows themselves, from bytes in pieces of any size', async () => {
    const row = {
      address: 'ana@exämple.com',
      attributes: { vip: true },
      tags: ['a'],
      kind: 'role',
    };
    const bytes = Buffer.from(
      `${JSON.stringify(row)}\n\n${JSON.stringify({ address: 'ben@example.com' })}`,
    );
    async function* pieces() {
      for (const byte of bytes) yield Buffer.of(byte);
    }
    expect(await load(pieces() as never)).toMatchObject({ rows: 2, added: 2, failed: 0 });
    expect(await load([row, { address: 'eva@example.com' }] as never)).toMatchObject({
      rows: 2,
      added: 1,
      unchanged: 1,
    });
    expect((await stored()).map(({ attributes }) => attributes)).toEqual([{ vip: true }, {}, {}]);
  });

  it('takes the good rows and reports each bad one with its line, a code and what to do', async () => {
    const told: ContactRowError[] = [];
    const csv = [
      'email,country,time_zone,tags,note,collected_at,consent_basis',
      'ana@example.com,AT,,,"two\nlines",,',
      'not an address,AT,,,,,',
      'ben@example.com,Austria,,,,,',
      'cleo@example.com,,Vienna,,,,',
      'dan@example.com,,,unsubscribed,,,',
      'eva@example.com,,,,,yesterday,',
      'finn@example.com,,,,,2026-01-01,wish',
      'gil@example.com,,,,"never closed,,',
      'hal@example.com,,,,,,',
      'ida@example.com,,,,a,b,c,d',
      'jan@example.com,,,,,,',
    ].join('\n');
    const report = await text(csv, { onRowError: (error) => told.push(error) });
    expect(report).toMatchObject({ rows: 11, added: 3, failed: 8 });
    expect((await stored()).map(({ address }) => address)).toEqual([
      'ana@example.com',
      'hal@example.com',
      'jan@example.com',
    ]);
    expect(told.map(({ line, code }) => `${line} ${code}`)).toEqual([
      '4 ADDRESS_INVALID',
      '5 ARGUMENT_INVALID',
      '6 ARGUMENT_INVALID',
      '7 DERIVED_TAG',
      '8 IMPORT_ROW_INVALID',
      '9 ARGUMENT_INVALID',
      '10 IMPORT_ROW_INVALID',
      '12 IMPORT_ROW_INVALID',
    ]);
    expect(report.errors).toEqual(told);
    expect(told[1]?.message).toContain('ISO 3166-1');
    expect(told.every(({ message }) => /Correct|Use|Give|Check/.test(message))).toBe(true);
  });

  it.each([
    ['a number', '5'],
    ['null', 'null'],
    ['a list', '[1]'],
    ['no JSON', '{"address":'],
    ['an unknown member', '{"address":"x@example.com","naem":"X"}'],
    ['a number as name', '{"address":"x@example.com","name":5}'],
    ['a number as country', '{"address":"x@example.com","country":5}'],
    ['consents that are none', '{"address":"x@example.com","consents":[null]}'],
    ['NUL in an attribute', '{"address":"x@example.com","attributes":{"a\\u0000":1}}'],
    ['a nested attribute', '{"address":"x@example.com","attributes":{"a":{}}}'],
    ['NUL in the name', '{"address":"x@example.com","name":"a\\u0000"}'],
    ['bytes that are no UTF-8', '{"address":"x@example.com","name":"\uFFFD"}'],
  ])('reports a line of NDJSON that is %s, and takes the next', async (_, line) => {
    const report = await text(`${line}\n{"address":"ok@example.com"}`, { format: 'ndjson' });
    expect(report).toMatchObject({ rows: 2, added: 1, failed: 1, errors: [{ line: 1 }] });
  });

  it('changes nothing when it reads the same file again, also consents and tags', async () => {
    const csv =
      'email,tags,consent_basis,consent_at,consent_method,consent_wording\n' +
      'ana@example.com,vip,express,2026-02-01,web form,signup-3\n' +
      'ana@example.com,vip,express,2026-02-01,web form,signup-3\n';
    expect(await text(csv)).toMatchObject({ rows: 2, added: 1, unchanged: 1, consents: 1 });
    const before = [await stored(), await consents()];
    expect(await text(csv)).toMatchObject({
      rows: 2,
      added: 0,
      changed: 0,
      unchanged: 2,
      consents: 0,
    });
    expect([await stored(), await consents()]).toEqual(before);
  });

  it('corrects facts, adds attributes and tags, and leaves the first provenance', async () => {
    await text('email,name,provenance_note,collected_how\nana@example.com,Ana,a,direct\n');
    const report = await text(
      'email,name,size,collected_how,tags\nana@example.com,Anna,3,third_party,new\n',
      {
        source: 'partner.csv',
      },
    );
    expect(report).toMatchObject({ rows: 1, changed: 1 });
    const [ana] = await stored();
    expect(ana).toMatchObject({
      name: 'Anna',
      source: 'fair.csv',
      provenance: '{"how":"direct"}',
      attributes: { provenance_note: 'a', size: '3' },
    });
  });

  it('goes on where it broke off, and refuses another file', async () => {
    const lines = Array.from({ length: 2_500 }, (_, at) => `user${at}@example.com,U${at}`);
    const csv = `email,name\n${lines.join('\n')}\n`;
    async function* broken() {
      yield csv.slice(0, csv.indexOf('user2100@'));
      throw new Error('The connection was lost.');
    }
    const seen: number[] = [];
    const onProgress = ({ rows }: { rows: number }) => seen.push(rows);
    const first = load(broken() as never, { importId: 'fair', onProgress });
    await expect(first).rejects.toThrow('The connection was lost.');
    expect(seen).toEqual([1_000, 2_000]);
    await expect(text(csv.replace('U7\n', 'U8\n'), { importId: 'fair' })).rejects.toMatchObject({
      code: 'IMPORT_INVALID',
    });
    await expect(text('email\na@example.com\n', { importId: 'fair' })).rejects.toMatchObject({
      code: 'IMPORT_INVALID',
    });
    await expect(text(csv, { importId: 'fair', source: 'x' })).rejects.toMatchObject({
      code: 'IMPORT_INVALID',
    });
    const report = await text(csv, { importId: 'fair', onProgress });
    expect(report).toMatchObject({ importId: 'fair', rows: 2_500, added: 2_500, unchanged: 0 });
    expect(seen).toEqual([1_000, 2_000, 2_500]);
    expect(await text(csv, { importId: 'fair' })).toEqual(report);
  });

  it('gives a source its country, after the contact and before everything weaker', async () => {
    await reopen({ audience: { unknownCountry: 'strictest' } });
    const sent = await send('ana@example.com');
    expect(sent).toMatchObject({ status: 'held', code: 'JURISDICTION_UNKNOWN' });
    await text('email,country\nana@example.com,\nben@example.com,AT\n', { country: 'US' });
    expect((await send('cara@example.com')).code).toBe('JURISDICTION_UNKNOWN');
    await world.warden.tick();
    expect(world.sink.messages.map(({ envelope }) => envelope.rcptTo[0])).toEqual([
      'ana@example.com',
    ]);
    expect((await send('ben@example.com')).code).toBe('CONSENT_MISSING');
  });

  it('believes a source more than a domain, and a domain more than a phone', async () => {
    await reopen({ audience: { unknownCountry: 'strictest' } });
    await text('email,phone\nana@example.at,+1 212 555 0123\n', { country: 'US' });
    expect((await send('ana@example.at')).status).toBe('queued');
    await world.warden
      .system()
      .importContacts('email,phone\nben@example.at,+1 212 555 0123\n', { source: 'other.csv' });
    expect(await send('ben@example.at')).toMatchObject({ status: 'held', code: 'CONSENT_MISSING' });
  });

  it('reports a row that is longer than 1 MiB or cannot be JSON, and takes the others', async () => {
    async function* long() {
      yield '{"address":"a@example.com","name":"';
      for (let at = 0; at < 40; at += 1) yield 'x'.repeat(65_536);
      yield '"}\n{"address":"b@example.com"}\n';
    }
    const file = await world.warden.system().importContacts(long(), { source: 'long.ndjson' });
    expect(file).toMatchObject({ rows: 2, added: 1, failed: 1, errors: [{ line: 1 }] });
    const cycle: { address: string; attributes: object } = { address: 'c@x.org', attributes: {} };
    cycle.attributes = { cycle };
    const rows = [{ address: 'd@example.com', attributes: { n: 5n } }, cycle];
    const items = [...rows, { address: 'e@example.com' }] as never;
    const report = await world.warden.system().importContacts(items, { source: 'crm' });
    expect(report).toMatchObject({
      rows: 3,
      added: 1,
      failed: 2,
      errors: [{ line: 1 }, { line: 2 }],
    });
  });

  it('takes the country of a phone when nothing better is there', async () => {
    await reopen({ audience: { unknownCountry: 'US' } });
    await text('email,phone\nana@example.com,+49 30 123456\nben@example.com,+1 212 555 0123\n');
    expect(await send('ana@example.com')).toMatchObject({
      status: 'held',
      code: 'CONSENT_MISSING',
    });
    expect((await send('ben@example.com')).status).toBe('queued');
  });

  it('P8: brings nobody back who is suppressed, whatever consents the file has', async () => {
    const system = world.warden.system();
    await system.suppress('ana@example.com', { scope: 'marketing', reason: 'unsubscribe' });
    world.clock.now += 86_400_000;
    const csv =
      'email,consent_basis,consent_at,consent_method,consent_wording\n' +
      `ana@example.com,double_opt_in,${world.clock.now},web form,signup-3\n`;
    expect(await text(csv)).toMatchObject({ added: 1, suppressed: 1, consents: 1 });
    expect((await send('ana@example.com')).code).toBe('SUPPRESSED');
    const lift = () =>
      world.warden.reviewer('ops').liftSuppression('ana@example.com', 'In a file.');
    await expect(lift()).rejects.toMatchObject({ code: 'LIFT_NOT_ALLOWED' });
    expect(await text(csv, { consents: 'proven' })).toMatchObject({ consents: 1 });
    expect((await send('ana@example.com')).code).toBe('SUPPRESSED');
    await lift();
  });

  it('P8: keeps nothing of somebody whose data was erased', async () => {
    await world.warden.system().erasePerson('ana@example.com', { reason: 'asked for it' });
    const report = await text('email,name\nAna+x@example.com,Ana\nben@example.com,Ben\n');
    expect(report).toMatchObject({
      rows: 2,
      added: 1,
      failed: 1,
      errors: [{ line: 2, code: 'PERSON_ERASED' }],
    });
    expect((await stored()).map(({ name }) => name)).toEqual(['Ben']);
  });

  it('counts a consent of the file for sending, dated as it says', async () => {
    const csv =
      'email,country,collected_how,collected_at,consent_basis,consent_method,consent_wording,consent_topics\n' +
      'ana@example.com,AT,direct,2026-02-01,double_opt_in,web form,signup-3,\n' +
      'ben@example.com,AT,direct,2026-02-01,double_opt_in,web form,signup-3,news\n';
    expect(await text(csv)).toMatchObject({ consents: 2, failed: 0 });
    expect((await send('ana@example.com')).status).toBe('queued');
    expect((await send('ben@example.com')).code).toBe('CONSENT_MISSING');
    const [row] = await consents();
    expect(row).toMatchObject({ obtained_at: Date.parse('2026-02-01'), confirmed_by: 'import' });
  });

  it.each([
    ['no address column', 'name\nAna\n', {}, 'IMPORT_INVALID'],
    ['an unknown option', 'email\n', { sauce: 'x' }, 'ARGUMENT_UNKNOWN'],
    ['no source', 'email\n', { source: '' }, 'ARGUMENT_INVALID'],
    ['a country in words', 'email\n', { country: 'Austria' }, 'ARGUMENT_INVALID'],
    ['a zone that is none', 'email\n', { timeZone: 'Vienna' }, 'ARGUMENT_INVALID'],
    ['other consents', 'email\n', { consents: 'sure' }, 'ARGUMENT_INVALID'],
  ])('refuses a file with %s as a whole', async (_, csv, options, code) => {
    await expect(text(csv, options as never)).rejects.toMatchObject({ code });
  });

  it('renames columns, and has nothing to do for an empty file', async () => {
    const columns = { 'E-Mail': 'address', secret: '', 'Vor-Name': 'name' } as const;
    await text('e-mail,SECRET,Vorname\nana@example.com,x,Ana\n', { columns });
    expect(await stored()).toMatchObject([{ name: 'Ana', attributes: {} }]);
    expect(await text('')).toMatchObject({ rows: 0 });
    expect(await load([] as never)).toMatchObject({ rows: 0 });
  });

  it('tells of the whole import in the audit, without addresses', async () => {
    const { importId } = await text('email\nana@example.com\n', { country: 'AT' });
    await world.warden.tick();
    const told = world.events.filter(({ type }) => /import|fact_task/.test(type));
    expect(told.map(({ type }) => type)).toEqual([
      'contacts.import_started',
      'fact_task.answered',
      'contacts.imported',
    ]);
    expect(told[2]?.data).toMatchObject({ importId, rows: 1, added: 1 });
    expect(JSON.stringify(told)).not.toContain('ana');
  });

  it('records in the audit which law the operator answers for, and every change of it', async () => {
    const another = async (unknownCountry: string) => {
      await (await world.another({ audience: { unknownCountry } })).stop();
    };
    await send('ana@example.com');
    await world.warden.tick();
    const claimed = world.events.find(({ type }) => type === 'delivery.claimed');
    expect(claimed?.data).toMatchObject({ assertedCountry: 'US' });
    await another('US');
    await another('strictest');
    await another('CA');
    await another('CA');
    await world.warden.tick();
    const told = world.events.filter(({ type }) => type === 'audience.asserted');
    expect(told.map(({ data }) => data)).toEqual(
      ['US', 'strictest', 'CA'].map((unknownCountry) => ({ unknownCountry })),
    );
  });
});
