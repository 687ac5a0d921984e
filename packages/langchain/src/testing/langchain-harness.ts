import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages';
import { fakeModel } from '@langchain/core/testing';
import type { AdapterCall, AdapterHarness } from '@mailwarden/testing';
import { createAgent } from 'langchain';
import { EmailToolkit } from '../email-toolkit.ts';

/** `createAgent` as the contract drives it. */
export const langchainHarness: AdapterHarness = {
  supportsCallIds: true,
  tools: (handle) => Promise.resolve(new EmailToolkit(handle).getTools().map((tool) => tool.name)),
  async run(handle, calls) {
    const model = fakeModel()
      .respondWithTools(calls.map(toToolCall))
      .respond(new AIMessage('done'));
    const graph = createAgent({ model, tools: new EmailToolkit(handle).getTools() });
    const { messages } = await graph.invoke({ messages: [new HumanMessage('go')] });
    const answers = messages.filter((message) => ToolMessage.isInstance(message));
    return calls.map(({ id }) => {
      const answer = answers.find((message) => message.tool_call_id === id);
      return {
        shown: String(answer?.content ?? ''),
        failed: answer?.status === 'error',
        ...(answer?.artifact === undefined ? {} : { data: answer.artifact }),
      };
    });
  },
};

function toToolCall({ id, name, args }: AdapterCall) {
  return { id, name, args: args as Record<string, unknown> };
}
