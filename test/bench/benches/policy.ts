// Decisions per second and p99, at 10 thousand and at 10 million suppressions, with a million contacts
// in SQLite: facts and decide() as a request and a claim make them. The data sets take turns, so that
// whatever else the machine does hits both.
import { execFile } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import type { Context } from '../../../packages/core/src/context.ts';
import { decideSubmission } from '../../../packages/core/src/operations/send/decide-submissions.ts';
import { decide } from '../../../packages/core/src/policy/decide.ts';
import type { SendFacts } from '../../../packages/core/src/policy/facts.ts';
import { loadFacts } from '../../../packages/core/src/policy/load-facts.ts';
import type { Bench, Figures } from '../support/bench.ts';
import { createRandom, median, percentile, round } from '../support/numbers.ts';
import { composeSend, openContext } from '../support/policy-context.ts';
import { addressOf, CONTACTS, policyData } from '../support/policy-data.ts';

const ROUNDS = 5;
/** One in so many of those who are asked about is suppressed, as in a list that was cleaned. */
const SUPPRESSED_EVERY = 50;
const KNOWN = 5_000;
const SINGLES = 1_000;
const SINGLES_AT_ONCE = 20;
const BATCHES = 12;
const BATCH = 1_000;
const IN_MEMORY = 10_000;
const COLD = 200;

/** What was measured on one data set, ms; a list per round. */
interface Measured {
  readonly name: string;
  readonly file: string;
  readonly ctx: Context;
  readonly cold: number[];
  readonly singles: number[][];
  readonly batches: number[][];
}

export const bench: Bench = async (log) => {
  const files = [await policyData(10_000, log), await policyData(10_000_000, log)];
  const sets: Measured[] = [];
  for (const [index, file] of files.entries()) {
    const name = index === 0 ? '10k' : '10M';
    sets.push({ name, file, ctx: await openContext(file), cold: [], singles: [], batches: [] });
  }
  const isCold = await measureCold(sets);
  log(isCold ? 'cold: measured' : 'cold: not measured, dd cannot drop pages here');
  const random = createRandom(1);
  await warmUp(sets, random);
  for (let at = 0; at < ROUNDS; at += 1) {
    await measureRound(sets, random, at);
    log(`round ${at + 1} of ${ROUNDS}`);
  }
  const inMemory = await measureInMemory(sets);
  for (const { ctx } of sets) await ctx.storage.close();
  return toFigures(sets, inMemory, isCold);
};

/** Everybody asked about is a contact; who is next is anybody, so that caches help as little as they can. */
function pick(random: () => number) {
  const suppressed = Math.floor(random() * SUPPRESSED_EVERY) === 0;
  return addressOf(Math.floor(random() * (suppressed ? KNOWN : CONTACTS)));
}

/** Single sends whose pages the operating system has to fetch from the disk. */
async function measureCold(sets: readonly Measured[]): Promise<boolean> {
  const random = createRandom(2);
  const inTurn = Array.from({ length: COLD / SINGLES_AT_ONCE }, () => sets).flat();
  try {
    for (const set of sets) await dropPages(set.file);
  } catch {
    return false;
  }
  for (const { ctx, cold } of inTurn) cold.push(...(await timeSingles(ctx, random)));
  return true;
}

/** `dd` with nocache tells the kernel that nobody needs these pages (posix_fadvise DONTNEED). */
async function dropPages(file: string): Promise<void> {
  await promisify(execFile)('dd', [`if=${file}`, 'iflag=nocache', 'count=0', 'status=none']);
}

/** Reads both files whole, then compiles the hot code. */
async function warmUp(sets: readonly Measured[], random: () => number): Promise<void> {
  for (const { file } of sets) {
    await promisify(execFile)('dd', [`if=${file}`, 'of=/dev/null', 'bs=4M', 'status=none']);
  }
  for (let at = 0; at < 5; at += 1) {
    for (const { ctx } of sets) {
      await timeSingles(ctx, random);
      await timeBatch(ctx, random);
    }
  }
}

async function measureRound(
  sets: readonly Measured[],
  random: () => number,
  at: number,
): Promise<void> {
  for (const set of sets) {
    set.singles.push([]);
    set.batches.push([]);
  }
  const inTurn = at % 2 === 0 ? sets : sets.toReversed();
  for (let done = 0; done < SINGLES; done += SINGLES_AT_ONCE) {
    for (const { ctx, singles } of inTurn)
      singles.at(-1)?.push(...(await timeSingles(ctx, random)));
  }
  for (let done = 0; done < BATCHES; done += 1) {
    for (const { ctx, batches } of inTurn) batches.at(-1)?.push(await timeBatch(ctx, random));
  }
}

