import { emailTools } from '@mailwarden/ai-sdk';
import type { AgentHandle } from '@mailwarden/core';
import {
  rowsOf,
  type ScriptedCall,
  type ScriptedStep,
  type Setup,
  scriptedModel,
  type World,
} from '@mailwarden-examples/support';
import { generateText, isStepCount } from 'ai';

const SUCCESS = 'success@acme.example';

/** Whatever carries the tag waits for a person; what the agent says about it changes nothing. */
export const setup: Setup = {
  mailboxes: ({ transport }) => [
    {
      address: SUCCESS,
      name: 'Acme Customer Success',
      sender: 'acme',
      oversight: 'monitored',
      tighten: [{ when: { tag: 'win_back' }, to: 'gated_send' }],
      transport,
    },
  ],
};

const draft = (to: string, body: string, more: object = {}): ScriptedCall => ({
  tool: 'send_email',
  args: {
    to: [to],
    subject: 'We would like you back',
    body,
    tags: ['win_back'],
    campaign: 'win-back',
    oversight_mode: 'autonomous',
    ...more,
  },
});

const DRAFTS = [
  draft('fay@example.com', 'Hi Fay,\n\nreports are now ten times faster. Your data is still here.'),
  draft('gil@example.com', 'Hi Gil,\n\nthe export that you asked for exists now.'),
  draft('hal@example.com', 'Hi Hal,\n\ncome back and get 60 % off, forever.'),
];

const REVIEWER = 'ops@acme.example';
const REASON = 'We cannot keep 60 % forever. Offer one free month.';

async function runAgent(handle: AgentHandle, prompt: string, script: readonly ScriptedStep[]) {
  return generateText({
    model: scriptedModel(...script),
    tools: emailTools(handle, { only: ['send_email', 'list_pending'] }),
    prompt,
    stopWhen: isStepCount(5),
  });
}

/** Three drafts are held; a person approves two and rejects one, which comes back revised. */
export async function run(world: World): Promise<void> {
  const { warden, print, settle, report, delivered } = world;
  const agent = warden.agent('winback-bot', { mailboxes: [SUCCESS], run: 'win-back-1' });
  const before = delivered.length;
  print.section('Win-back', `AI SDK, ${SUCCESS}, gated by tag`);

  print.step('An agent writes to three lapsed customers and asks for oversight_mode "autonomous".');
  await runAgent(agent, 'Win back Fay, Gil and Hal.', [DRAFTS]);
  await settle();
  await report();
  print.claim('three drafts wait, none has left', delivered.length === before);

  print.step(`${REVIEWER} lists what carries win_back, approves two and rejects one.`);
  await review(world);
  await report();
  print.claim('two have left', delivered.length === before + 2);

  print.step('The agent looks at what became of its drafts, and revises.');
  await revise(world, agent);
  await report();
  print.claim('the revised draft waits again', delivered.length === before + 2);

  print.step(`${REVIEWER} approves it.`);
  await review(world);
  await report();
  print.claim('it has left', delivered.length === before + 3);
}

/** What a person does in a review page: list by tag, look, decide on the revision they saw. */
async function review({ warden, settle }: World): Promise<void> {
  const reviewer = warden.reviewer(REVIEWER);
  const { messages } = await reviewer.listPending({ tag: 'win_back' });
  for (const { id, revision } of messages) {
    const { text } = await reviewer.show(id);
    if (text.includes('forever')) await reviewer.decide(id, 'reject', { revision, reason: REASON });
    else await reviewer.decide(id, 'approve', { revision });
  }
  await settle();
}

async function revise({ print, settle }: World, agent: AgentHandle): Promise<void> {
  await runAgent(agent, 'See what became of your drafts.', [
    [{ tool: 'list_pending', args: { tag: 'win_back' } }],
    (seen) => {
      const rejected = rowsOf(seen).filter(({ state }) => state === 'rejected');
      for (const { reason } of rejected) print.quote('the agent reads', String(reason));
      return rejected.map(({ id }) =>
        draft('hal@example.com', 'Hi Hal,\n\nyour first month back is on us.', { revises: id }),
      );
    },
  ]);
  await settle();
}
