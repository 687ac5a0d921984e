// A process that migrates when it is told to: node migrate-process.ts <where…>
import { once } from 'node:events';
import { postgres } from '../../packages/core/src/postgres.ts';
import { sqlite } from '../../packages/core/src/sqlite.ts';

const [place = '', schema] = process.argv.slice(2);
const factory = schema === undefined ? sqlite(place) : postgres(place, { schema });

process.send?.('ready');
await once(process, 'message');
const storage = await factory.open();
await storage.migrate('auto');
await storage.migrate('check');
await storage.unit((tx) =>
  tx
    .insertInto('meta')
    .values({ tenant: 'default', key: String(process.pid), value: '' })
    .execute(),
);
await storage.close();
process.disconnect();
