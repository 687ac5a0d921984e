import type { AgentHandle, Mailwarden } from '@mailwarden/core';
import {
  type ReceivedMessage,
  type ScriptedSmtpServer,
  startScriptedSmtpServer,
} from '@mailwarden/testing';
import type { Storage } from '../../packages/core/src/storage/database.ts';
import { type FaultyStorage, makeFaulty } from '../faults/faulty-storage.ts';
import type { TestDatabase } from '../support/databases.ts';
import { MARKETING, openWorld, SUPPORT, type WardenWorld } from '../support/warden-world.ts';

/** What the SMTP server does with every message of one pass. */
export type Mood =
  | 'takes it'
  | 'refuses the connection for now'
  | 'refuses recipients for now'
  | 'knows no such user'
  | 'refuses the content for now'
  | 'refuses the content'
  | 'hangs up after the dot';

export const MOODS: readonly Mood[] = [
  'takes it',
  'takes it',
  'refuses the connection for now',
  'refuses recipients for now',
  'knows no such user',
  'refuses the content for now',
  'refuses the content',
  'hangs up after the dot',
];

/** A message whose final dot came, and what the server made of it. */
export interface Received {
  readonly message: ReceivedMessage;
  readonly mood: Mood;
  /** Product time. */
  readonly at: number;
}

/** The system under test: up to two wardens on one database and one SMTP server. */
export interface Real {
  readonly world: WardenWorld;
  readonly storage: Storage;
  readonly received: readonly Received[];
  readonly faulty: FaultyStorage;
  mood: Mood;
  /** Two; either may be replaced by a new one, as after a restart. */
  readonly wardens: Mailwarden[];
  agent(at: number): AgentHandle;
  close(): Promise<void>;
}

export const LIMIT = 4;
export const INTERNAL = 'people.example';

/** Opens both wardens on an empty database. */
export async function openReal(open: () => Promise<TestDatabase>): Promise<Real> {
  const received: Received[] = [];
  const faulty = makeFaulty();
  const server = await startServer(() => real.mood);
  const world = await openWorld(async () => breakable(await open(), faulty), {
    smtpUrl: server.url,
    internalDomains: [INTERNAL],
    mailbox: { oversight: 'autonomous', dailyLimit: LIMIT },
    dispatch: { lease: 1, retryDelay: 60_000, retryFor: 600_000, pollInterval: 1 },
  });
  await world.warden.reviewer('ops').setMode(SUPPORT, 'gated_send', 'from the beginning');
  const storage = await world.database.again().open();
  const real: Real = {
    world,
    storage,
    received,
    faulty,
    mood: 'takes it',
    wardens: [world.warden, await world.another()],
    agent: (at) => pick(real.wardens, at).agent('bot', { mailboxes: [MARKETING, SUPPORT] }),
    close: async () => {
      await storage.close();
      await world.close();
      await server.close();
    },
  };
  watch(server, (message) => received.push({ message, mood: real.mood, at: world.clock.now }));
  return real;
}

/** The item at a random place. */
export function pick<T>(items: readonly T[], at: number): T {
  const item = items[at % items.length];
  if (item === undefined) throw new Error('There is nothing to pick from.');
  return item;
}

function breakable(database: TestDatabase, faulty: FaultyStorage): TestDatabase {
  return {
    ...database,
    factory: faulty.over(database.factory),
    again: () => faulty.over(database.again()),
  };
}

function startServer(mood: () => Mood): Promise<ScriptedSmtpServer> {
  const when = <T>(wanted: Mood, answer: T) => (mood() === wanted ? answer : undefined);
  return startScriptedSmtpServer({
    mail: () => when('refuses the connection for now', '421 4.3.2 Later'),
    rcpt: () =>
      when('refuses recipients for now', '451 4.7.1 Later') ??
      when('knows no such user', '550 5.1.1 No such user'),
    data: ({ rcptTo }) => (rcptTo.length === 0 ? '554 5.5.1 No valid recipients' : undefined),
    dot: () =>
      when('refuses the content for now', '451 4.3.0 Later') ??
      when('refuses the content', '554 5.6.0 No') ??
      when('hangs up after the dot', { act: 'drop' } as const),
  });
}

/** `received` is an array that only grows: each new message is told once, at the instant it came. */
function watch(server: ScriptedSmtpServer, tell: (message: ReceivedMessage) => void): void {
  const list = server.received as ReceivedMessage[];
  const push = list.push.bind(list);
  list.push = (...messages) => {
    for (const message of messages) tell(message);
    return push(...messages);
  };
}
