import { MailwardenError, type OversightMode, type SendOutcome } from '@mailwarden/core';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { Break } from '../faults/faulty-storage.ts';
import { MARKETING, SUPPORT } from '../support/warden-world.ts';
import { checkInvariants } from './invariants.ts';
import { copyOf, type Model } from './model.ts';
import { INTERNAL, MOODS, type Mood, pick, type Real } from './real.ts';

type Command = fc.AsyncCommand<Model, Real>;

const MINUTE = 60_000;
const DAY = 86_400_000;
const MAILBOXES = [MARKETING, SUPPORT];
const OUTSIDE = Array.from({ length: 12 }, (_, at) => `p${at}@example.com`);
const INSIDE = Array.from({ length: 6 }, (_, at) => `c${at}@${INTERNAL}`);
const PEOPLE = [...OUTSIDE, ...INSIDE];
const MODES: readonly OversightMode[] = [
  ...(['autonomous', 'monitored', 'autonomous', 'gated_send'] as const),
  ...(['gated_send', 'gated_all', 'read_only', 'autonomous'] as const),
];

/** Every way in which the world can move on. */
export function anyCommands(): fc.Arbitrary<Iterable<Command>> {
  const place = fc.noBias(fc.nat(99));
  const person = fc.constantFrom(...PEOPLE);
  const mailbox = fc.constantFrom(...MAILBOXES);
  const tick = fc.tuple(place, fc.constantFrom(...MOODS)).map(([at, mood]) => pass(at, mood));
  const send = fc.tuple(place, mailbox, fc.constantFrom(...KINDS), place).map(sendCommand);
  const approve = fc.tuple(place, place, fc.boolean()).map(approveCommand);
  const clock = fc
    .constantFrom(-MINUTE, 1_000, MINUTE + 1_000, 5 * MINUTE, 5 * MINUTE, 11 * MINUTE, DAY + MINUTE)
    .map(clockCommand);
  const rare = fc.oneof(
    fc.tuple(place, place).map(rejectCommand),
    fc.tuple(place, place).map(cancelCommand),
    fc.tuple(person, fc.constantFrom('all', 'marketing')).map(suppressCommand),
    fc.tuple(mailbox, fc.boolean()).map(pauseCommand),
    fc.tuple(mailbox, fc.constantFrom(...MODES)).map(setModeCommand),
    fc.tuple(mailbox, fc.constantFrom(...MODES)).map(setModeCommand),
    fc.tuple(mailbox, fc.constantFrom(...MODES)).map(setModeCommand),
    fc.constant(6 * DAY).map(clockCommand),
    fc.tuple(place, fc.boolean()).map(resolveCommand),
    fc.nat(1).map(restartCommand),
    fc.tuple(fc.constantFrom<Break>('rolled back', 'answer lost'), fc.nat(8)).map(breakCommand),
    fc.tuple(place, person).map(crowdCommand),
    fc.tuple(place, place).map(reviseCommand),
  );
  const often = [send, tick, send, tick, clock, approve, send, tick];
  return fc.commands([...often, rare, rare, rare], { maxCommands: 60, size: 'max' });
}

/** Runs, and then everything that has to hold is looked at. */
function command(
  name: string,
  run: (model: Model, real: Real) => Promise<void>,
  check: (model: Model) => boolean = () => true,
): Command {
  return {
    check: (model) => check(model),
    async run(model, real) {
      const before = copyOf(model);
      await run(model, real);
      await checkInvariants(model, real, before);
    },
    toString: () => name,
  };
}

/** Mostly one that waits for a person, if there is any. */
function pickMessage({ messages, held }: Model, at: number): string {
  return pick(held.length > 0 && at % 4 > 0 ? held : messages, at);
}

const hasMessages = (model: Model): boolean => model.messages.length > 0;

