import type { KyselyPlugin, RootOperationNode } from 'kysely';
import type { Storage, StorageFactory, Tx } from '../../../packages/core/src/storage/database.ts';
import type { Transport } from '../../../packages/core/src/transport/transport.ts';

/** What a unit of work was about, as its statements tell. */
type Kind = 'submit' | 'claim' | 'begin' | 'record' | 'sweep';

/**
 * Where a process kills itself: with everything written and nothing committed, right after the
 * commit, with two units in one commit, or with the server's 250 in hand.
 */
export type KillPoint = `${Kind}, ${'not committed' | 'committed'}` | 'group commit' | 'answered';

export const KILL_POINTS: readonly KillPoint[] = [
  ...(['submit', 'claim', 'begin', 'record', 'sweep'] as const).flatMap(
    (kind) => [`${kind}, not committed`, `${kind}, committed`] as const,
  ),
  'group commit',
  'answered',
];

/** A database and a transport whose process can be told where to die, or to live on. */
export interface Mortal {
  over(inner: StorageFactory): StorageFactory;
  carry(inner: Transport): Transport;
  dieAt(point: KillPoint | undefined): void;
}

/** Makes one; without `dieAt` nothing changes. */
export function makeMortal(): Mortal {
  let point: KillPoint | undefined;
  /** Units of work that have written and whose commit has not been answered. */
  let written = 0;
  const reach = (reached: KillPoint): void => {
    if (reached === point) process.kill(process.pid, 'SIGKILL');
  };
  const over = (storage: Storage): Storage => ({
    ...bindAll(storage),
    async unit<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
      if (point === undefined) return storage.unit(work);
      const kinds = new Set<Kind>();
      let isWritten = false;
      const end = (): void => {
        if (isWritten) written -= 1;
        isWritten = false;
      };
      try {
        const value = await storage.unit(async (tx) => {
          end();
          kinds.clear();
          const result = await work(tx.withPlugin(watch(kinds)));
          for (const kind of kinds) reach(`${kind}, not committed`);
          isWritten = kinds.size > 0;
          if (isWritten) written += 1;
          if (written > 1) reach('group commit');
          return result;
        });
        for (const kind of kinds) reach(`${kind}, committed`);
        return value;
      } finally {
        end();
      }
    },
  });
  return {
    over: (inner) => ({ open: async () => over(await inner.open()) }),
    carry: (inner) => ({
      ...inner,
      async send(envelope, raw) {
        const result = await inner.send(envelope, raw);
        if (result.accepted.length > 0) reach('answered');
        return result;
      },
    }),
    dieAt(given) {
      point = given;
    },
  };
}

/** Private fields are reached through the storage itself. */
function bindAll(storage: Storage): Omit<Storage, 'unit'> {
  return {
    db: storage.db,
    capabilities: storage.capabilities,
    clock: storage.clock,
    migrate: (mode) => storage.migrate(mode),
    flushLog: () => storage.flushLog(),
    announce: (topic) => storage.announce(topic),
    listen: (topic, onNews) => storage.listen(topic, onNews),
    close: () => storage.close(),
  };
}

function watch(kinds: Set<Kind>): KyselyPlugin {
  return {
    transformQuery({ node }) {
      const kind = kindOf(node);
      if (kind !== undefined) kinds.add(kind);
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
}

function kindOf(node: RootOperationNode): Kind | undefined {
  if (node.kind === 'InsertQueryNode') {
    switch (node.into?.table.identifier.name) {
      case 'message':
        return 'submit';
      case 'attempt':
        return node.onConflict === undefined ? 'begin' : 'record';
      default:
        return undefined;
    }
  }
  if (node.kind !== 'UpdateQueryNode' || tableOf(node.table) !== 'delivery') return undefined;
  const set = new Map(
    node.updates?.map(({ column, value }) => [nameOf(column), literalOf(value)] as const),
  );
  if (set.get('state') === 'claimed') return 'claim';
  // A lease that ran out; what is promoted from `deferred` keeps its reason.
  const isRecovered = set.get('state') === 'queued' && set.has('reason_code');
  return isRecovered || set.get('reason_code') === 'WORKER_LOST' ? 'sweep' : undefined;
}

function tableOf(node: object | undefined): string {
  const { table } = (node ?? {}) as { table?: { identifier?: { name?: string } } };
  return table?.identifier?.name ?? '';
}

function nameOf(node: object): string {
  return (node as { column?: { name?: string } }).column?.name ?? '';
}

function literalOf(node: object): unknown {
  return (node as { value?: unknown }).value;
}
