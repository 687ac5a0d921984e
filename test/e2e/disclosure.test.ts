import { expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { openWorld } from '../support/warden-world.ts';

it.each(databases)('answers end with the words of the mailbox on $name', async ({ open }) => {
  const disclosure = 'Written by the AI assistant of Acme.';
  const internalDomains = ['acme.example'];
  const { warden, agent, sink, close } = await openWorld(open, {
    internalDomains,
    mailbox: { disclosure },
  });
  try {
    await agent().send({ to: 'lee@acme.example', subject: 'Lunch', body: 'At noon?' });
    await agent().send({ to: 'ana@example.com', subject: 'News', body: 'We moved.' });
    await warden.tick();
    const textOf = (subject: string) =>
      sink.messages.find((one) => one.header('Subject') === subject)?.part('text/plain') ?? '';
    const news = textOf('News');
    expect(textOf('Lunch').trim().split(/\r?\n/).at(-1)).toBe(disclosure);
    expect(news).toContain('We moved.');
    expect(news).not.toContain(disclosure);
  } finally {
    await close();
  }
});
