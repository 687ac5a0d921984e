import { MockLanguageModelV4 } from 'ai/test';
import { MockLanguageModelV3 } from 'ai6/test';

/** One tool call that a scripted model makes. */
export interface ScriptedCall {
  readonly id: string;
  readonly name: string;
  readonly args: unknown;
}

const USAGE = {
  inputTokens: { total: 1, noCache: 1, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 1, text: 1, reasoning: undefined },
};

const toResult = (calls: readonly ScriptedCall[]) => ({
  content:
    calls.length === 0
      ? [{ type: 'text' as const, text: 'done' }]
      : calls.map((call) => ({
          type: 'tool-call' as const,
          toolCallId: call.id,
          toolName: call.name,
          input: JSON.stringify(call.args),
        })),
  finishReason: {
    unified: calls.length === 0 ? ('stop' as const) : ('tool-calls' as const),
    raw: undefined,
  },
  usage: USAGE,
  warnings: [],
});

/** A model of ai 7 that makes these calls step by step, then says "done". */
export function scriptedModel(...steps: readonly (readonly ScriptedCall[])[]): MockLanguageModelV4 {
  return new MockLanguageModelV4({ doGenerate: [...steps, []].map(toResult) });
}

/** The same for ai 6. */
export function scriptedModelV6(
  ...steps: readonly (readonly ScriptedCall[])[]
): MockLanguageModelV3 {
  return new MockLanguageModelV3({ doGenerate: [...steps, []].map(toResult) });
}
