import type { DeliveryState } from '@mailwarden/core';
import { expect } from 'vitest';
import { TRANSITIONS } from '../../packages/core/src/deliveries/delivery-state.ts';
import type { Before, Model } from './model.ts';
import { LIMIT, type Real, type Received } from './real.ts';

const DAY = 86_400_000;

interface Row {
  readonly id: string;
  readonly message_id: string;
  readonly recipient: string;
  readonly mailbox: string;
  readonly state: DeliveryState;
  readonly reason_code: string;
  readonly reason: string;
  readonly attempts: number;
  readonly category: string;
  readonly internet_message_id: string;
}

/** Everything that has to hold after every command; `before` is what held when it began. */
export async function checkInvariants(model: Model, real: Real, before: Before): Promise<void> {
  const rows = await readDeliveries(real);
  await addsUp(real, rows);
  terminalStatesAreLeftByNobody(model, rows);
  for (const received of real.received.slice(model.judged)) judge(received, rows, model, before);
  model.judged = real.received.length;
  model.held = rows.filter(({ state }) => state === 'held').map(({ message_id: id }) => id);
  everyDeliveryWasTakenOnce(real, rows);
  limitsHold(real, rows);
  await attemptsAreRecorded(real, rows);
  await decisionsCanBeAskedAgain(real, rows);
}

function readDeliveries({ storage }: Real): Promise<Row[]> {
  return storage.db
    .selectFrom('delivery')
    .innerJoin('message', 'message.id', 'delivery.message_id')
    .select(['delivery.id', 'delivery.message_id', 'delivery.recipient', 'delivery.mailbox'])
    .select(['delivery.state', 'delivery.reason_code', 'delivery.reason', 'delivery.attempts'])
    .select(['delivery.category', 'message.internet_message_id'])
    .execute();
}

/** P5. */
async function addsUp({ world, wardens }: Real, rows: readonly Row[]): Promise<void> {
  const { candidates, ...buckets } = await (wardens[0] ?? world.warden).system().accounting();
  expect(candidates).toBe(rows.length);
  expect(Object.values(buckets).reduce((sum, count) => sum + count, 0)).toBe(candidates);
  for (const row of rows) expect([row.reason_code, row.reason]).not.toContain('');
}

function terminalStatesAreLeftByNobody({ states }: Model, rows: readonly Row[]): void {
  const known = new Map(rows.map((row) => [row.id, row.state]));
  for (const [id, state] of states) {
    expect(known.has(id)).toBe(true);
    if (TRANSITIONS[state].length === 0) expect(known.get(id)).toBe(state);
    if (state === 'unknown') expect(['unknown', 'sent', 'failed']).toContain(known.get(id));
  }
  for (const [id, state] of known) states.set(id, state);
}

/** P1, P3, P4: who got it, from which mailbox, and on whose word. */
function judge({ message }: Received, rows: readonly Row[], model: Model, before: Before): void {
  for (const recipient of message.rcptTo) {
    const row = findRow(rows, message.raw, recipient);
    expect(row.mailbox).toBe(message.mailFrom);
    const scope = before.suppressed.get(recipient);
    expect(scope === 'all' || (scope === 'marketing' && row.category === 'marketing')).toBe(false);
    expect(before.paused.get(row.mailbox)).not.toBe(true);
    const mode = before.modes.get(row.mailbox);
    expect(mode).not.toBe('read_only');
    const gated = mode === 'gated_send' || mode === 'gated_all' || model.asked.has(row.message_id);
    if (gated) expect(model.approved).toContain(row.message_id);
  }
}

/** P6: once the server may have it, it is never given again; and it stands where it belongs. */
function everyDeliveryWasTakenOnce({ received }: Real, rows: readonly Row[]): void {
  const moods = new Map<Row, Received['mood'][]>();
  for (const { message, mood } of received) {
    for (const recipient of message.rcptTo) {
      const row = findRow(rows, message.raw, recipient);
      moods.set(row, [...(moods.get(row) ?? []), mood]);
    }
  }
  for (const [row, [...earlier]] of moods) {
    const last = earlier.pop();
    expect(new Set(earlier)).toEqual(new Set(earlier.map(() => 'refuses the content for now')));
    if (last === 'takes it') expect(['sent', 'sending', 'unknown', 'failed']).toContain(row.state);
    if (last === 'takes it' && row.state === 'failed') {
      expect(row.reason_code).toBe('RESOLVED_BY_PERSON');
    }
    if (last === 'hangs up after the dot') {
      expect(['unknown', 'sending', 'sent', 'failed']).toContain(row.state);
      if (row.state === 'sent' || row.state === 'failed') {
        expect(row.reason_code).toBe('RESOLVED_BY_PERSON');
      }
    }
    if (last === 'refuses the content') {
      expect(['failed', 'sending', 'unknown', 'sent']).toContain(row.state);
      if (row.state === 'sent') expect(row.reason_code).toBe('RESOLVED_BY_PERSON');
    }
  }
  for (const row of rows.filter(({ state }) => state === 'sent')) {
    const isTaken = moods.get(row)?.at(-1) === 'takes it';
    expect(isTaken || row.reason_code === 'RESOLVED_BY_PERSON').toBe(true);
  }
}

/** P7: no more deliveries of a mailbox reached the server in 24 hours than it may send. */
function limitsHold({ received, world }: Real, rows: readonly Row[]): void {
  const since = world.clock.now - DAY;
  const perMailbox = new Map<string, Set<string>>();
  for (const { message } of received.filter(({ at }) => at > since)) {
    for (const recipient of message.rcptTo) {
      const row = findRow(rows, message.raw, recipient);
      perMailbox.set(row.mailbox, (perMailbox.get(row.mailbox) ?? new Set()).add(row.id));
    }
  }
  for (const ids of perMailbox.values()) expect(ids.size).toBeLessThanOrEqual(LIMIT);
}

async function attemptsAreRecorded({ storage, received }: Real, rows: readonly Row[]) {
  const attempts = await storage.db.selectFrom('attempt').select(['delivery_id']).execute();
  const given = new Map<string, number>();
  for (const { message } of received) {
    for (const recipient of message.rcptTo) {
      const { id } = findRow(rows, message.raw, recipient);
      given.set(id, (given.get(id) ?? 0) + 1);
    }
  }
  for (const row of rows) {
    const own = attempts.filter((attempt) => attempt.delivery_id === row.id).length;
    expect(own).toBe(row.attempts);
    expect(own).toBeGreaterThanOrEqual(given.get(row.id) ?? 0);
  }
}

/** Nothing reaches the server without a delivery. */
function findRow(rows: readonly Row[], raw: Buffer, recipient: string): Row {
  const id = /^Message-ID:\s*<([^>]+)>/im.exec(raw.toString('latin1'))?.[1];
  const row = rows.find((each) => each.internet_message_id === id && each.recipient === recipient);
  if (row === undefined) throw new Error(`${recipient} got ${id}, of which nothing is recorded.`);
  return row;
}

/** P9: the facts that are kept give every stored decision again, to the last finding. */
async function decisionsCanBeAskedAgain(
  { world, wardens }: Real,
  rows: readonly Row[],
): Promise<void> {
  const report = await (wardens[0] ?? world.warden).system().simulate({});
  expect(report).toMatchObject({ changes: [], different: 0, outdated: 0, unfaithful: 0 });
  expect(report.missing).toEqual({ total: 0, reasons: {} });
  expect(report.decisions).toBe(new Set(rows.map((row) => row.message_id)).size);
}
