import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capCovers, countsTogether } from './cap-matches.ts';
import type { CountedMail, LedgerMail } from './counted-mail.ts';
import { findPlace } from './find-place.ts';
import type { FrequencyCap } from './frequency-cap.ts';

const HOUR = 3_600_000;
const MAIL: CountedMail = { senderId: 'acme', category: 'marketing', topic: 'news' };
const at = (...hours: readonly number[]): LedgerMail[] =>
  hours.map((hour) => ({ ...MAIL, at: hour * HOUR }));

describe('a place under a cap', () => {
  const cap: FrequencyCap = { max: 2, per: 24 * HOUR };

  it('is free while fewer than max are in the window', () => {
    const now = 30 * HOUR;
    expect(findPlace(cap, at(10), MAIL, { now, wanted: 1 })).toEqual({
      used: 1,
      free: 1,
      freeAt: now,
    });
  });

  it('is free again exactly one window after the mail in the way', () => {
    const ledger = at(10, 20);
    const before = findPlace(cap, ledger, MAIL, { now: 34 * HOUR - 1, wanted: 1 });
    expect(before).toEqual({ used: 2, free: 0, freeAt: 34 * HOUR });
    const then = findPlace(cap, ledger, MAIL, { now: 34 * HOUR, wanted: 1 });
    expect(then).toEqual({ used: 1, free: 1, freeAt: 34 * HOUR });
  });

  it('waits for the one that has to leave first when the window is over-full', () => {
    const ledger = at(10, 12, 14, 16);
    const { freeAt } = findPlace(cap, ledger, MAIL, { now: 20 * HOUR, wanted: 1 });
    expect(freeAt).toBe((14 + 24) * HOUR);
  });

  it('needs as many places as the message has deliveries to the person', () => {
    const place = findPlace(cap, at(10), MAIL, { now: 20 * HOUR, wanted: 2 });
    expect(place).toEqual({ used: 1, free: 1, freeAt: 34 * HOUR });
  });
});

describe('what a cap counts', () => {
  it.each<[string, Partial<FrequencyCap>, Partial<CountedMail>, boolean]>([
    ['marketing unless told', {}, {}, true],
    ['no replies', {}, { category: 'conversational' }, false],
    ['no transactional mail', {}, { category: 'transactional' }, false],
    ['replies when told', { category: 'conversational' }, { category: 'conversational' }, true],
    ['its topic', { topic: 'news' }, {}, true],
    ['no other topic', { topic: 'tips' }, {}, false],
    ['its campaign', { campaign: 'spring' }, { campaign: 'spring' }, true],
    ['no other campaign', { campaign: 'spring' }, { campaign: 'autumn' }, false],
    ['mail that names no campaign', { campaign: 'spring' }, {}, true],
  ])('is %s', (_, cap, mail, expected) => {
    expect(capCovers({ max: 1, per: HOUR, ...cap }, { ...MAIL, ...mail })).toBe(expected);
  });

  it('is each sender for itself, unless told', () => {
    const other = { ...MAIL, senderId: 'beta' };
    expect(countsTogether({ max: 1, per: HOUR }, MAIL, other)).toBe(false);
    expect(countsTogether({ max: 1, per: HOUR, acrossSenders: true }, MAIL, other)).toBe(true);
  });

  it('is each topic for itself when told, and mail without a topic with every one', () => {
    const cap: FrequencyCap = { max: 1, per: HOUR, each: 'topic' };
    const { topic: _, ...unsaid } = MAIL;
    expect(countsTogether(cap, MAIL, { ...MAIL, topic: 'tips' })).toBe(false);
    expect(countsTogether(cap, MAIL, MAIL)).toBe(true);
    expect(countsTogether(cap, MAIL, unsaid)).toBe(true);
    expect(countsTogether(cap, unsaid, MAIL)).toBe(true);
  });
});

const label = fc.constantFrom(undefined, 'a', 'b');
const anyMail = fc.record({
  senderId: fc.constantFrom('acme', 'beta'),
  category: fc.constantFrom('marketing', 'conversational'),
  topic: label,
  campaign: label,
}) as fc.Arbitrary<CountedMail>;
const anyCap = fc.record({
  max: fc.integer({ min: 1, max: 4 }),
  per: fc.integer({ min: 1, max: 72 }).map((hours) => hours * HOUR),
  category: fc.constantFrom(undefined, 'marketing', 'conversational'),
  topic: label,
  campaign: label,
  each: fc.constantFrom(undefined, 'topic', 'campaign'),
  acrossSenders: fc.boolean(),
}) as fc.Arbitrary<FrequencyCap>;

describe('P7: who sends whenever there is a place, and only then', () => {
  it('never has more than max in any window, wherever it starts', () => {
    const wishes = fc.array(fc.tuple(fc.integer({ min: 0, max: 300 }), anyMail), { maxLength: 60 });
    fc.assert(
      fc.property(anyCap, wishes, (cap, given) => {
        const ledger = sendAll(cap, given);
        for (const mail of ledger) {
          const window = ledger.filter(
            (each) =>
              each.at > mail.at - cap.per && each.at <= mail.at && countsTogether(cap, each, mail),
          );
          // Mail without a label is itself counted with mail of every label.
          if (capCovers(cap, mail)) expect(window.length).toBeLessThanOrEqual(cap.max);
        }
      }),
    );
  });

  it('finds a place at freeAt and none an hour before', () => {
    const ledgers = fc.array(fc.tuple(fc.integer({ min: 0, max: 100 }), anyMail), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(anyCap, ledgers, anyMail, (cap, given, mail) => {
        const now = 100 * HOUR;
        const ledger = given.map(([hour, each]) => ({ ...each, at: hour * HOUR }));
        const place = findPlace(cap, ledger, mail, { now, wanted: 1 });
        const then = findPlace(cap, ledger, mail, { now: place.freeAt, wanted: 1 });
        expect(then.free).toBeGreaterThan(0);
        if (place.free > 0) expect(place.freeAt).toBe(now);
        else {
          const before = findPlace(cap, ledger, mail, { now: place.freeAt - 1, wanted: 1 });
          expect(before.free).toBe(0);
        }
      }),
    );
  });

  it('symmetry: what counts for one counts for the other', () => {
    fc.assert(
      fc.property(anyCap, anyMail, anyMail, (cap, one, other) => {
        expect(countsTogether(cap, one, other)).toBe(countsTogether(cap, other, one));
      }),
    );
  });
});

function sendAll(
  cap: FrequencyCap,
  given: readonly (readonly [number, CountedMail])[],
): readonly LedgerMail[] {
  const ledger: LedgerMail[] = [];
  for (const [hour, mail] of given.toSorted(([a], [b]) => a - b)) {
    const now = hour * HOUR;
    const { free } = findPlace(cap, ledger, mail, { now, wanted: 1 });
    if (!capCovers(cap, mail) || free > 0) ledger.push({ ...mail, at: now });
  }
  return ledger;
}
