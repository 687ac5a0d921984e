import type { OutcomeStatus } from '../operations/outcome.ts';
import type { Principal } from '../principal/principal.ts';

/** What a call does to the world; frameworks show it to people. */
export type ToolEffect = 'read' | 'organise' | 'send' | 'decide';

/** The portable subset of JSON Schema that every framework and provider accepts (architecture.md §11). */
export type PortableSchema =
  | { readonly type: 'string'; readonly description: string; readonly enum?: readonly string[] }
  | { readonly type: 'integer' | 'boolean'; readonly description: string }
  | {
      readonly type: 'array';
      readonly description: string;
      readonly items: { readonly type: 'string' };
    }
  | PortableObject;

/** A flat object; only `filter` nests, once. */
export interface PortableObject {
  readonly type: 'object';
  readonly description?: string;
  readonly properties: Readonly<Record<string, PortableSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties: false;
}

/** What the framework knows about this call. */
export interface ToolCall {
  /** The framework's id of the call; makes a retry of the same call the same send. */
  readonly callId?: string;
  readonly signal?: AbortSignal;
}

/** What a tool gives back: the same in every framework. */
export interface ToolResult {
  readonly status: OutcomeStatus;
  readonly code: string;
  /** For the model: bounded, no stack, no path, no secret. */
  readonly text: string;
  /** For the application: snake_case, JSON-safe. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** An operation as shown to a model: one row of the one table. */
export interface EmailTool {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly effect: ToolEffect;
  readonly principals: readonly Principal['kind'][];
  readonly inputSchema: PortableObject;
}
