import { emailTools } from '@mailwarden/ai-sdk';
import {
  type ScriptedCall,
  type Setup,
  scriptedModel,
  type World,
} from '@mailwarden-examples/support';
import { generateText, isStepCount } from 'ai';

const ORDERS = 'orders@acme.example';

/** Receipts go out unseen; anything else that an agent writes here waits for a person. */
export const setup: Setup = {
  mailboxes: ({ transport }) => [
    {
      address: ORDERS,
      name: 'Acme Orders',
      sender: 'acme',
      oversight: { default: 'gated_send', transactional: 'autonomous' },
      transport,
    },
  ],
  templates: [
    {
      id: 'order-confirmation',
      category: 'transactional',
      subject: 'Your order {{ order }}',
      body: 'Thank you, {{ name }}.\n\nWe have your order **{{ order }}** over {{ total }} EUR.',
      variables: { name: 'text', order: 'text', total: 'number' },
    },
  ],
};

const orders = [
  { order: 'A-1001', name: 'Ana', email: 'ana@example.com', total: 49 },
  { order: 'A-1002', name: 'Ben', email: 'ben@example.com', total: 120 },
];

const confirm = ({ order, name, email, total }: (typeof orders)[number]): ScriptedCall => ({
  tool: 'send_email',
  args: {
    to: [email],
    template: 'order-confirmation',
    variables: [`name=${name}`, `order=${order}`, `total=${total}`],
    idempotency_key: `order-confirmation:${order}`,
  },
});

/** Confirms two orders, one of them twice, and then tries to slip in an offer. */
export async function run({ warden, print, settle, report, deliveredTo }: World): Promise<void> {
  print.section('Order confirmation', `AI SDK, ${ORDERS}, receipts autonomous`);
  print.step('A person approves the receipt template once. An agent confirms two orders; the shop');
  print.step('system reports the second one twice.');
  const reviewer = warden.reviewer('ops@acme.example');
  const shown = await reviewer.showTemplate('order-confirmation');
  await reviewer.approveTemplate('order-confirmation', shown.hash);

  const agent = warden.agent('order-bot', { mailboxes: [ORDERS] });
  const again = orders.slice(1);
  const { steps } = await generateText({
    model: scriptedModel([...orders, ...again].map(confirm)),
    tools: emailTools(agent, { only: ['send_email'] }),
    prompt: `Confirm these orders: ${JSON.stringify([...orders, ...again])}`,
    stopWhen: isStepCount(5),
  });
  await settle();
  await report();
  const outcomes = steps.flatMap((step) =>
    step.staticToolResults.map(({ output }) => output.status),
  );
  print.claim('the second report of order A-1002 is a duplicate', outcomes[2] === 'duplicate');
  print.claim(
    'each customer has one receipt, without a marketing footer',
    orders.every(({ email }) => deliveredTo(email).length === 1) &&
      deliveredTo('ana@example.com')[0]?.header('List-Unsubscribe') === undefined,
  );

  print.step('The agent adds an offer of its own and calls it transactional.');
  await generateText({
    model: scriptedModel([
      {
        tool: 'send_email',
        args: {
          to: ['ana@example.com'],
          category: 'transactional',
          subject: 'Something for your next order',
          body: 'Hi Ana,\n\ntake 20 % off the next one.',
        },
      },
    ]),
    tools: emailTools(agent, { only: ['send_email'] }),
    prompt: 'Make Ana order again.',
    stopWhen: isStepCount(5),
  });
  await settle();
  await report();
  print.claim('the offer did not leave', deliveredTo('ana@example.com').length === 1);
}