/** What may be thrown: coded errors of a call that came too early or too late, or a broken unit. */
async function settled<T>(call: Promise<T>): Promise<T | 'refused' | 'lost'> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof MailwardenError)) throw error;
    expect(['NOT_PENDING', 'STORAGE_UNAVAILABLE', 'MESSAGE_NOT_FOUND']).toContain(error.code);
    return error.code === 'STORAGE_UNAVAILABLE' ? 'lost' : 'refused';
  }
}

const KINDS = [
  'to one',
  'to one',
  'to two',
  'to colleagues',
  'marketing to a colleague',
  'asking for a look',
  'once',
  'later',
  'repeating itself',
] as const;

/** What is sent: `at` says to whom, `text` makes it another text than before. */
function inputOf(kind: (typeof KINDS)[number], at: number, text: string, now: number) {
  const [one, two] = [pick(OUTSIDE, at), pick(OUTSIDE, at + 1)];
  const mail = { to: [one], subject: 'News', body: text };
  switch (kind) {
    case 'to one':
      return mail;
    case 'to two':
      return { ...mail, to: [one, two] };
    case 'to colleagues':
      return { ...mail, to: [pick(INSIDE, at)], cc: [pick(INSIDE, at + 1)] };
    case 'marketing to a colleague':
      return { ...mail, to: [pick(INSIDE, at)], category: 'marketing' } as const;
    case 'asking for a look':
      return { ...mail, oversightMode: 'gated_send' } as const;
    case 'once':
      return { ...mail, idempotencyKey: 'once', body: 'The same every time' };
    case 'later':
      return { ...mail, sendAt: now + 5 * MINUTE };
    case 'repeating itself':
      return { ...mail, body: 'The same every time' };
  }
}

function note(model: Model, outcome: SendOutcome, asked: boolean): void {
  for (const { messageId, status } of outcome.messages) {
    if (messageId === undefined || status === 'duplicate') continue;
    model.messages.push(messageId);
    if (asked) model.asked.add(messageId);
  }
}

function sendCommand([at, mailbox, kind, warden]: [
  number,
  string,
  (typeof KINDS)[number],
  number,
]): Command {
  return command(`send ${kind} (${at}) from ${mailbox}`, async (model, real) => {
    const text = `Text ${model.messages.length}`;
    const input = inputOf(kind, at, text, real.world.clock.now);
    const outcome = await real.agent(warden).send({ mailbox, ...input });
    note(model, outcome, kind === 'asking for a look');
    for (const each of outcome.messages) {
      if ((each.to ?? []).every((address) => model.suppressed.get(address) !== 'all')) continue;
      expect(['blocked', 'duplicate', 'unavailable', 'invalid']).toContain(each.status);
    }
  });
}

function approveCommand([at, warden, edit]: [number, number, boolean]): Command {
  return command(
    `approve #${at}${edit ? ' with an edit' : ''}`,
    async (model, real) => {
      const id = pickMessage(model, at);
      const options = edit ? { edit: { body: `Edited ${warden}` } } : {};
      const reviewer = pick(real.wardens, warden).reviewer('ops');
      const result = await settled(reviewer.decide(id, 'approve', options));
      if (result === 'lost' || (result !== 'refused' && result.state === 'queued')) {
        model.approved.add(id);
      }
    },
    hasMessages,
  );
}

function rejectCommand([at, warden]: [number, number]): Command {
  return command(
    `reject #${at}`,
    async (model, real) => {
      const reviewer = pick(real.wardens, warden).reviewer('ops');
      await settled(reviewer.decide(pickMessage(model, at), 'reject', { reason: 'No.' }));
    },
    hasMessages,
  );
}

function reviseCommand([at, warden]: [number, number]): Command {
  return command(
    `revise #${at}`,
    async (model, real) => {
      const outcome = await real.agent(warden).send({
        ...{ mailbox: pick(MAILBOXES, warden), to: pick(OUTSIDE, at), subject: 'News' },
        ...{ body: `Revised ${model.messages.length}`, revises: pickMessage(model, at) },
      });
      note(model, outcome, false);
    },
    hasMessages,
  );
}

