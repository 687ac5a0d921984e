import { ToolMessage } from '@langchain/core/messages';
import type { Mailwarden } from '@mailwarden/core';
import { EmailToolkit } from '@mailwarden/langchain';
import {
  clickUnsubscribe,
  rowsOf,
  type ScriptedCall,
  type ScriptedStep,
  type Setup,
  scriptedChatModel,
  type World,
} from '@mailwarden-examples/support';
import { createAgent } from 'langchain';

const LIFECYCLE = 'lifecycle@acme.example';

/** Nobody has to release a step, but people are told of each as it goes out. */
export const setup: Setup = {
  mailboxes: ({ transport }) => [
    { address: LIFECYCLE, name: 'Acme', sender: 'acme', oversight: 'monitored', transport },
  ],
};

const TRIALS = ['cleo@example.com', 'dan@example.com', 'eva@example.com'];

const CONTENT = {
  'drip-1': { subject: 'Welcome to Acme', body: 'Hi,\n\nyour trial runs. Begin with a project.' },
  'drip-2': { subject: 'Invite your team', body: 'Hi,\n\nAcme is better with colleagues.' },
  'drip-3': { subject: 'Your trial ends on Friday', body: 'Hi,\n\nthree days are left.' },
};
type Step = keyof typeof CONTENT;

/** The tag says who had the step; the key makes sure of it when two agents look at once. */
const send = (step: Step, email: string): ScriptedCall => ({
  tool: 'send_email',
  args: {
    to: [email],
    ...CONTENT[step],
    tags: [step],
    idempotency_key: step,
    campaign: 'welcome',
    topic: 'onboarding',
  },
});

const findDue = (step: Step): ScriptedCall => ({
  tool: 'manage_contacts',
  args: { query: 'tag:trial', exclude_tags: [step] },
});

const emailsIn = (seen: string) => rowsOf(seen).map(({ email }) => String(email));

/** One run of the agent, as a cron job starts it; returns what became of each send. */
async function runAgent(warden: Mailwarden, run: string, script: readonly ScriptedStep[]) {
  const handle = warden.agent('drip-bot', { mailboxes: [LIFECYCLE], run });
  const agent = createAgent({
    model: scriptedChatModel(...script),
    tools: new EmailToolkit(handle).getTools(['manage_contacts', 'send_email']),
  });
  const { messages } = await agent.invoke({ messages: 'Send the step to everyone who is due.' });
  return messages
    .filter((message) => ToolMessage.isInstance(message) && message.name === 'send_email')
    .map((message) => (message as ToolMessage).artifact.status as string);
}

/** Three steps: two agents race for the first, one dies in the second, one recipient opts out. */
export async function run(world: World): Promise<void> {
  const { warden, print } = world;
  print.section('Drip sequence', `LangChain, ${LIFECYCLE}, monitored`);
  const signups = warden.agent('signup-form', { mailboxes: [LIFECYCLE] });
  for (const address of TRIALS) await signups.contacts({ address, addTags: 'trial' });
  await race(world);
  await dieMidway(world);
  await unsubscribe(world);
}

async function race({ warden, print, settle, report, deliveredTo }: World): Promise<void> {
  print.step('Step 1: two agents send it to the same three people at the same time.');
  const script = TRIALS.map((email) => [send('drip-1', email)]);
  const runs = ['day-1a', 'day-1b'].map((name) => runAgent(warden, name, script));
  const outcomes = (await Promise.all(runs)).flat();
  await settle();
  await report();
  const duplicates = outcomes.filter((status) => status === 'duplicate').length;
  print.claim(
    `of six sends ${duplicates} were duplicates; each person has one message`,
    duplicates === 3 && TRIALS.every((email) => deliveredTo(email).length === 1),
  );
}

async function dieMidway({ warden, print, settle, report, deliveredTo }: World): Promise<void> {
  print.step('Step 2: an agent dies after its first send. Another one takes over.');
  const sendFirst = (seen: string) =>
    emailsIn(seen)
      .slice(0, 1)
      .map((to) => send('drip-2', to));
  const died = await runAgent(warden, 'day-4', [
    [findDue('drip-2')],
    sendFirst,
    () => new Error('the process was killed'),
  ]).catch((error: Error) => error.message);
  const sendAll = (seen: string) => emailsIn(seen).map((to) => send('drip-2', to));
  const outcomes = await runAgent(warden, 'day-4-again', [[findDue('drip-2')], sendAll]);
  await settle();
  await report();
  print.claim(
    `the second agent found ${outcomes.length} people left; nobody has the step twice`,
    died === 'the process was killed' &&
      outcomes.length === 2 &&
      TRIALS.every((email) => deliveredTo(email).length === 2),
  );
}

async function unsubscribe(world: World): Promise<void> {
  const { warden, print, settle, report, deliveredTo, events } = world;
  print.step('dan@example.com clicks unsubscribe: one POST to the address in List-Unsubscribe.');
  const [, newest] = deliveredTo('dan@example.com');
  const status = newest === undefined ? 404 : await clickUnsubscribe(newest);
  print.step('Step 3: an agent sends it to everyone.');
  const sendAll = (seen: string) => emailsIn(seen).map((to) => send('drip-3', to));
  await runAgent(warden, 'day-11', [[findDue('drip-3')], sendAll]);
  await settle();
  await report();
  print.claim(
    'the others have step 3; dan has nothing more',
    status === 200 && TRIALS.map((email) => deliveredTo(email).length).join() === '3,2,3',
  );
  const told = events.filter(({ type, mailbox }) => {
    return type === 'delivery.sent' && mailbox === LIFECYCLE;
  });
  print.claim(`people were told of all ${told.length} messages as they left`, told.length === 8);
}
