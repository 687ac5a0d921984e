import { expect } from 'vitest';
import type { Handed } from './moody-server.ts';
import type { Storm } from './storm.ts';

/** What is asked of a storm when it is over and everything that could go out has gone out. */
export async function judgeStorm(storm: Storm): Promise<Record<string, number>> {
  const rows = await readDeliveries(storm);
  const handed = Map.groupBy(storm.server.handed(), toKey);
  expect(storm.oddities).toEqual([]);
  const buckets = await everyRecipientIsThere(storm, rows);
  nobodyHadItTwice(handed);
  for (const row of rows) standsWhereItBelongs(row, handed.get(keyOf(row)) ?? [], storm);
  blockedIsWhoeverSharesAnEnvelope(storm, rows);
  nothingComesFromNowhere(rows, handed);
  await nothingWasClaimedAfterSuppression(storm);
  await unknownIsExplained(storm, rows);
  return { ...buckets, suppressed: storm.suppressed.length };
}

type Row = Awaited<ReturnType<typeof readDeliveries>>[number];

function readDeliveries({ storage }: Storm) {
  return storage.db
    .selectFrom('delivery')
    .innerJoin('message', 'message.id', 'delivery.message_id')
    .select(['delivery.id', 'delivery.recipient', 'delivery.state', 'delivery.attempts'])
    .select(['delivery.reason_code as code', 'delivery.reason', 'delivery.idempotency_key as key'])
    .select('message.internet_message_id as messageId')
    .execute();
}

const keyOf = ({ messageId, recipient }: Row): string => `${messageId} ${recipient}`;
const toKey = ({ messageId, recipient }: Handed): string => `${messageId} ${recipient}`;

/** P5: what was asked for is there, once, in one bucket, and nothing waits any more. */
async function everyRecipientIsThere(storm: Storm, rows: readonly Row[]) {
  const { candidates, ...buckets } = await storm.warden.system().accounting();
  const asked = [...storm.answers.values()].flatMap(({ mail }) =>
    mail.to.map((recipient) => `${mail.key} ${recipient}`),
  );
  expect(rows.map(({ key, recipient }) => `${key} ${recipient}`).sort()).toEqual(asked.sort());
  expect(candidates).toBe(asked.length);
  expect(Object.values(buckets).reduce((sum, count) => sum + count, 0)).toBe(candidates);
  expect(buckets).toMatchObject({ pending: 0, deferred: 0, held: 0, stopped: 0 });
  for (const { code, reason } of rows) expect([code, reason]).not.toContain('');
  return { candidates, ...buckets };
}

/** P6: only what the server refused for now is ever given to it again. */
function nobodyHadItTwice(handed: ReadonlyMap<string, readonly Handed[]>): void {
  for (const [key, all] of handed) {
    const earlier = all.slice(0, -1).filter(({ end }) => end !== 'refused for now');
    expect({ key, earlier }).toEqual({ key, earlier: [] });
  }
}

/** What the server had decides where a delivery may stand; only a lost answer makes it `unknown`. */
function standsWhereItBelongs(row: Row, handed: readonly Handed[], storm: Storm): void {
  const { recipient, state, code, reason } = row;
  const may = {
    taken: ['sent', 'unknown'],
    unclear: ['unknown'],
    refused: ['failed', 'unknown'],
    'refused for now': ['blocked', 'failed', 'unknown'],
    never: ['blocked', 'failed', 'unknown'],
  }[handed.at(-1)?.end ?? 'never'];
  expect({ recipient, code, state: may.includes(state) ? may : state }).toMatchObject({
    state: may,
  });
  if (state !== 'failed') return;
  // Of a worker that was taken for lost: nobody has the message, and nobody tries it again.
  const isLate = reason.endsWith('known too late to try it again.');
  const isRefused = isLate || storm.server.refused.has(recipient);
  expect({ recipient, code, reason, isRefused }).toMatchObject({ isRefused: true });
}

/** One recipient who may not be written to blocks the envelope for all. */
function blockedIsWhoeverSharesAnEnvelope({ suppressed }: Storm, rows: readonly Row[]): void {
  const envelopes = Map.groupBy(rows, ({ key }) => key);
  for (const { key } of rows.filter(({ state }) => state === 'blocked')) {
    const shared = envelopes.get(key)?.map(({ recipient }) => recipient) ?? [];
    expect(shared.filter((each) => suppressed.includes(each))).not.toEqual([]);
  }
}

function nothingComesFromNowhere(
  rows: readonly Row[],
  handed: ReadonlyMap<string, readonly Handed[]>,
): void {
  const known = new Set(rows.map(keyOf));
  expect([...handed.keys()].filter((key) => !known.has(key))).toEqual([]);
}

/** P1: whoever was suppressed before a claim committed is not in it. Both take one row's lock, so
 * that the events of one person are numbered in the order of what they tell. */
async function nothingWasClaimedAfterSuppression({ storage, suppressed }: Storm): Promise<void> {
  const { db } = storage;
  const events = await db
    .selectFrom('event')
    .select(['seq', 'type', 'delivery_id', 'data'])
    .where('type', 'in', ['suppression.added', 'delivery.claimed'])
    .execute();
  const hmacs = new Map(
    (await db.selectFrom('suppression').select(['id', 'hmac', 'reason']).execute())
      .filter(({ reason }) => reason === 'manual')
      .map(({ id, hmac }) => [id, hmac]),
  );
  const people = new Map(
    (await db.selectFrom('delivery').select(['id', 'recipient_canonical as hmac']).execute()).map(
      ({ id, hmac }) => [id, hmac],
    ),
  );
  const since = new Map<string, number>();
  for (const { seq, type, data } of events) {
    if (type !== 'suppression.added') continue;
    const hmac = hmacs.get((JSON.parse(data) as { suppressionId: string }).suppressionId);
    if (hmac !== undefined) since.set(hmac, Number(seq));
  }
  expect(since.size).toBe(suppressed.length);
  const late = events.filter(
    ({ seq, type, delivery_id: id }) =>
      type === 'delivery.claimed' &&
      Number(seq) > (since.get(people.get(id ?? '') ?? '') ?? Number.POSITIVE_INFINITY),
  );
  expect(late).toEqual([]);
}

/** Which attempt, when, at which host, how far, and under which Message-ID. */
async function unknownIsExplained({ warden }: Storm, rows: readonly Row[]): Promise<void> {
  const known = new Map(rows.map((row) => [row.id, row]));
  const deliveries = await warden.system().deliveries({ limit: 1_000_000 });
  for (const { id, state, code, attempts, lastAttempt } of deliveries) {
    if (state !== 'unknown') continue;
    expect(lastAttempt).toMatchObject({
      ...{ number: attempts, startedAt: expect.any(Number), host: '127.0.0.1' },
      internetMessageId: known.get(id)?.messageId,
    });
    // Of a worker that was only slow, its own attempt tells later how far it got.
    if (code !== 'WORKER_LOST') expect(lastAttempt?.phase).toMatch(/^(?:data|unknown)$/);
  }
}
