import {
  type KyselyPlugin,
  OperationNodeTransformer,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryId,
  type QueryResult,
  type RootOperationNode,
  type SelectModifierNode,
  TableNode,
  type UnknownRow,
} from 'kysely';
import type { Database } from '../database.ts';

/** Every table of ours, so that nothing else in a shared database is ever renamed. */
const TABLES: Readonly<Record<keyof Database | 'migration', true>> = {
  meta: true,
  sender: true,
  mailbox: true,
  template_approval: true,
  recipient_key: true,
  contact: true,
  tag: true,
  suppression: true,
  consent: true,
  fact_task: true,
  message: true,
  message_revision: true,
  message_id_alias: true,
  chunk: true,
  read_mark: true,
  folder: true,
  delivery: true,
  attempt: true,
  reservation: true,
  approval: true,
  remembered: true,
  told_deadline: true,
  event: true,
  audit_detail: true,
  audit_entry: true,
  audit_seal: true,
  migration: true,
};

/** Where our tables are: behind a prefix, or in a schema of their own. */
export type TablePlace = { readonly prefix: string } | { readonly schema: string };

/**
 * Gives our tables their real names in builders, in `sql.table()` and in `sql.ref()`. Kysely's own
 * `WithSchemaPlugin` leaves tables inside `sql` templates alone, which is why it is not used.
 * An alias or a CTE must not be called like a table.
 */
export class TableNamesPlugin implements KyselyPlugin {
  readonly #transformer: OperationNodeTransformer;

  constructor(place: TablePlace) {
    this.#transformer = 'prefix' in place ? new Prefixed(place.prefix) : new InSchema(place.schema);
  }

  transformQuery(args: PluginTransformQueryArgs): RootOperationNode {
    return this.#transformer.transformNode(args.node, args.queryId);
  }

  async transformResult(args: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return args.result;
  }
}

class Prefixed extends OperationNodeTransformer {
  readonly #prefix: string;

  constructor(prefix: string) {
    super();
    this.#prefix = prefix;
  }

  protected override transformTable(node: TableNode): TableNode {
    const name = ownTable(node);
    return name === undefined ? node : TableNode.create(this.#prefix + name);
  }
}

class InSchema extends OperationNodeTransformer {
  readonly #schema: string;

  constructor(schema: string) {
    super();
    this.#schema = schema;
  }

  protected override transformTable(node: TableNode): TableNode {
    const name = ownTable(node);
    return name === undefined ? node : TableNode.createWithSchema(this.#schema, name);
  }

  // PostgreSQL wants the bare name after FOR UPDATE OF.
  protected override transformSelectModifier(
    node: SelectModifierNode,
    queryId?: QueryId,
  ): SelectModifierNode {
    const { of, ...rest } = node;
    const transformed = super.transformSelectModifier(rest, queryId);
    if (of === undefined) return transformed;
    return {
      ...transformed,
      of: of.map((item) => (TableNode.is(item) ? item : this.transformNode(item, queryId))),
    };
  }
}

function ownTable(node: TableNode): string | undefined {
  const { schema, identifier } = node.table;
  return schema === undefined && Object.hasOwn(TABLES, identifier.name)
    ? identifier.name
    : undefined;
}
