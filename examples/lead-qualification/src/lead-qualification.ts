import type { AgentHandle } from '@mailwarden/core';
import { EmailToolkit } from '@mailwarden/langchain';
import {
  emailsOf,
  rowsOf,
  type ScriptedStep,
  type Setup,
  scriptedChatModel,
  type World,
} from '@mailwarden-examples/support';
import { createAgent } from 'langchain';

const SALES = 'sales@acme.example';

/** A salesperson's own mailbox: the agent reads and tags in it, and cannot write from it. */
export const setup: Setup = {
  mailboxes: ({ transport, inbox }) => [
    {
      address: SALES,
      name: 'Acme Sales',
      sender: 'acme',
      oversight: 'read_only',
      transport,
      inbox: inbox(SALES),
    },
  ],
  receiving: [SALES],
};

/** What the salesperson had written; it is full of words that a keyword search falls for. */
const PITCH = [
  '',
  `On Mon, 2 Nov 2026 at 09:12, ${SALES} wrote:`,
  '> shall I send you the pricing? We could book a demo, and compare',
  '> it with your budget and the contract that you have now.',
].join('\n');

const REPLIES = [
  {
    from: 'ida@example.com',
    subject: 'Re: Acme for your team',
    text: `Yes, please send the pricing for 40 seats. Could we book a demo next week?\n${PITCH}`,
  },
  {
    from: 'jon@example.com',
    subject: 'Re: Acme for your team',
    text: `Thanks, I will read it when I am back.\n${PITCH}`,
  },
  {
    from: 'kim@example.com',
    subject: 'Re: Acme for your team',
    text: `What is the pricing? We only look around for now.\n${PITCH}`,
  },
];

const SIGNALS = ['pricing', 'demo', 'budget', 'contract'];

/**
 * Stands for a model's judgement. It counts in everything that the tool shows it, so it would count
 * the quoted pitch as well, if the tool showed that.
 */
const findSignals = (text: string) => SIGNALS.filter((word) => text.includes(word));

/** Three people answer a pitch; the one with two buying signals becomes an `mql`. */
export async function run(world: World): Promise<void> {
  const { warden, print, settle, report, receive, delivered } = world;
  const handle = warden.agent('lead-bot', { mailboxes: [SALES] });
  const before = delivered.length;
  print.section('Lead qualification', `LangChain, ${SALES}, read-only`);

  print.step(
    "Three people answer a salesperson's pitch and quote it. An agent reads them over IMAP.",
  );
  for (const reply of REPLIES) receive({ ...reply, to: SALES });
  await settle();
  await qualify(handle, world);
  const leads = await handle.checkInbox({ filter: { tags: 'mql' } });
  const found = leads.status === 'ok' ? leads.emails.map(({ from }) => from) : [];
  print.claim(
    'one mql; the words in the quoted pitch did not count',
    found.join() === 'ida@example.com',
  );

  print.step('The agent tries to answer the lead.');
  await answerLead(handle);
  await settle();
  await report();
  print.claim('nothing has left the mailbox', delivered.length === before);
}

async function runAgent(handle: AgentHandle, task: string, script: readonly ScriptedStep[]) {
  const agent = createAgent({
    model: scriptedChatModel(...script),
    tools: new EmailToolkit(handle).getTools(),
  });
  await agent.invoke({ messages: task });
}

function qualify(handle: AgentHandle, { print }: World): Promise<void> {
  return runAgent(handle, 'Tag replies with two or more buying signals as mql.', [
    [{ tool: 'check_inbox', args: { filter: { unread: true } } }],
    (seen) => rowsOf(seen).map(({ id }) => ({ tool: 'read_email', args: { message_id: id } })),
    (seen) =>
      emailsOf(seen).flatMap(({ head, text }) => {
        const signals = findSignals(text);
        const isLead = signals.length >= 2;
        print.message({
          state: isLead ? 'mql' : 'read',
          recipient: String(head.from),
          subject: signals.length === 0 ? 'no signal' : signals.join(', '),
        });
        return isLead ? [{ tool: 'tag_email', args: { message_id: head.id, tags: ['mql'] } }] : [];
      }),
  ]);
}

function answerLead(handle: AgentHandle): Promise<void> {
  return runAgent(handle, 'Answer every mql.', [
    [{ tool: 'check_inbox', args: { filter: { tags: ['mql'] } } }],
    (seen) =>
      rowsOf(seen).map(({ id }) => ({
        tool: 'reply_email',
        args: { message_id: id, body: 'Hi Ida,\n\nhow about Tuesday?' },
      })),
  ]);
}
