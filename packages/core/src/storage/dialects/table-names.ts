import {
  type BinaryOperationNode,
  IdentifierNode,
  PostgresQueryCompiler,
  PrimitiveValueListNode,
  SchemableIdentifierNode,
  type SelectModifierNode,
  SqliteQueryCompiler,
  TableNode,
} from 'kysely';
import type { Database } from '../database.ts';

/** Every table of ours, so that nothing else in a shared database is ever renamed. */
const TABLES: Readonly<Record<keyof Database | 'migration', true>> = {
  meta: true,
  sender: true,
  mailbox: true,
  pause: true,
  webhook_event: true,
  webhook_count: true,
  template_approval: true,
  recipient_key: true,
  contact: true,
  contact_import: true,
  tag: true,
  suppression: true,
  address_failure: true,
  stop_request: true,
  erasure: true,
  consent: true,
  fact_task: true,
  opt_in: true,
  preference: true,
  refusal: true,
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
  review_view: true,
  review_member: true,
  review_outcome: true,
  rule_feedback: true,
  sending_fact: true,
  throttle: true,
  mail_route: true,
  migration: true,
};

/*
 * Both compilers give our tables their real names in builders, in `sql.table()` and in `sql.ref()`,
 * while they write the SQL: a plugin would copy every query first, and Kysely's own
 * `WithSchemaPlugin` leaves tables inside `sql` templates alone. An alias or a CTE must not be
 * called like a table.
 */

/** SQLite: behind a prefix. */
export class PrefixedSqliteCompiler extends SqliteQueryCompiler {
  readonly #prefix: string;

  constructor(prefix: string) {
    super();
    this.#prefix = prefix;
  }

  protected override visitTable(node: TableNode): void {
    const name = ownTable(node);
    if (name === undefined) super.visitTable(node);
    else this.visitNode(IdentifierNode.create(this.#prefix + name));
  }

  // A text is prepared once: lists of about the same length share one, filled up with what they end
  // with. Without that, a batch of each size prepares thirty statements of its own.
  protected override visitBinaryOperation(node: BinaryOperationNode): void {
    const { rightOperand: list } = node;
    super.visitBinaryOperation(
      PrimitiveValueListNode.is(list)
        ? { ...node, rightOperand: PrimitiveValueListNode.create(fillUp(list.values)) }
        : node,
    );
  }
}

/** Longer lists are rare, and SQLite takes 32,766 values in all. */
const MAX_FILLED = 1_024;

/** To the next power of two. */
function fillUp(values: readonly unknown[]): readonly unknown[] {
  if (values.length < 3 || values.length > MAX_FILLED) return values;
  const length = 2 ** Math.ceil(Math.log2(values.length));
  return [...values, ...new Array<unknown>(length - values.length).fill(values.at(-1))];
}

/** PostgreSQL: in a schema of their own. */
export class SchemaPostgresCompiler extends PostgresQueryCompiler {
  readonly #schema: string;

  constructor(schema: string) {
    super();
    this.#schema = schema;
  }

  protected override visitTable(node: TableNode): void {
    const name = ownTable(node);
    if (name === undefined) super.visitTable(node);
    else this.visitNode(SchemableIdentifierNode.createWithSchema(this.#schema, name));
  }

  // PostgreSQL wants the bare name after FOR UPDATE OF.
  protected override visitSelectModifier(node: SelectModifierNode): void {
    const { of, ...rest } = node;
    super.visitSelectModifier(rest);
    if (of === undefined) return;
    this.append(' of ');
    this.compileList(of.map((item) => (TableNode.is(item) ? item.table : item)));
  }
}

function ownTable(node: TableNode): string | undefined {
  const { schema, identifier } = node.table;
  return schema === undefined && Object.hasOwn(TABLES, identifier.name)
    ? identifier.name
    : undefined;
}
