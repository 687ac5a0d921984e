import type { HistoryEntry, SimulationReport } from '@mailwarden/core';
import { afterEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { MARKETING, openWorld, SUPPORT, type WardenWorld } from '../support/warden-world.ts';

const ANA = 'ana@example.com';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.parse('2026-01-05T09:00:00Z');
const NEWS = { from: MARKETING, to: ANA, subject: 'Hello', body: 'All is well.' };

const changesOf = ({ changes }: SimulationReport) =>
  changes.map((each) => `${each.from} ${each.fromCode} > ${each.to} ${each.toCode} ${each.count}`);

describe.each(databases)('a simulation over a history on $name', ({ open }) => {
  let world: WardenWorld;
  afterEach(() => world.close());
  const simulate = async (history: string | readonly HistoryEntry[], caps = {}) => {
    world = await openWorld(open, caps);
    return await world.warden.system().simulate({}, { over: { history } });
  };

  it('believes the category, and says which fact that would prove it is missing', async () => {
    const invoice = { subject: 'Your invoice 17', body: 'Please find invoice 17 for January.' };
    const answer = { subject: 'Re: Question', body: 'Yes, Tuesday suits me well.' };
    const report = await simulate([
      { at: START, from: SUPPORT, to: ANA, category: 'transactional', ...invoice },
      { at: START, from: SUPPORT, to: ANA, category: 'conversational', ...answer },
      { at: START, ...NEWS },
    ]);
    expect(changesOf(report)).toEqual([]);
    expect(report).toMatchObject({ decisions: 3, same: 3, missing: { total: 0 } });
    expect(report.assumed).toEqual({ template: 1, thread: 1 });
  });

  it('counts what was sent before, in order of time, for the frequency caps', async () => {
    const caps = { frequencyCaps: [{ max: 1, per: DAY }] };
    const hours = [3, 0, 4, 1, 2, 26];
    const report = await simulate(
      hours.map((hour) => ({ at: START + hour * HOUR, ...NEWS, subject: `Item ${hour}` })),
      caps,
    );
    // The first, and nobody else: the last came within a day of the one before it.
    expect(report).toMatchObject({ decisions: 6, same: 1 });
    expect(changesOf(report)).toEqual(['allow SENT > defer FREQUENCY_CAP_REACHED 5']);
    const rare = [0, 24, 48].map((hour) => ({ at: START + hour * HOUR, ...NEWS }));
    const other = { at: START, ...NEWS, to: 'ben@example.com' };
    const again = await world.warden.system().simulate({}, { over: { history: [...rare, other] } });
    expect(again).toMatchObject({ decisions: 4, same: 4 });
  });

  it('takes no time of an unknown zone', async () => {
    const wanted = 'at has to be epoch ms or ISO 8601 with an offset.';
    const report = await simulate(
      [
        'at,from,to,subject,body',
        `2026-01-05T09:00:00,${MARKETING},${ANA},Hi,Hi`,
        `2026-01-05,${MARKETING},${ANA},Hi,Hi`,
        `2026-01-05T09:00:00+02:00,${MARKETING},${ANA},Hi,Hi`,
        `${START},${MARKETING},${ANA},Hi,Hi`,
      ].join('\n'),
    );
    expect(report).toMatchObject({ decisions: 2, failed: 2 });
    expect(report.errors).toEqual([
      { line: 2, message: wanted },
      { line: 3, message: wanted },
    ]);
  });
});