/** ms each: one send as it is decided on when an agent asks for it. */
async function timeSingles(ctx: Context, random: () => number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let done = 0; done < SINGLES_AT_ONCE; done += 1) {
    const submission = await composeSend(ctx, pick(random));
    times.push(
      await ctx.storage.unit(async (tx) => {
        const start = performance.now();
        await decideSubmission(tx, ctx, submission);
        return performance.now() - start;
      }),
    );
  }
  return times;
}

/** ms: the facts of a thousand people, set-wise, and a decision on each of them. */
async function timeBatch(ctx: Context, random: () => number): Promise<number> {
  const { content, draft } = await composeSend(ctx, pick(random));
  const recipients = Array.from({ length: BATCH }, () => pick(random));
  return ctx.storage.unit(async (tx) => {
    const start = performance.now();
    const facts = await loadFacts(tx, ctx, {
      phase: 'request',
      mailbox: draft.mailbox,
      content: { ...content, to: recipients },
      tags: [],
      storedDigest: '',
    });
    for (const recipient of facts.recipients) {
      const single = { ...facts.content, toCount: 1 };
      decide(ctx.policy, { ...facts, content: single, recipients: [recipient] });
    }
    return performance.now() - start;
  });
}

/** µs each: decide() alone, on facts of single sends. */
async function measureInMemory([set]: readonly Measured[]): Promise<readonly number[][]> {
  if (set === undefined) return [];
  const random = createRandom(3);
  const all: SendFacts[] = [];
  for (let at = 0; at < 200; at += 1) {
    const submission = await composeSend(set.ctx, pick(random));
    all.push((await decideSubmission(set.ctx.storage.db, set.ctx, submission)).facts);
  }
  return Array.from({ length: ROUNDS }, () =>
    Array.from({ length: IN_MEMORY }, (_, index) => {
      const facts = all[index % all.length] as SendFacts;
      const start = performance.now();
      decide(set.ctx.policy, facts);
      return (performance.now() - start) * 1_000;
    }),
  );
}

function toFigures(
  sets: readonly Measured[],
  inMemory: readonly number[][],
  isCold: boolean,
): Figures {
  const ratioOf = (kind: 'singles' | 'batches') =>
    round(
      median(
        Array.from({ length: ROUNDS }, (_, at) => {
          const [small, large] = sets.map((set) => percentile(set[kind][at] ?? [], 0.99));
          return (large ?? Number.NaN) / (small ?? Number.NaN);
        }),
      ),
    );
  const single = ratioOf('singles');
  const batch = ratioOf('batches');
  return {
    p99Ratio: Math.max(single, batch),
    p99RatioSingle: single,
    p99RatioBatch: batch,
    decideP50Us: round(median(inMemory.map((times) => percentile(times, 0.5)))),
    decideP99Us: round(median(inMemory.map((times) => percentile(times, 0.99)))),
    ...Object.fromEntries(sets.map((set) => [set.name, figuresOf(set, isCold)])),
    rounds: ROUNDS,
    pageCache: 'warm unless named cold',
  };
}

function figuresOf({ singles, batches, cold }: Measured, isCold: boolean): Figures {
  const overRounds = (rounds: readonly number[][], of: (times: readonly number[]) => number) =>
    round(median(rounds.map(of)));
  return {
    single: {
      perSecond: overRounds(singles, (times) => 1_000 / mean(times)),
      p50Ms: overRounds(singles, (times) => percentile(times, 0.5)),
      p99Ms: overRounds(singles, (times) => percentile(times, 0.99)),
      ...(isCold ? { coldP50Ms: round(percentile(cold, 0.5)) } : {}),
      ...(isCold ? { coldP99Ms: round(percentile(cold, 0.99)) } : {}),
    },
    batchOf1000: {
      perSecond: overRounds(batches, (times) => (BATCH * 1_000) / mean(times)),
      p50Ms: overRounds(batches, (times) => percentile(times, 0.5)),
      p99Ms: overRounds(batches, (times) => percentile(times, 0.99)),
    },
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
