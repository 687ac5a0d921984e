// A process that works on the deliveries of a database until it is killed:
// node worker-process.ts '<WorkerOrder as JSON>'
import { postgres } from '../../packages/core/src/postgres.ts';
import { sqlite } from '../../packages/core/src/sqlite.ts';
import type { Storage, StorageFactory } from '../../packages/core/src/storage/database.ts';
import { openWorld } from '../support/warden-world.ts';
import type { WorkerOrder } from './start-worker.ts';

const order = JSON.parse(process.argv[2] ?? '{}') as WorkerOrder;
const [place = '', schema] = order.where;
const factory = schema === undefined ? sqlite(place) : postgres(place, { schema });
const dies: StorageFactory = { open: async () => stopAfterClaim(await factory.open()) };

const { warden } = await openWorld(
  async () => ({
    factory: order.until === 'claimed' ? dies : factory,
    again: () => factory,
    where: order.where,
    dispose: async () => {},
  }),
  { smtpUrl: order.smtpUrl, mailbox: order.mailbox, dispatch: { lease: order.lease } },
);
await warden.tick();
// Only a test that failed to kill it comes here.
process.send?.('done');

/** Goes on for ever after the commit of a claim, as a process that dies just then would not. */
function stopAfterClaim(storage: Storage): Storage {
  return {
    db: storage.db,
    capabilities: storage.capabilities,
    clock: storage.clock,
    migrate: (mode) => storage.migrate(mode),
    flushLog: () => storage.flushLog(),
    announce: (topic) => storage.announce(topic),
    listen: (topic, onNews) => storage.listen(topic, onNews),
    close: () => storage.close(),
    async unit(work) {
      const result = await storage.unit(work);
      const claimed = await storage.db
        .selectFrom('delivery')
        .select('id')
        .where('state', '=', 'claimed')
        .execute()
        .catch(() => []);
      if (claimed.length === 0) return result;
      process.send?.('claimed');
      return new Promise(() => {});
    },
  };
}
