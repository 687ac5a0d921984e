import { createMCPClient } from '@ai-sdk/mcp';
import { emailTools } from '@mailwarden/ai-sdk';
import type { AgentHandle } from '@mailwarden/core';
import { createEmailMcpServer } from '@mailwarden/mcp';
import {
  emailsOf,
  rowsOf,
  type ScriptedStep,
  type Setup,
  scriptedModel,
  type World,
} from '@mailwarden-examples/support';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import { generateText, isStepCount } from 'ai';

const FEEDBACK = 'feedback@acme.example';

/** Requests and answers go out by themselves, and people are told of each. */
export const setup: Setup = {
  mailboxes: ({ transport, inbox }) => [
    {
      address: FEEDBACK,
      name: 'Acme Feedback',
      sender: 'acme',
      oversight: 'monitored',
      transport,
      inbox: inbox(FEEDBACK),
    },
  ],
  receiving: [FEEDBACK],
};

const CUSTOMERS = ['pia@example.com', 'quin@example.com'];

/** Asks two customers, reads what they answer, threads it, tags the sentiment and thanks them. */
export async function run(world: World): Promise<void> {
  const { warden, print, settle, report, delivered, deliveredTo } = world;
  const agent = warden.agent('feedback-bot', { mailboxes: [FEEDBACK] });
  const before = delivered.length;
  print.section('Feedback request', `AI SDK and MCP, ${FEEDBACK}, monitored`);

  print.step('An agent built with the AI SDK asks two customers.');
  await ask(agent);
  await settle();
  await report();
  print.claim('two have the request', delivered.length === before + 2);

  print.step('Both answer. The mail server could not verify the second sender (DMARC).');
  answerAsCustomers(world);
  await settle();
  print.step('An agent with the same tools over MCP reads, tags and thanks.');
  await triage(agent, world);
  await settle();
  await report();
  const tagged = await Promise.all(['positive', 'negative'].map((tag) => sendersOf(agent, tag)));
  print.claim(
    'each answer is in the thread of its request and carries its sentiment',
    tagged.join(' / ') === CUSTOMERS.join(' / '),
  );
  const thanks = deliveredTo('pia@example.com').at(-1);
  print.claim(
    'the proven sender was thanked in the thread; the other waits for a person',
    delivered.length === before + 3 && thanks?.header('In-Reply-To') !== undefined,
  );
}

async function ask(agent: AgentHandle): Promise<void> {
  await generateText({
    model: scriptedModel([
      {
        tool: 'send_email',
        args: {
          to: CUSTOMERS,
          subject: 'How is Acme for you?',
          body: 'Hi,\n\nyou have used Acme for a month. What do you like, what is missing?',
          tags: ['feedback'],
          campaign: 'feedback-month-1',
          topic: 'feedback',
        },
      },
    ]),
    tools: emailTools(agent, { only: ['send_email'] }),
    prompt: 'Ask pia and quin for feedback.',
    stopWhen: isStepCount(3),
  });
}

function answerAsCustomers({ receive, deliveredTo }: World): void {
  const answers = [
    { text: 'I love it. The reports save me a day each week.', authenticated: true },
    { text: 'The import is broken and nobody answers.', authenticated: false },
  ];
  for (const [at, from] of CUSTOMERS.entries()) {
    const request = deliveredTo(from).at(-1);
    const answer = answers[at];
    if (request === undefined || answer === undefined) continue;
    receive({ from, to: FEEDBACK, answers: request, ...answer });
  }
}

/** Stands for a model's judgement. */
const sentimentOf = (text: string) => (text.includes('love') ? 'positive' : 'negative');

const triageScript = ({ print }: World): readonly ScriptedStep[] => [
  [{ tool: 'check_inbox', args: { filter: { unread: true } } }],
  (seen) => rowsOf(seen).map(({ id }) => ({ tool: 'read_email', args: { message_id: id } })),
  (seen) =>
    emailsOf(seen).flatMap(({ head, text }) => {
      print.message({ state: sentimentOf(text), recipient: String(head.from), subject: text });
      const args = { message_id: head.id };
      return [
        { tool: 'tag_email', args: { ...args, tags: [sentimentOf(text)] } },
        { tool: 'reply_email', args: { ...args, body: 'Thank you. We have read it.' } },
      ];
    }),
];

/** The MCP server offers exactly the tools of the handle; here it is linked in one process. */
async function triage(agent: AgentHandle, world: World): Promise<void> {
  const [clientSide, serverSide] = InMemoryTransport.createLinkedPair();
  const server = createEmailMcpServer(agent, { name: 'acme-mail' });
  await server.connect(serverSide);
  const client = await createMCPClient({ transport: clientSide });
  try {
    await generateText({
      model: scriptedModel(...triageScript(world)),
      tools: await client.tools(),
      prompt: 'Read the new feedback, tag its sentiment and say thank you.',
      stopWhen: isStepCount(5),
    });
  } finally {
    await client.close();
    await server.close();
  }
}

/** Who wrote the answers with this tag, as far as they hang in the thread of our request. */
async function sendersOf(agent: AgentHandle, tag: string): Promise<readonly string[]> {
  const page = await agent.checkInbox({ filter: { tags: tag } });
  if (page.status !== 'ok') return [];
  const senders: string[] = [];
  for (const { threadId, from } of page.emails) {
    const thread = await agent.getThread({ threadId });
    if (thread.status !== 'ok') continue;
    const [first, second] = thread.emails;
    if (first?.direction === 'outbound' && second?.from === from) senders.push(from);
  }
  return senders;
}
