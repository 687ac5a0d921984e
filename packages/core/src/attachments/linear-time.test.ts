import { expect, it } from 'vitest';
import { csvToText } from './csv-to-text.ts';
import { icsToText } from './ics-to-text.ts';

const LENGTH = 500_000;
const fill = (piece: string) => piece.repeat(LENGTH / piece.length);

it.each(['"', ',"', '\n', '"a\n'])('reads a table of nothing but %j', async (piece) => {
  expect((await csvToText(fill(piece), 13_000)).length).toBeLessThan(LENGTH * 2);
});

it.each(['\n ', ';', 'BEGIN:VEVENT\n', 'ATTENDEE;CN="'])('reads a calendar of %j', (piece) => {
  expect(icsToText(fill(piece), 13_000).length).toBeLessThan(LENGTH);
});
