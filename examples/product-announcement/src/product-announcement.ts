import { emailTools } from '@mailwarden/ai-sdk';
import {
  type Setup,
  type SinkMessage,
  scriptedModel,
  type World,
} from '@mailwarden-examples/support';
import { generateText, isStepCount } from 'ai';

const NEWS = 'news@acme.example';
const CAMPAIGN = 'acme-5';

/** Core makes the legal form of every message; neither agent nor prompt can leave it out. */
export const setup: Setup = {
  mailboxes: ({ transport }) => [
    { address: NEWS, name: 'Acme News', sender: 'acme', oversight: 'autonomous', transport },
  ],
};

const PEOPLE = ['lea', 'max', 'nina', 'oto', 'rosa'];
const AUDIENCE = PEOPLE.map((name) => `${name}@example.com`);

/** Announces to all of an audience; one opted out on the phone, one lives where consent comes first. */
export async function run({
  warden,
  print,
  settle,
  report,
  delivered,
  deliveredTo,
}: World): Promise<void> {
  const before = delivered.length;
  print.section('Product announcement', `AI SDK, ${NEWS}, autonomous`);
  print.step(
    'nina@example.com asked on the phone for no more news. rosa@example.com lives in Germany and ' +
      'never agreed to any. An agent writes to five.',
  );
  const system = warden.system();
  await system.setContact('rosa@example.com', { country: 'DE', source: 'trade-fair.csv' });
  await system.suppress('nina@example.com', { scope: 'marketing', note: 'asked on the phone' });

  const { steps } = await generateText({
    model: scriptedModel([
      {
        tool: 'send_email',
        args: {
          to: AUDIENCE,
          subject: 'Acme 5 is here',
          body: '# Acme 5\n\nFaster reports, and [a new editor](https://acme.example/editor).',
          headers: ['List-Unsubscribe: <https://acme.example/are-you-sure>'],
          campaign: CAMPAIGN,
          topic: 'product-news',
        },
      },
    ]),
    tools: emailTools(warden.agent('news-bot', { mailboxes: [NEWS] }), { only: ['send_email'] }),
    prompt: 'Announce Acme 5.',
    stopWhen: isStepCount(5),
  });
  await settle();
  await report();
  const told = steps[0]?.staticToolResults[0]?.output.text ?? '';
  print.quote('the agent reads', /^Note: (.*)$/m.exec(told)?.[1] ?? '');

  const sent = delivered.slice(before);
  print.claim('three have it, each alone in the envelope', sent.length === 3);
  print.claim(
    'each has one-click List-Unsubscribe, List-Id, postal address, visible link',
    sent.every(hasMarketingForm),
  );
  print.claim('nina has nothing', deliveredTo('nina@example.com').length === 0);
  const [task] = await system.tasks();
  print.claim(
    `rosa has nothing; one task asks: “${task?.question}”`,
    task?.waiting === 1 && deliveredTo('rosa@example.com').length === 0,
  );
}

function hasMarketingForm(message: SinkMessage): boolean {
  const text = message.part('text/plain') ?? '';
  const html = message.part('text/html') ?? '';
  return (
    message.envelope.rcptTo.length === 1 &&
    message.headers('List-Unsubscribe').length === 1 &&
    !message.header('List-Unsubscribe')?.includes('are-you-sure') &&
    message.header('List-Unsubscribe-Post') === 'List-Unsubscribe=One-Click' &&
    message.header('List-Id') === '<product-news.acme.example>' &&
    [text, html].every((part) => part.includes('123 Main St') && part.includes('/u/'))
  );
}
