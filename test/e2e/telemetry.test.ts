import { runTool } from '@mailwarden/core';
import { type ScriptedSmtpServer, startScriptedSmtpServer } from '@mailwarden/testing';
import { context, metrics, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { createMovingInbox, type MovingInbox } from '../support/moving-inbox.ts';
import { answer } from '../support/report-mail.ts';
import { openWorld, type WardenWorld } from '../support/warden-world.ts';

const GONE = 'gone.person@customer.example';
const ANA = 'ana.lovelace@customer.example';
/** Whatever of these shows in what operators are told would be somebody's mail. */
const PERSONAL = [
  ...['ana', 'lovelace', 'gone.person', 'customer.example', 'acme.example', 'lifecycle'],
  ...['Quarterly', 'figures', 'Hello', 'violet', 'Thanks', 'kangaroo'],
];

describe.each(databases)('what operators are told, on $name', ({ open }) => {
  const spans = new InMemorySpanExporter();
  const points = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  let meters: MeterProvider;
  let server: ScriptedSmtpServer;
  let world: WardenWorld;
  let inbox: MovingInbox;
  let lines: { level: string; message: string; fields: object }[];

  beforeEach(async () => {
    spans.reset();
    points.reset();
    const exporter = points;
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
    meters = new MeterProvider({ readers: [reader] });
    metrics.setGlobalMeterProvider(meters);
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    const spanProcessors = [new SimpleSpanProcessor({ exporter: spans })];
    trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors }));
    lines = [];
    const log = (level: string) => (message: string, fields: object) =>
      void lines.push({ level, message, fields });
    server = await startScriptedSmtpServer({
      rcpt: ({ recipient }) => (recipient === GONE ? `550 5.1.1 <${GONE}> is gone` : undefined),
    });
    inbox = createMovingInbox();
    world = await openWorld(open, {
      smtpUrl: server.url,
      inbox,
      logger: { debug: log('debug'), info: log('info'), warn: log('warn'), error: log('error') },
    });
  });
  afterEach(async () => {
    await world.close();
    await server.close();
    await meters.shutdown();
    metrics.disable();
    trace.disable();
    context.disable();
  });

  const send = (to: string) =>
    runTool(world.agent(), 'send_email', {
      to: [to],
      subject: `Quarterly figures for ${to}`,
      body: 'Hello, the violet ones.',
    });
  /** Name to the values of its points by their attributes. */
  async function collect(): Promise<ReadonlyMap<string, readonly (readonly [string, unknown])[]>> {
    await meters.forceFlush();
    const scopes = points.getMetrics().at(-1)?.scopeMetrics ?? [];
    return new Map(
      scopes
        .flatMap((scope) => scope.metrics)
        .map(({ descriptor, dataPoints }) => [
          descriptor.name,
          dataPoints.map(({ attributes, value }) => [JSON.stringify(attributes), value] as const),
        ]),
    );
  }
  const byName = (name: string): readonly ReadableSpan[] =>
    spans.getFinishedSpans().filter((span) => span.name === name);
  async function everything(): Promise<string> {
    await meters.forceFlush();
    const told = spans.getFinishedSpans().map(({ name, attributes, events, status, links }) => ({
      ...{ name, attributes, events, status, links },
    }));
    return JSON.stringify([told, points.getMetrics(), lines]);
  }

  it('counts decisions by code, answers by class, and what waits by state', async () => {
    await send(ANA);
    await send(GONE);
    await world.warden.tick();
    await world.agent().send({ to: 'b@example.com', subject: 'Later', body: 'Later' });
    world.clock.now += 90_000;
    const told = await collect();
    expect(told.get('mailwarden.decisions')).toContainEqual([
      JSON.stringify({ effect: 'allow', code: 'ALLOWED', phase: 'request' }),
      3,
    ]);
    expect(told.get('mailwarden.decisions')).toContainEqual([
      JSON.stringify({ effect: 'allow', code: 'ALLOWED', phase: 'claim' }),
      2,
    ]);
    expect(told.get('mailwarden.smtp.replies')?.toSorted()).toEqual([
      [JSON.stringify({ class: '2xx', outcome: 'sent', phase: 'done' }), 1],
      [JSON.stringify({ class: '5xx', outcome: 'permanent', phase: 'rcpt' }), 1],
    ]);
    expect(told.get('mailwarden.deliveries')).toContainEqual(['{"state":"queued"}', 1]);
    expect(told.get('mailwarden.deliveries')).toContainEqual(['{"state":"unknown"}', 0]);
    expect(told.get('mailwarden.deliveries.age')).toContainEqual(['{"state":"queued"}', 90]);
    for (const what of ['decide', 'claim', 'send']) {
      const [point] = told.get(`mailwarden.${what}.duration`) ?? [];
      expect(point?.[1]).toMatchObject({ count: expect.any(Number) });
    }
  });

  it('traces a call to its decision, and a delivery to its server', async () => {
    await send(ANA);
    await world.warden.tick();
    const [tool] = byName('mailwarden.tool');
    expect(tool?.attributes).toEqual({
      'mailwarden.tool': 'send_email',
      'mailwarden.status': 'queued',
      'mailwarden.code': 'ALLOWED',
    });
    const [dispatch] = byName('mailwarden.dispatch');
    const [sent] = byName('mailwarden.send');
    expect(sent?.parentSpanContext?.spanId).toBe(dispatch?.spanContext().spanId);
    expect(dispatch?.attributes).toMatchObject({ 'mailwarden.message_id': expect.any(String) });
    expect(dispatch?.events[0]?.attributes).toMatchObject({ 'mailwarden.outcome': 'sent' });
    expect(
      byName('mailwarden.decide').map(({ attributes }) => attributes['mailwarden.phase']),
    ).toEqual(['request', 'claim']);
    const [decided] = byName('mailwarden.decide');
    expect(decided?.spanContext().traceId).toBe(tool?.spanContext().traceId);
  });

  it('P10: nothing of a message, and nobody, is in spans, metrics or lines', async () => {
    await send(ANA);
    await send(GONE);
    await send('no address at all, kangaroo');
    await runTool(world.agent(), 'kangaroo', {});
    await world.warden.tick();
    inbox.put(answer({ From: ANA, Subject: 'Re: Quarterly figures' }, 'Thanks!'), world.clock.now);
    await world.warden.tick();
    const told = await everything();
    expect(told).toContain('mailwarden.ingest');
    for (const word of PERSONAL) expect(told.toLowerCase()).not.toContain(word.toLowerCase());
  });

  it('lines say what became of each delivery, in ids and codes', async () => {
    await send(ANA);
    await send(GONE);
    await world.warden.tick();
    const outcomes = lines.filter(({ message }) => message.startsWith('delivery '));
    expect(outcomes.toSorted((a, b) => a.level.localeCompare(b.level))).toEqual([
      {
        ...{ level: 'info', message: 'delivery sent' },
        fields: expect.objectContaining({ code: 'SENT', attempt: 1, replyCode: 250 }),
      },
      {
        ...{ level: 'warn', message: 'delivery permanent' },
        fields: expect.objectContaining({ code: 'USER_UNKNOWN', phase: 'rcpt' }),
      },
    ]);
  });

  it('P2: what only observes stops no mail', async () => {
    trace.disable();
    trace.setGlobalTracerProvider({
      getTracer: () => {
        throw new Error('The tracer is broken.');
      },
    });
    metrics.disable();
    const broken = () => {
      throw new Error('The meter is broken.');
    };
    const provider = new MeterProvider();
    provider.getMeter = broken;
    metrics.setGlobalMeterProvider(provider);
    const loud = await world.another({
      logger: { debug: broken, info: broken, warn: broken, error: broken },
    });
    const result = await loud.agent('bot', { mailboxes: ['lifecycle@acme.example'] }).send({
      ...{ to: ANA, subject: 'News', body: 'Hello' },
    });
    expect(result.status).toBe('queued');
    await loud.tick();
    expect(server.accepted).toHaveLength(1);
    expect((await loud.system().deliveries()).map(({ state }) => state)).toEqual(['sent']);
  });

  it('P2: a listener to faults that throws ends nothing', async () => {
    const transport = {
      send: () => Promise.reject(new Error('A transport that breaks its contract.')),
      verify: () => Promise.resolve(),
      close: () => Promise.resolve(),
      maxConnections: 1,
    };
    const loud = await world.another({
      mailbox: { transport },
      onError: () => {
        throw new Error('The listener is broken.');
      },
    });
    const agent = loud.agent('bot', { mailboxes: ['lifecycle@acme.example'] });
    await agent.send({ to: ANA, subject: 'News', body: 'Hello' });
    await loud.tick();
    expect((await loud.system().deliveries()).map(({ state }) => state)).toEqual(['unknown']);
  });
});
