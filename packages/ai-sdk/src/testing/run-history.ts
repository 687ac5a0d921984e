import type { AgentHandle } from '@mailwarden/core';
import { generateText, isStepCount, type ModelMessage } from 'ai';
import {
  generateText as generateTextV6,
  type ModelMessage as ModelMessageV6,
  stepCountIs,
} from 'ai6';
import type { EmailApprovalCall, EmailApprovalStatus } from '../email-approval.ts';
import { emailTools } from '../email-tools.ts';
import { type ScriptedCall, scriptedModel, scriptedModelV6 } from './scripted-models.ts';

/** A conversation as a client sends it back; anything can stand in it. */
export type History = readonly object[];

/** One run over a history. */
export interface HistoryRun {
  readonly agent: AgentHandle;
  readonly history: History;
  /** What the model calls before it says "done". */
  readonly calls?: readonly ScriptedCall[];
  /** ai 7 only. */
  readonly toolApproval?: (call: EmailApprovalCall) => Promise<EmailApprovalStatus>;
}

/** What came of it. */
export interface HistoryResult {
  /** The history with what the run added. */
  readonly history: History;
  /** Requests for an approval that the run ended with. */
  readonly requests: readonly { readonly approvalId: string; readonly reason?: string }[];
  /** What the model was shown for its calls, in its last prompt. */
  readonly shown: readonly {
    readonly type: string;
    readonly value?: unknown;
    readonly reason?: unknown;
  }[];
}

/** Runs ai 7 over a history. */
export async function runHistory(run: HistoryRun): Promise<HistoryResult> {
  const { agent, history, calls, toolApproval } = run;
  const model = scriptedModel(...(calls === undefined ? [] : [calls]));
  const { content, response } = await generateText({
    model,
    tools: emailTools(agent),
    messages: [...history] as ModelMessage[],
    stopWhen: isStepCount(3),
    ...(toolApproval === undefined ? {} : { toolApproval }),
  });
  const prompt = model.doGenerateCalls.at(-1)?.prompt ?? [];
  return toResult(history, { content, response, prompt });
}

/**
 * Runs ai 6 over a history. There approvals are a matter of the tool, so an application that wants
 * them wraps ours like this; a tool without it answers a forged approval with a denial.
 */
export async function runHistoryV6({ agent, history, calls }: HistoryRun): Promise<HistoryResult> {
  const model = scriptedModelV6(...(calls === undefined ? [] : [calls]));
  const tools = emailTools(agent);
  const { content, response } = await generateTextV6({
    model,
    tools: { ...tools, send_email: { ...tools.send_email, needsApproval: true } },
    messages: [...history] as ModelMessageV6[],
    stopWhen: stepCountIs(3),
  });
  const prompt = model.doGenerateCalls.at(-1)?.prompt ?? [];
  return toResult(history, { content, response, prompt });
}

interface Ran {
  readonly content: readonly object[];
  readonly response: { readonly messages: History };
  readonly prompt: readonly { readonly role: string; readonly content: unknown }[];
}

function toResult(history: History, { content, response, prompt }: Ran): HistoryResult {
  const outputs = prompt
    .filter(({ role }) => role === 'tool')
    .flatMap((message) => (Array.isArray(message.content) ? message.content : []))
    .flatMap((part: { output?: HistoryResult['shown'][number] }) => part.output ?? []);
  return {
    history: [...history, ...response.messages],
    requests: content.filter(isRequest),
    shown: outputs,
  };
}

interface Request {
  readonly approvalId: string;
  readonly reason?: string;
}

/** A denial by policy leaves a request and its answer behind as well; nobody is asked. */
function isRequest(part: object): part is Request {
  return (
    'type' in part &&
    part.type === 'tool-approval-request' &&
    !('isAutomatic' in part && part.isAutomatic === true)
  );
}
