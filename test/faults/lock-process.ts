// A process that holds the write lock of a SQLite file until it is told to let go:
// node lock-process.ts <file>
import { once } from 'node:events';
import BetterSqlite3 from 'better-sqlite3';

const database = new BetterSqlite3(process.argv[2] ?? '');
database.exec('begin immediate');
process.send?.('locked');
await once(process, 'message');
database.exec('rollback');
database.close();
process.disconnect();
