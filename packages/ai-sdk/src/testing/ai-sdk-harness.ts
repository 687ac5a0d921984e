import type { AgentHandle, ReviewerHandle } from '@mailwarden/core';
import type { AdapterAnswer, AdapterCall, AdapterHarness } from '@mailwarden/testing';
import { generateText, isStepCount } from 'ai';
import { generateText as generateTextV6, stepCountIs } from 'ai6';
import { emailTools } from '../email-tools.ts';
import { scriptedModel, scriptedModelV6 } from './scripted-models.ts';

/** `generateText` of ai 7 as the contract drives it. */
export const aiSdkHarness: AdapterHarness = {
  supportsCallIds: true,
  tools: (handle) => Promise.resolve(Object.keys(toTools(handle))),
  async run(handle, calls) {
    const model = scriptedModel(calls);
    const tools = toTools(handle);
    const { steps } = await generateText({
      model,
      tools,
      prompt: 'go',
      stopWhen: isStepCount(2),
    });
    const results = steps.flatMap((step) => step.toolResults);
    return toAnswers(calls, model.doGenerateCalls[1]?.prompt ?? [], results);
  },
};

/** The same with ai 6. */
export const aiSdkV6Harness: AdapterHarness = {
  supportsCallIds: true,
  tools: (handle) => Promise.resolve(Object.keys(toTools(handle))),
  async run(handle, calls) {
    const model = scriptedModelV6(calls);
    const tools = toTools(handle);
    const { steps } = await generateTextV6({
      model,
      tools,
      prompt: 'go',
      stopWhen: stepCountIs(2),
    });
    const results = steps.flatMap((step) => step.toolResults);
    return toAnswers(calls, model.doGenerateCalls[1]?.prompt ?? [], results);
  },
};

/** Which overload it is does not matter at run time; the handle decides. */
function toTools(handle: AgentHandle | ReviewerHandle) {
  return emailTools(handle as AgentHandle);
}

interface ShownPart {
  readonly type: string;
  readonly toolCallId?: string;
  readonly output?: { readonly type: string; readonly value?: unknown; readonly reason?: unknown };
}

interface ShownMessage {
  readonly role: string;
  readonly content: string | readonly ShownPart[] | readonly object[];
}

function toAnswers(
  calls: readonly AdapterCall[],
  prompt: readonly ShownMessage[],
  results: readonly { readonly toolCallId: string; readonly output: unknown }[],
): readonly AdapterAnswer[] {
  const parts = prompt
    .filter(({ role }) => role === 'tool')
    .flatMap(({ content }) => (typeof content === 'string' ? [] : (content as ShownPart[])));
  return calls.map(({ id }) => {
    const output = parts.find((part) => part.toolCallId === id)?.output;
    const data = dataOf(results.find(({ toolCallId }) => toolCallId === id)?.output);
    return {
      shown: String(output?.value ?? output?.reason ?? ''),
      failed: output?.type === 'error-text' || output?.type === 'execution-denied',
      ...(data === undefined ? {} : { data }),
    };
  });
}

function dataOf(result: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof result !== 'object' || result === null || !('data' in result)) return undefined;
  return result.data as Readonly<Record<string, unknown>>;
}
