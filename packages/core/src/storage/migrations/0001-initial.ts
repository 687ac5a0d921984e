import { createDeliveryTables } from './0001/delivery.ts';
import { createMessageTables } from './0001/message.ts';
import { createOperationsTables } from './0001/operations.ts';
import { createPeopleTables } from './0001/people.ts';
import type { Migration } from './migration.ts';

/** Every table that sending, oversight and reading need. */
export const initial: Migration = {
  id: 1,
  name: 'initial',
  up: async (tx, types) => {
    await createOperationsTables(tx, types);
    await createPeopleTables(tx, types);
    await createMessageTables(tx, types);
    await createDeliveryTables(tx, types);
  },
};
