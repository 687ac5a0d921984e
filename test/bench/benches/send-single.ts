// What an agent's own tool call costs, ten at once: messages per second from call to recorded `sent`
// against nodemailer's pool with ten at once, and how long decision and enqueueing take, ms.
// SEND_COUNT, SEND_SUPPRESSIONS, SEND_ROUNDS and SEND_DATABASES as for the bench `send`.
import { performance } from 'node:perf_hooks';
import { runTool } from '../../../packages/core/src/index.ts';
import type { Bench, Figures } from '../support/bench.ts';
import { median, percentile, round } from '../support/numbers.ts';
import { onDatabases } from '../support/on-databases.ts';
import {
  inLanes,
  mailTo,
  PLAIN,
  type SendWorld,
  timeNodemailer,
  timeUntilSent,
} from '../support/send-world.ts';

const COUNT = Number(process.env.SEND_COUNT ?? 5_000);
const SUPPRESSIONS = Number(process.env.SEND_SUPPRESSIONS ?? 1_000_000);
const ROUNDS = Number(process.env.SEND_ROUNDS ?? 3);
const AT_ONCE = 10;

export const bench: Bench = async (log) => {
  const audience = { people: COUNT * ROUNDS * 2, suppressions: SUPPRESSIONS };
  const figures = await onDatabases(audience, log, (name, world) => measure(name, world, log));
  return { ...figures, messages: COUNT, rounds: ROUNDS, suppressions: SUPPRESSIONS };
};

async function measure(
  name: string,
  world: SendWorld,
  log: (line: string) => void,
): Promise<Figures> {
  const ratios: number[] = [];
  const rates: number[] = [];
  const times: number[] = [];
  for (let at = 0; at < ROUNDS; at += 1) {
    const from = 2 * at * COUNT;
    const rush = { count: COUNT, atOnce: AT_ONCE, mailbox: PLAIN };
    const baseline = await timeNodemailer(world, { ...rush, from });
    const rate = await timeUntilSent(world, COUNT, () =>
      inLanes({ ...rush, from: from + COUNT }, async (person) => {
        times.push(await timeCall(world, person));
      }),
    );
    rates.push(rate);
    ratios.push(rate / baseline);
    log(`${name} round ${at + 1}: ${round(rate)}/s, nodemailer ${round(baseline)}/s`);
  }
  return {
    ratio: round(median(ratios)),
    perSecond: round(median(rates)),
    p50: round(percentile(times, 0.5)),
    p99: round(percentile(times, 0.99)),
  };
}

async function timeCall({ agent }: SendWorld, person: number): Promise<number> {
  const { to, subject, body, category, topic, campaign, mailbox } = mailTo(person, PLAIN);
  const start = performance.now();
  const { status, text } = await runTool(agent, 'send_email', {
    ...{ to, subject, body, category, topic, campaign, mailbox },
  });
  const time = performance.now() - start;
  if (status !== 'queued') throw new Error(text);
  return time;
}
