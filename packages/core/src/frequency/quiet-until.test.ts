import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quietUntil } from './quiet-until.ts';

const NIGHT = { from: '21:00', to: '08:00' };
const HOUR = 3_600_000;

function until(
  times: { readonly from: string; readonly to: string },
  zone: string,
  at: string,
): string | undefined {
  const end = quietUntil(times, zone, Date.parse(at));
  return end === undefined ? undefined : new Date(end).toISOString();
}

describe('quiet hours', () => {
  it('start at the first minute and end at the last', () => {
    const noon = { from: '12:00', to: '13:00' };
    expect(until(noon, 'UTC', '2026-03-02T11:59:59.999Z')).toBeUndefined();
    expect(until(noon, 'UTC', '2026-03-02T12:00:00Z')).toBe('2026-03-02T13:00:00.000Z');
    expect(until(noon, 'UTC', '2026-03-02T12:59:59.999Z')).toBe('2026-03-02T13:00:00.000Z');
    expect(until(noon, 'UTC', '2026-03-02T13:00:00Z')).toBeUndefined();
  });

  it('cross midnight, on either side of it', () => {
    expect(until(NIGHT, 'Europe/Berlin', '2026-03-02T19:59:00Z')).toBeUndefined();
    const morning = '2026-03-03T07:00:00.000Z';
    expect(until(NIGHT, 'Europe/Berlin', '2026-03-02T20:00:00Z')).toBe(morning);
    expect(until(NIGHT, 'Europe/Berlin', '2026-03-02T23:30:00Z')).toBe(morning);
    expect(until(NIGHT, 'Europe/Berlin', '2026-03-03T06:59:00Z')).toBe(morning);
    expect(until(NIGHT, 'Europe/Berlin', '2026-03-03T07:00:00Z')).toBeUndefined();
  });

  it('are those of the zone: the same instant is night in Berlin and day in New York', () => {
    const at = '2026-03-02T21:00:00Z';
    expect(until(NIGHT, 'Europe/Berlin', at)).toBe('2026-03-03T07:00:00.000Z');
    expect(until(NIGHT, 'America/New_York', at)).toBeUndefined();
  });

  it.each([
    // Berlin: 02:00 → 03:00 on 29 March, 03:00 → 02:00 on 25 October.
    ['Europe/Berlin', '2026-03-28T23:00:00Z', '2026-03-29T06:00:00.000Z'],
    ['Europe/Berlin', '2026-10-24T23:00:00Z', '2026-10-25T07:00:00.000Z'],
    // New York: 02:00 → 03:00 on 8 March, 02:00 → 01:00 on 1 November.
    ['America/New_York', '2026-03-08T04:00:00Z', '2026-03-08T12:00:00.000Z'],
    ['America/New_York', '2026-11-01T04:00:00Z', '2026-11-01T13:00:00.000Z'],
    // Lord Howe: half an hour, 02:00 → 02:30 on 4 October, 02:00 → 01:30 on 5 April.
    ['Australia/Lord_Howe', '2026-10-03T12:00:00Z', '2026-10-03T21:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-04T12:00:00Z', '2026-04-04T21:30:00.000Z'],
  ])('end at eight by the clock in %s after the clocks changed in the night of %s', (...row) => {
    const [zone, at, end] = row;
    expect(until(NIGHT, zone, at)).toBe(end);
  });

  it.each([
    ['Europe/Berlin', '02:30', '2026-03-29T00:30:00Z', '2026-03-29T01:00:00.000Z'],
    ['America/New_York', '02:30', '2026-03-08T06:30:00Z', '2026-03-08T07:00:00.000Z'],
    ['Australia/Lord_Howe', '02:15', '2026-10-03T15:00:00Z', '2026-10-03T15:30:00.000Z'],
  ])('end at the jump when it leaves out their end: %s %s', (zone, to, at, end) => {
    expect(until({ from: '22:00', to }, zone, at)).toBe(end);
    expect(until({ from: '22:00', to }, zone, end)).toBeUndefined();
  });

  it('start at the jump when it leaves out their start', () => {
    const early = { from: '02:30', to: '05:00' };
    expect(until(early, 'Europe/Berlin', '2026-03-29T00:59:00Z')).toBeUndefined();
    expect(until(early, 'Europe/Berlin', '2026-03-29T01:00:00Z')).toBe('2026-03-29T03:00:00.000Z');
  });

  it.each([
    // 02:30 comes twice: 00:30Z and 01:30Z.
    ['Europe/Berlin', '02:30', '2026-10-25T00:45:00Z', '2026-10-25T01:30:00.000Z'],
    ['America/New_York', '01:30', '2026-11-01T05:45:00Z', '2026-11-01T06:30:00.000Z'],
    ['Australia/Lord_Howe', '01:45', '2026-04-04T14:50:00Z', '2026-04-04T15:15:00.000Z'],
  ])('end the second time when their end comes twice: %s %s', (zone, to, at, end) => {
    expect(until({ from: '22:00', to }, zone, at)).toBe(end);
  });

  it('start the first time when their start comes twice, and hold through the hour again', () => {
    const early = { from: '02:30', to: '05:00' };
    const end = '2026-10-25T04:00:00.000Z';
    expect(until(early, 'Europe/Berlin', '2026-10-25T00:29:00Z')).toBeUndefined();
    expect(until(early, 'Europe/Berlin', '2026-10-25T00:30:00Z')).toBe(end);
    // 02:10 the second time.
    expect(until(early, 'Europe/Berlin', '2026-10-25T01:10:00Z')).toBe(end);
  });

  it('hold where a whole day was left out', () => {
    // Samoa had no 30 December 2011.
    expect(until(NIGHT, 'Pacific/Apia', '2011-12-30T09:30:00Z')).toBe('2011-12-30T18:00:00.000Z');
  });

  it('throw for a zone that does not exist', () => {
    expect(() => quietUntil(NIGHT, 'Mars/Base', 0)).toThrow(RangeError);
  });

  it('P7: agree with the clock on the wall, and never end in the quiet', () => {
    const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC');
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([hour, minute]) => `${pad(hour)}:${pad(minute)}`);
    const instant = fc.integer({
      min: Date.parse('2026-01-01T00:00:00Z'),
      max: Date.parse('2027-12-31T00:00:00Z'),
    });
    fc.assert(
      fc.property(zone, time, time, instant, (timeZone, from, to, at) => {
        fc.pre(from !== to);
        const end = quietUntil({ from, to }, timeZone, at);
        if (end !== undefined) {
          expect(end).toBeGreaterThan(at);
          expect(quietUntil({ from, to }, timeZone, end)).toBeUndefined();
        }
        // The hours in which the clocks change are told apart above.
        if (changesAround(timeZone, at)) return;
        const shown = wallClock(timeZone, at);
        const quiet = from < to ? from <= shown && shown < to : shown >= from || shown < to;
        expect(end !== undefined).toBe(quiet);
        if (end !== undefined && !changesAround(timeZone, end)) {
          expect(wallClock(timeZone, end)).toBe(to);
          expect(end - at).toBeLessThanOrEqual(25 * HOUR);
        }
      }),
      { numRuns: 400 },
    );
  });
});

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

function wallClock(timeZone: string, at: number): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' }).format(at);
}

function changesAround(timeZone: string, at: number): boolean {
  const offset = (instant: number) => {
    const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
    return format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value;
  };
  return offset(at - 4 * HOUR) !== offset(at + 4 * HOUR);
}
