import assert from 'node:assert/strict';
import type { AgentHandle, ReviewerHandle } from '@mailwarden/core';
import type { AdapterAnswer, AdapterCall, AdapterHarness } from './adapter-harness.ts';

/** Longest text that a model is shown for one call, in UTF-16 units (about 4,000 tokens). */
export const MAX_SHOWN = 16_000;

let calls = 0;

/** One call on its own; its id is new unless given. */
export async function runOne(
  harness: AdapterHarness,
  handle: AgentHandle | ReviewerHandle,
  call: Omit<AdapterCall, 'id'> & { readonly id?: string },
): Promise<AdapterAnswer> {
  calls += 1;
  const [answer] = await harness.run(handle, [{ id: `call-${calls}`, ...call }]);
  assert.ok(answer, `${call.name} has an answer`);
  checkAnswer(answer, call.name);
  return answer;
}

/** What holds for every answer: bounded, and nothing of the machine in it. */
export function checkAnswer({ shown }: AdapterAnswer, name: string): void {
  assert.ok(shown.length > 0, `${name} shows something`);
  assert.ok(shown.length <= MAX_SHOWN, `${name} shows ${shown.length} characters`);
  assert.doesNotMatch(shown, STACK, `${name} shows a stack`);
  assert.doesNotMatch(shown, PATH, `${name} shows a path`);
  assert.doesNotMatch(shown, /please fix your mistakes/i, `${name} asks to try again`);
}

const STACK = /^\s*at .+[(:]\d+|\n\s+at /m;
const PATH = /node_modules|file:\/\/|\/(?:srv|home|work|tmp|usr)\/|\.[cm]?[jt]s:\d/;

/** The answer's status, as the text says it to the model. */
export function expectShown(
  answer: AdapterAnswer,
  expected: { readonly text: RegExp; readonly failed: boolean },
): void {
  assert.match(answer.shown, expected.text);
  assert.equal(answer.failed, expected.failed, `failed, for: ${answer.shown}`);
}
