import { type AgentHandle, type ReviewerHandle, runTool } from '@mailwarden/core';
import type { AdapterHarness } from '@mailwarden/testing';
import { aiSdkHarness, aiSdkV6Harness } from '../../packages/ai-sdk/src/testing/ai-sdk-harness.ts';
import { langchainHarness } from '../../packages/langchain/src/testing/langchain-harness.ts';
import { createMcpHarness } from '../../packages/mcp/src/testing/mcp-harness.ts';

/** Makes one tool call and gives the data that the application gets. */
export type Surface = (
  handle: AgentHandle | ReviewerHandle,
  name: string,
  args: object,
) => Promise<Readonly<Record<string, unknown>>>;

let calls = 0;

const through =
  (harness: AdapterHarness): Surface =>
  async (handle, name, args) => {
    calls += 1;
    const [answer] = await harness.run(handle, [{ id: `sample-${calls}`, name, args }]);
    if (answer?.data === undefined) throw new Error(`${name}: ${answer?.shown}`);
    return answer.data;
  };

/** Every way in which a tool can be called. */
export const surfaces: readonly { readonly name: string; readonly call: Surface }[] = [
  { name: 'runTool', call: async (...call) => (await runTool(...call)).data },
  { name: 'AI SDK 7', call: through(aiSdkHarness) },
  { name: 'AI SDK 6', call: through(aiSdkV6Harness) },
  { name: 'LangChain', call: through(langchainHarness) },
  { name: 'MCP', call: through(createMcpHarness({ structured: true })) },
];
