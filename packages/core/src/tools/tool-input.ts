import type { ArgumentsOf } from './arguments-of.ts';
import type { EMAIL_TOOLS } from './email-tools.ts';

/** The literal row types of the table. */
type Row = (typeof EMAIL_TOOLS)[number];

/** Every tool there is. */
export type ToolName = Row['name'];

/** Tools that an agent's handle gives. */
export type AgentToolName = Extract<Row, { principals: readonly ['agent', ...unknown[]] }>['name'];

/** Tools that a reviewer's handle gives. */
export type ReviewerToolName = Extract<
  Row,
  { principals: readonly ['reviewer'] | readonly ['agent', 'reviewer'] }
>['name'];

/** What a tool takes, as its schema says; core accepts some sloppier spellings too. */
export type ToolInput<Name extends ToolName> = ArgumentsOf<
  Extract<Row, { name: Name }>['inputSchema']
>;
