import type { CompiledQuery, KyselyPlugin, RootOperationNode } from 'kysely';
import type { Storage, StorageFactory, Tx } from '../../packages/core/src/storage/database.ts';

/** Every statement that product code really runs, on top of a real database. */
export interface CapturedQueries {
  over(inner: StorageFactory): StorageFactory;
  /** Runs `work` and keeps what it asks the database. */
  during<T>(work: () => Promise<T>): Promise<T>;
  /** How many statements there were since the last time that somebody asked. */
  count(): number;
  /** Each SQL text once. */
  list(): readonly CompiledQuery[];
}

/** Makes one; nothing is kept outside `during`. */
export function captureQueries(): CapturedQueries {
  const nodes: RootOperationNode[] = [];
  const queries = new Map<string, CompiledQuery>();
  let capturing = false;
  let storage: Storage | undefined;
  const plugin: KyselyPlugin = {
    transformQuery({ node }) {
      if (capturing) nodes.push(node);
      return node;
    },
    transformResult: ({ result }) => Promise.resolve(result),
  };
  return {
    over: (inner) => ({
      open: async () => {
        storage = await inner.open();
        return wrap(storage, plugin);
      },
    }),
    async during(work) {
      capturing = true;
      try {
        return await work();
      } finally {
        capturing = false;
      }
    },
    count: () => nodes.splice(0).length,
    list() {
      const executor = storage?.db.getExecutor();
      for (const node of nodes.splice(0)) {
        const query = executor?.compileQuery(node, { queryId: 'captured' });
        if (query !== undefined) queries.set(query.sql, query);
      }
      return [...queries.values()];
    },
  };
}

function wrap(storage: Storage, plugin: KyselyPlugin): Storage {
  return new Proxy(storage, {
    get(target, name) {
      if (name === 'db') return target.db.withPlugin(plugin);
      if (name === 'unit') {
        return <T>(work: (tx: Tx) => Promise<T>) =>
          target.unit((tx) => work(tx.withPlugin(plugin)));
      }
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
