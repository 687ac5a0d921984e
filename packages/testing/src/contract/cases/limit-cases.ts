import assert from 'node:assert/strict';
import type { AgentHandle, ReviewerHandle } from '@mailwarden/core';
import type { AdapterContractCase } from '../adapter-contract.ts';
import type { AdapterHarness } from '../adapter-harness.ts';
import { checkAnswer, expectShown, runOne } from '../check-answer.ts';
import { type ContractWorld, SUPERVISED, withContractWorld } from '../contract-world.ts';

const MAIL = { mailbox: SUPERVISED, to: 'ann@example.com', subject: 'Hello', body: 'Hi Ann' };

/** What an agent cannot do, whatever it holds. */
export const limitCases: readonly AdapterContractCase[] = [
  {
    name: 'gives an agent no tool that decides, and a reviewer none that sends',
    run: (harness) =>
      withContractWorld(async ({ warden, agent }) => {
        const names = await harness.tools(agent);
        assert.ok(names.includes('send_email'));
        assert.ok(!names.includes('decide_email'));
        assert.deepEqual(await harness.tools(warden.reviewer('ops@acme.example')), [
          'list_pending',
          'review_email',
          'decide_email',
        ]);
      }),
  },
  {
    name: 'does not decide for an agent that calls the reviewer’s tool by name',
    run: (harness) =>
      withContractWorld(async (world) => {
        const id = await hold(harness, world);
        const args = { message_id: id, decision: 'approve' };
        const [answer] = await harness.run(world.agent, [
          { id: 'forged', name: 'decide_email', args },
        ]);
        assert.equal(answer?.failed, true);
        await expectStillHeld(world);
      }),
  },
  {
    name: 'does not decide for an object that only looks like a reviewer’s handle',
    run: (harness) =>
      withContractWorld(async (world) => {
        const id = await hold(harness, world);
        const reviewer = world.warden.reviewer('ops@acme.example');
        const disguises: readonly object[] = [
          { ...world.agent, principal: reviewer.principal, decide: reviewer.decide },
          { ...reviewer },
          Object.create(reviewer) as object,
          new Proxy(reviewer, {}),
        ];
        for (const handle of disguises) {
          const refused = await refusal(harness, handle as ReviewerHandle, {
            message_id: id,
            decision: 'approve',
          });
          assert.match(refused, /NOT_PERMITTED|not made by|not found|not valid|available/i);
        }
        await expectStillHeld(world);
      }),
  },
  {
    name: 'lets a reviewer decide through its own tools: one approval, one message',
    run: (harness) =>
      withContractWorld(async (world) => {
        const id = await hold(harness, world);
        const reviewer = world.warden.reviewer('ops@acme.example');
        const call = { name: 'decide_email', args: { message_id: id, decision: 'approve' } };
        expectShown(await runOne(harness, reviewer, call), { text: /^queued: /, failed: false });
        expectShown(await runOne(harness, reviewer, call), {
          text: /\(NOT_PENDING\)/,
          failed: true,
        });
        assert.equal(await world.countSent(), 1);
      }),
  },
];

async function hold(harness: AdapterHarness, { agent }: ContractWorld): Promise<string> {
  const answer = await runOne(harness, agent, { name: 'send_email', args: MAIL });
  expectShown(answer, { text: /^held/, failed: false });
  const [, id] = /message_id: (\S+)/.exec(answer.shown) ?? [];
  assert.ok(id, 'The answer names the message.');
  return id;
}

async function expectStillHeld({ warden, countSent }: ContractWorld): Promise<void> {
  assert.equal(await countSent(), 0);
  assert.equal((await warden.reviewer('ops@acme.example').listPending()).total, 1);
}

/** An adapter may refuse the handle when its tools are made, or each call. */
async function refusal(
  harness: AdapterHarness,
  handle: AgentHandle | ReviewerHandle,
  args: object,
): Promise<string> {
  try {
    const [answer] = await harness.run(handle, [{ id: 'disguised', name: 'decide_email', args }]);
    assert.equal(answer?.failed, true);
    if (answer !== undefined) checkAnswer(answer, 'decide_email');
    return answer?.shown ?? '';
  } catch (error) {
    if (error instanceof assert.AssertionError) throw error;
    return error instanceof Error ? `${codeOf(error)} ${error.message}` : '';
  }
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : '';
}
