import { AIMessage, HumanMessage, ToolMessage } from '@langchain/core/messages';
import { fakeModel } from '@langchain/core/testing';
import { Command, MemorySaver } from '@langchain/langgraph';
import { createMailwarden, type Mailwarden } from '@mailwarden/core';
import { smtp } from '@mailwarden/core/smtp';
import { sqlite } from '@mailwarden/core/sqlite';
import { type SmtpSink, startSmtpSink } from '@mailwarden/testing';
import { createAgent } from 'langchain';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EmailToolkit } from './email-toolkit.ts';
import type { EmailInterrupt } from './pause-for-approval.ts';

const MAILBOX = 'lifecycle@acme.example';
const THREAD = { configurable: { thread_id: 't1' } };

interface Run {
  readonly __interrupt__?: readonly { readonly id: string; readonly value: EmailInterrupt }[];
  readonly messages: readonly unknown[];
}

describe('approval: interrupt, on a real warden and SMTP server', () => {
  let warden: Mailwarden;
  let sink: SmtpSink;
  beforeEach(async () => {
    sink = await startSmtpSink();
    warden = await createMailwarden({
      database: sqlite(':memory:'),
      keys: [{ id: 'k1', secret: 'a secret that only these tests know, 1' }],
      audience: { unknownCountry: 'US' },
      internalDomains: ['example.com'],
      publicUrl: 'https://mail.acme.example',
      senders: { acme: { legalName: 'Acme, Inc.', postalAddress: '123 Main St, Springfield' } },
      mailboxes: [
        {
          address: MAILBOX,
          sender: 'acme',
          oversight: 'gated_send',
          transport: smtp(sink.url),
        },
      ],
    });
  });
  afterEach(async () => {
    await warden.stop();
    await sink.close();
  });

  function openGraph(...names: readonly string[]) {
    return openGraphTo(...names.map((name) => [`${name}@example.com`]));
  }

  function openGraphTo(...recipients: readonly (readonly string[])[]) {
    const agent = warden.agent('winback', { mailboxes: [MAILBOX], run: 't1' });
    const model = fakeModel()
      .respondWithTools(
        recipients.map((to) => ({
          name: 'send_email',
          args: { to, subject: 'Hello', body: `Hi ${to.join()}` },
          id: `call-${to[0]}`,
        })),
      )
      .respond(new AIMessage('done'));
    const tools = new EmailToolkit(agent, { approval: 'interrupt' }).getTools();
    return createAgent({ model, tools, checkpointer: new MemorySaver() });
  }
  type Graph = ReturnType<typeof openGraph>;

  const start = async (graph: Graph) => {
    const run = (await graph.invoke({ messages: [new HumanMessage('go')] }, THREAD)) as Run;
    return run.__interrupt__ ?? [];
  };
  const resume = async (graph: Graph, answers: Record<string, unknown>) =>
    (await graph.invoke(new Command({ resume: answers }), THREAD)) as Run;
  const statuses = ({ messages }: Run) =>
    messages
      .filter((message) => ToolMessage.isInstance(message))
      .map((message) => message.artifact.status);
  const sent = async () => {
    await warden.tick();
    return sink.messages.flatMap(({ envelope }) => envelope.rcptTo).sort();
  };

  it('sends once after the record in core says so, also when the thread is resumed again', async () => {
    const graph = openGraph('ann');
    const [request] = await start(graph);
    expect(await sent()).toEqual([]);
    await warden.reviewer('ops').decide(request?.value.message_id ?? '', 'approve');
    const done = await resume(graph, { [request?.id ?? '']: 'approved' });
    expect(statuses(done)).toEqual(['queued']);
    expect(await sent()).toEqual(['ann@example.com']);
    await resume(graph, { [request?.id ?? '']: 'approved' });
    expect(await sent()).toEqual(['ann@example.com']);
  });

  it('P4: sends nothing for a resume that approves, edits, or is made up', async () => {
    for (const [index, answer] of [
      { decisions: [{ type: 'approve' }] },
      {
        decisions: [
          {
            type: 'edit',
            editedAction: { name: 'send_email', args: { to: 'eve@example.com', body: 'x' } },
          },
        ],
      },
      'yes',
    ].entries()) {
      const graph = openGraph(`person${index}`);
      const [request] = await start(graph);
      const done = await resume(graph, { [request?.id ?? '']: answer });
      expect(statuses(done)).toEqual(['held']);
    }
    expect(await sent()).toEqual([]);
    expect((await warden.reviewer('ops').listPending()).total).toBe(3);
  });

  it('gives each of several calls its own end: approved, rejected, still waiting', async () => {
    const graph = openGraph('ann', 'bob', 'cyd');
    const requests = await start(graph);
    const ops = warden.reviewer('ops');
    const [ann, bob, cyd] = requests;
    await ops.decide(ann?.value.message_id ?? '', 'approve');
    await ops.decide(bob?.value.message_id ?? '', 'reject', { reason: 'Too pushy.' });
    const still = await resume(graph, { [ann?.id ?? '']: 1, [bob?.id ?? '']: 1 });
    expect(still.__interrupt__?.map(({ id }) => id)).toEqual([cyd?.id]);
    const done = await resume(graph, { [cyd?.id ?? '']: 1 });
    expect(statuses(done)).toEqual(['queued', 'blocked', 'held']);
    const rejected = done.messages.find(
      (message) =>
        ToolMessage.isInstance(message) && message.tool_call_id === 'call-bob@example.com',
    );
    expect(String((rejected as ToolMessage).content)).toContain('Too pushy.');
    expect(await sent()).toEqual(['ann@example.com']);
  });

  it('asks about each message of a call that became several, and answers for each', async () => {
    const graph = openGraphTo(['dee@shop.example', 'eve@shop.example']);
    const [request] = await start(graph);
    const [first = '', second = ''] = request?.value.message_ids ?? [];
    await warden.reviewer('ops').decide(first, 'approve');
    await warden.reviewer('ops').decide(second, 'reject', { reason: 'Not Eve.' });
    const done = await resume(graph, { [request?.id ?? '']: 1 });
    const answer = done.messages.find((message) => ToolMessage.isInstance(message));
    expect(answer?.artifact.messages).toMatchObject([
      { message_id: first, status: 'queued' },
      { message_id: second, status: 'blocked' },
    ]);
    expect(String(answer?.content)).toContain('Not Eve.');
    expect(await sent()).toEqual(['dee@shop.example']);
  });
});
