// A process that works on a backlog until it is killed: node worker-process.ts '<BacklogOrder>'
import { createMailwarden } from '../../../packages/core/src/index.ts';
import { postgres } from '../../../packages/core/src/postgres.ts';
import { sqlite } from '../../../packages/core/src/sqlite.ts';
import type { Place } from './backlog-data.ts';
import { backlogOptions } from './backlog-options.ts';
import { peakRss } from './peak-rss.ts';

/** What it is told. */
export interface BacklogOrder {
  readonly place: Place;
  readonly port: number;
  readonly dailyLimit?: number;
}

const { place, port, dailyLimit } = JSON.parse(process.argv[2] ?? '') as BacklogOrder;
const database = 'file' in place ? sqlite(place.file) : postgres(place.url);
const warden = await createMailwarden(backlogOptions(database, port, dailyLimit));
process.on('message', (word) => {
  if (word === 'start') void warden.start();
  else process.send?.({ peakRss: peakRss() });
});
process.send?.('ready');
