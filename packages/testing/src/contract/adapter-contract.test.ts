import { listTools, runTool, type ToolResult } from '@mailwarden/core';
import { describe, expect, it } from 'vitest';
import { adapterContract } from './adapter-contract.ts';
import type { AdapterAnswer, AdapterHarness } from './adapter-harness.ts';

const FAILED: readonly string[] = ['blocked', 'invalid', 'unavailable'];

function toAnswer({ status, text, data }: ToolResult): AdapterAnswer {
  return { shown: text, failed: FAILED.includes(status), data };
}

/** No framework: what an adapter translates, as it comes from core. */
const plain: AdapterHarness = {
  supportsCallIds: true,
  tools: async (handle) => listTools(handle).map((tool) => tool.name),
  run: (handle, calls) =>
    Promise.all(
      calls.map(async ({ id, name, args }) =>
        toAnswer(await runTool(handle, name, args, { callId: id })),
      ),
    ),
};

/** Changes every answer of the plain one. */
function answering(change: (result: ToolResult) => AdapterAnswer): AdapterHarness {
  return {
    ...plain,
    run: (handle, calls) =>
      Promise.all(
        calls.map(async ({ id, name, args }) =>
          change(await runTool(handle, name, args, { callId: id })),
        ),
      ),
  };
}

const FAULTY: readonly (readonly [string, AdapterHarness, string])[] = [
  [
    'drops the id of the call',
    {
      ...plain,
      run: (handle, calls) =>
        Promise.all(
          calls.map(async ({ name, args }) => toAnswer(await runTool(handle, name, args))),
        ),
    },
    'sends once for a call that is replayed with its id',
  ],
  [
    'hides failures',
    answering((result) => ({ ...toAnswer(result), failed: false })),
    'answers a block as failed, with the code and the reason',
  ],
  [
    'calls a held message a failure',
    answering((result) => ({ ...toAnswer(result), failed: result.status !== 'queued' })),
    'holds what needs a person, says so without an error, and sends it when a person approves',
  ],
  [
    'shows the data of a list or a message',
    answering((result) => ({ ...toAnswer(result), shown: JSON.stringify(result.data) })),
    'keeps text from outside inside its fence, and without what only a model reads',
  ],
  [
    'shows the data of a long message',
    answering((result) => ({ ...toAnswer(result), shown: JSON.stringify(result.data) })),
    'bounds what a model is shown, and pages through the rest of a long message',
  ],
  [
    'shows a stack',
    answering((result) =>
      result.status === 'invalid'
        ? { failed: true, shown: `${result.text}\n${new Error('bad').stack}` }
        : toAnswer(result),
    ),
    'answers arguments that do not exist as failed, in a sentence, and sends nothing',
  ],
  [
    'leaves the rest of a turn undone when one call is blocked',
    {
      ...plain,
      async run(handle, calls) {
        const answers: AdapterAnswer[] = [];
        for (const call of calls) {
          answers.push(...(await plain.run(handle, [call])));
          if (answers.at(-1)?.failed === true) break;
        }
        return answers;
      },
    },
    'answers every call of one turn by itself: allowed, held and blocked side by side',
  ],
  [
    'offers every tool to everybody',
    { ...plain, tools: async () => ['send_email', 'list_pending', 'decide_email'] },
    'gives an agent no tool that decides, and a reviewer none that sends',
  ],
];

describe('adapterContract', () => {
  it.each(adapterContract)('$name', ({ run }) => run(plain));

  it.each(FAULTY)('finds an adapter that %s', async (_fault, harness, name) => {
    const found = adapterContract.find((each) => each.name === name);
    await expect(found?.run(harness)).rejects.toMatchObject({ code: 'ERR_ASSERTION' });
  });

  it('has a name for each case, and none twice', () => {
    const names = adapterContract.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
