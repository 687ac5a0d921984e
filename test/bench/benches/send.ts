// Messages per second, from call to recorded `sent`, against plain pooled nodemailer with the same
// content to the same server in the same run: on SQLite and PostgreSQL, with and without DKIM.
// Through sendMany, and beside it through send with 256 calls under way at once. SEND_COUNT takes
// another number of messages, SEND_SUPPRESSIONS another length of the list, SEND_ROUNDS another
// number of rounds, SEND_DATABASES one of the two.
import type { Bench, Figures } from '../support/bench.ts';
import { median, round } from '../support/numbers.ts';
import { onDatabases } from '../support/on-databases.ts';
import {
  inLanes,
  mailTo,
  PLAIN,
  type Rush,
  type SendWorld,
  SIGNED,
  timeNodemailer,
  timeUntilSent,
} from '../support/send-world.ts';

const COUNT = Number(process.env.SEND_COUNT ?? 20_000);
const SUPPRESSIONS = Number(process.env.SEND_SUPPRESSIONS ?? 1_000_000);
const ROUNDS = Number(process.env.SEND_ROUNDS ?? 3);
const AT_ONCE = 256;

type Way = 'nodemailer' | 'sendMany' | 'send';
const RUNS = [PLAIN, SIGNED].flatMap((mailbox) =>
  (['nodemailer', 'sendMany', 'send'] as const).map((way) => ({ way, mailbox })),
);

export const bench: Bench = async (log) => {
  const audience = { people: COUNT * ROUNDS * RUNS.length, suppressions: SUPPRESSIONS };
  const figures = await onDatabases(audience, log, (name, world) => measureAll(name, world, log));
  return { ...figures, messages: COUNT, rounds: ROUNDS, suppressions: SUPPRESSIONS };
};

async function measureAll(
  name: string,
  world: SendWorld,
  log: (line: string) => void,
): Promise<Figures> {
  const rates = new Map<string, number[]>();
  let from = 0;
  for (let at = 0; at < ROUNDS; at += 1) {
    for (const { way, mailbox } of at % 2 === 0 ? RUNS : RUNS.toReversed()) {
      const rate = await WAYS[way](world, { from, count: COUNT, atOnce: AT_ONCE, mailbox });
      from += COUNT;
      const key = `${way} ${mailbox}`;
      rates.set(key, [...(rates.get(key) ?? []), rate]);
      log(`${name} round ${at + 1}: ${key} ${round(rate)}/s`);
    }
  }
  const of = (way: Way, mailbox: string) => rates.get(`${way} ${mailbox}`) ?? [];
  const ratio = (way: Way, mailbox: string) =>
    round(median(of(way, mailbox).map((rate, at) => rate / (of('nodemailer', mailbox)[at] ?? 0))));
  const perSecond = (way: Way) => round(median(of(way, PLAIN)));
  const dkimPerSecond = (way: Way) => round(median(of(way, SIGNED)));
  return {
    ratio: ratio('sendMany', PLAIN),
    dkimRatio: ratio('sendMany', SIGNED),
    sendRatio: ratio('send', PLAIN),
    sendDkimRatio: ratio('send', SIGNED),
    perSecond: perSecond('sendMany'),
    dkimPerSecond: dkimPerSecond('sendMany'),
    sendPerSecond: perSecond('send'),
    sendDkimPerSecond: dkimPerSecond('send'),
    nodemailerPerSecond: perSecond('nodemailer'),
    nodemailerDkimPerSecond: dkimPerSecond('nodemailer'),
  };
}

const WAYS: Readonly<Record<Way, (world: SendWorld, rush: Rush) => Promise<number>>> = {
  nodemailer: timeNodemailer,
  sendMany: (world, { from, count, mailbox }) =>
    timeUntilSent(world, count, async () => {
      function* inputs() {
        for (let at = from; at < from + count; at += 1) yield mailTo(at, mailbox);
      }
      for await (const { status, reason } of world.agent.sendMany(inputs())) {
        if (status !== 'queued') throw new Error(`${status}: ${reason}`);
      }
    }),
  send: (world, rush) =>
    timeUntilSent(world, rush.count, () =>
      inLanes(rush, async (at) => {
        const { status, reason } = await world.agent.send(mailTo(at, rush.mailbox));
        if (status !== 'queued') throw new Error(`${status}: ${reason}`);
      }),
    ),
};