function cancelCommand([at, warden]: [number, number]): Command {
  return command(
    `cancel #${at}`,
    async (model, real) => {
      await real.agent(warden).cancel({ messageId: pickMessage(model, at) });
    },
    hasMessages,
  );
}

function suppressCommand([address, scope]: [string, string]): Command {
  return command(`suppress ${address} for ${scope}`, async (model, real) => {
    const result = await settled(pick(real.wardens, 0).system().suppress(address, { scope }));
    if (result === undefined && model.suppressed.get(address) !== 'all') {
      model.suppressed.set(address, scope === 'all' ? 'all' : 'marketing');
    }
  });
}

function pauseCommand([mailbox, on]: [string, boolean]): Command {
  return command(`${on ? 'pause' : 'resume'} ${mailbox}`, async (model, real) => {
    const system = pick(real.wardens, 1).system();
    const call: Promise<unknown> = on ? system.pause(mailbox, 'test') : system.resume(mailbox);
    model.paused.set(mailbox, (await settled(call)) === 'lost' ? undefined : on);
  });
}

function setModeCommand([mailbox, mode]: [string, OversightMode]): Command {
  return command(`set ${mailbox} to ${mode}`, async (model, real) => {
    const call = pick(real.wardens, 0).reviewer('ops').setMode(mailbox, mode, 'test');
    model.modes.set(mailbox, (await settled(call)) === 'lost' ? undefined : mode);
  });
}

function clockCommand(by: number): Command {
  return command(`clock ${by / 1_000} s`, async (_, { world }) => {
    world.clock.now += by;
  });
}

function pass(at: number, mood: Mood): Command {
  return command(`pass of ${at % 2}, server ${mood}`, async (_, real) => {
    real.mood = mood;
    await settled(pick(real.wardens, at).tick());
  });
}

function resolveCommand([at, sent]: [number, boolean]): Command {
  return command(
    `resolve unknown as ${sent ? 'sent' : 'failed'}`,
    async (model, real) => {
      const reviewer = pick(real.wardens, 0).reviewer('ops');
      const unknown = [...model.states].filter(([, state]) => state === 'unknown');
      const [id] = pick(unknown, at);
      await settled(reviewer.resolveUnknown(id, sent ? 'sent' : 'failed', 'Their log says so.'));
    },
    (model) => [...model.states.values()].includes('unknown'),
  );
}

function restartCommand(at: number): Command {
  return command(`restart ${at}`, async (_, real) => {
    await pick(real.wardens, at).stop();
    const next = await settled(real.world.another());
    // A start that met a broken unit is made again.
    real.wardens[at] = typeof next === 'string' ? await real.world.another() : next;
  });
}

function breakCommand([how, skip]: [Break, number]): Command {
  return command(`break the unit after ${skip}: ${how}`, async (_, { faulty }) => {
    faulty.breakUnit(how, skip);
  });
}

/** Both workers, a person, the agent and somebody who unsubscribes, all at once. */
function crowdCommand([at, address]: [number, string]): Command {
  return command(
    `everybody at once on #${at}, ${address} unsubscribes`,
    async (model, real) => {
      real.mood = 'takes it';
      const id = pickMessage(model, at);
      const [one, two] = [pick(real.wardens, 0), pick(real.wardens, 1)];
      const approving = settled(one.reviewer('ops').decide(id, 'approve'));
      const suppressing = settled(two.system().suppress(address));
      const [outcome] = await Promise.all([
        real.agent(1).send({ mailbox: MARKETING, to: address, subject: 'A', body: `To ${id}` }),
        settled(one.tick()),
        settled(two.tick()),
        approving,
        real.agent(0).cancel({ messageId: id }),
      ]);
      note(model, outcome, false);
      if ((await suppressing) === undefined) model.suppressed.set(address, 'all');
      const approved = await approving;
      if (approved === 'lost' || (approved !== 'refused' && approved.state === 'queued')) {
        model.approved.add(id);
      }
    },
    hasMessages,
  );
}
