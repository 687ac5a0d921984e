import type { CallbackManagerForToolRun } from '@langchain/core/callbacks/manager';
import { ToolMessage } from '@langchain/core/messages';
import {
  StructuredTool,
  type StructuredToolCallInput,
  type ToolReturnType,
  type ToolRunnableConfig,
} from '@langchain/core/tools';
import {
  type AgentHandle,
  checkArguments,
  type EmailTool,
  type ReviewerHandle,
  runTool,
  type ToolResult,
} from '@mailwarden/core';
import { pauseForApproval } from './pause-for-approval.ts';

/** What a tool is made from. */
export interface EmailStructuredToolFields {
  readonly handle: AgentHandle | ReviewerHandle;
  readonly row: EmailTool;
  readonly approval: 'queue' | 'interrupt';
}

type JsonSchema = Record<string, unknown>;

/**
 * One email tool. The schema is plain JSON Schema, because some LangChain providers serialise
 * anything else wrongly; arguments are brought into form before LangChain validates them, because
 * its own parse error shows the model a stack trace.
 */
export class EmailStructuredTool extends StructuredTool<JsonSchema, unknown, unknown, unknown> {
  override readonly name: string;
  override readonly description: string;
  override readonly schema: JsonSchema;
  readonly #fields: EmailStructuredToolFields;

  constructor(fields: EmailStructuredToolFields) {
    super({ metadata: { effect: fields.row.effect } });
    this.name = fields.row.name;
    this.description = fields.row.description;
    this.schema = { ...structuredClone(fields.row.inputSchema) };
    this.#fields = fields;
  }

  override async call<
    TArg extends StructuredToolCallInput<JsonSchema, unknown>,
    TConfig extends ToolRunnableConfig | undefined,
  >(arg: TArg, config?: TConfig, tags?: string[]): Promise<ToolReturnType<TArg, TConfig, unknown>> {
    const checked = checkArguments(this.#fields.row, isToolCall(arg) ? arg.args : arg);
    if ('args' in checked) {
      const input = isToolCall(arg) ? { ...arg, args: checked.args } : checked.args;
      return super.call(input as TArg, config, tags);
    }
    const id = isToolCall(arg) ? arg.id : config?.toolCall?.id;
    return this.#toOutput(checked.refused, id) as ToolReturnType<TArg, TConfig, unknown>;
  }

  protected override async _call(
    args: unknown,
    _runManager?: CallbackManagerForToolRun,
    config?: ToolRunnableConfig,
  ): Promise<unknown> {
    const { handle, row, approval } = this.#fields;
    const callId = config?.toolCall?.id;
    const result = await runTool(handle, row.name, args, {
      ...(callId === undefined ? {} : { callId }),
      ...(config?.signal === undefined ? {} : { signal: config.signal }),
    });
    const settled =
      approval === 'interrupt' && config !== undefined && row.effect === 'send'
        ? await pauseForApproval({ handle, row, args, config, result })
        : result;
    return this.#toOutput(settled, callId);
  }

  /** Without a call id there is no message to answer with; the text stands alone. */
  #toOutput({ status, text, data }: ToolResult, callId: string | undefined): ToolMessage | string {
    if (callId === undefined) return text;
    return new ToolMessage({
      content: text,
      artifact: data,
      name: this.name,
      tool_call_id: callId,
      status:
        status === 'blocked' || status === 'invalid' || status === 'unavailable'
          ? 'error'
          : 'success',
    });
  }
}

interface CallLike {
  readonly type: 'tool_call';
  readonly id?: string;
  readonly args: unknown;
}

function isToolCall(arg: unknown): arg is CallLike {
  return typeof arg === 'object' && arg !== null && 'type' in arg && arg.type === 'tool_call';
}
