import { randomUUID } from 'node:crypto';
import { AIMessage, type BaseMessage, ToolMessage } from '@langchain/core/messages';
import { type FakeBuiltModel, fakeModel } from '@langchain/core/testing';
import { MockLanguageModelV4 } from 'ai/test';

/** One call of a tool. */
export interface ScriptedCall {
  readonly tool: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** What the model does next: calls, or a function of the text that the last tools answered. */
export type ScriptedStep =
  | readonly ScriptedCall[]
  | ((seen: string) => readonly ScriptedCall[] | Error);

type Prompt = Parameters<MockLanguageModelV4['doGenerate']>[0]['prompt'];

/** A model of the AI SDK that follows a script in place of thinking; then it says "Done." */
export function scriptedModel(...steps: readonly ScriptedStep[]): MockLanguageModelV4 {
  const left = [...steps];
  return new MockLanguageModelV4({
    doGenerate: async ({ prompt }) => {
      const calls = take(left, seenInPrompt(prompt));
      return {
        content:
          calls.length === 0
            ? [{ type: 'text', text: 'Done.' }]
            : calls.map(({ tool, args }) => ({
                type: 'tool-call',
                toolCallId: randomUUID(),
                toolName: tool,
                input: JSON.stringify(args),
              })),
        finishReason: { unified: calls.length === 0 ? 'stop' : 'tool-calls', raw: undefined },
        usage: {
          inputTokens: { total: 1, noCache: 1, cacheRead: undefined, cacheWrite: undefined },
          outputTokens: { total: 1, text: 1, reasoning: undefined },
        },
        warnings: [],
      };
    },
  });
}

/** The same for LangChain. */
export function scriptedChatModel(...steps: readonly ScriptedStep[]): FakeBuiltModel {
  const left = [...steps];
  const model = fakeModel();
  // One answer per step, and the last word.
  for (const _ of [...steps, 'Done.']) {
    model.respond((messages) => {
      try {
        const calls = take(left, seenInMessages(messages));
        return new AIMessage({
          content: calls.length === 0 ? 'Done.' : '',
          tool_calls: calls.map(({ tool, args }) => ({
            name: tool,
            args: { ...args },
            id: randomUUID(),
            type: 'tool_call',
          })),
        });
      } catch (error) {
        return error as Error;
      }
    });
  }
  return model;
}

/** A script that has nothing left, or a step that finds nothing to do, ends the run. */
function take(left: ScriptedStep[], seen: string): readonly ScriptedCall[] {
  const step = left.shift() ?? [];
  const calls = typeof step === 'function' ? step(seen) : step;
  if (calls instanceof Error) throw calls;
  return calls;
}

function seenInPrompt(prompt: Prompt): string {
  const last = prompt.at(-1);
  if (last?.role !== 'tool') return '';
  return last.content
    .map((part) => {
      if (part.type !== 'tool-result') return '';
      const { output } = part;
      if (output.type === 'text' || output.type === 'error-text') return output.value;
      if (output.type === 'execution-denied') return output.reason ?? '';
      if (output.type !== 'content') return JSON.stringify(output.value);
      return output.value.map((item) => (item.type === 'text' ? item.text : '')).join('\n');
    })
    .join('\n');
}

function seenInMessages(messages: readonly BaseMessage[]): string {
  const from = messages.findLastIndex((message) => !ToolMessage.isInstance(message)) + 1;
  return messages
    .slice(from)
    .map((message) => message.text)
    .join('\n');
}
