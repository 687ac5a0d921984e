import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TRANSITIONS } from '../../packages/core/src/deliveries/delivery-state.ts';
import { ensureDebianPackages } from '../support/ensure-debian-packages.ts';

const run = promisify(execFile);

let model: string;
const directories: string[] = [];

beforeAll(async () => {
  model = await readFile(new URL('delivery.pml', import.meta.url), 'utf8');
  await ensureDebianPackages({
    programs: ['/usr/bin/spin', '/usr/bin/gcc', '/usr/include/stdio.h'],
    packages: ['spin', 'gcc', 'libc6-dev'],
  });
}, 300_000);

afterAll(async () => {
  for (const directory of directories) await rm(directory, { recursive: true, force: true });
});

/** What SPIN says after it has looked at every order of the steps. */
async function check(text: string): Promise<{ errors: number; states: number; report: string }> {
  const cwd = await mkdtemp(join(tmpdir(), 'mailwarden-spin-'));
  directories.push(cwd);
  await writeFile(join(cwd, 'delivery.pml'), text);
  await run('spin', ['-a', 'delivery.pml'], { cwd });
  await run('gcc', ['-O0', '-DSAFETY', '-o', 'pan', 'pan.c'], { cwd });
  const { stdout: report } = await run('./pan', ['-m100000'], { cwd });
  const read = (pattern: RegExp) => Number(pattern.exec(report)?.[1] ?? Number.NaN);
  return { errors: read(/errors: (\d+)/), states: read(/(\d+) states, stored/), report };
}

function replace(text: string, part: string, by: string): string {
  expect(text).toContain(part);
  return text.replace(part, by);
}

describe('the model of one delivery', () => {
  it('has the moves of the code and no others', () => {
    const moves = model.matchAll(/[ ;]move\((\w+), (\w+)\)/g);
    const modelled = [...new Set([...moves].map(([, from, to]) => `${from} ${to}`))].sort();
    const coded = Object.entries(TRANSITIONS).flatMap(([from, all]) =>
      all.map((to) => `${from} ${to}`),
    );
    expect(modelled.filter((move) => move !== 'from to')).toEqual(coded.sort());
  });

  it('never sends twice and never ends untrue, whoever dies or stalls at any step', async () => {
    const { errors, states, report } = await check(model);
    console.log(`${states} states`);
    expect(errors, report).toBe(0);
    expect(states).toBeGreaterThan(1_000);
    expect(report.includes('max search depth too small')).toBe(false);
    // Every step of every process was taken in some order, so every move is possible.
    expect(report.match(/delivery\.pml:\d+, state \d+, "(?!-end-)[^"]+"/g)).toBeNull();
  });

  it.each([
    [
      'an attempt whose worker is gone is queued again',
      'move(sending, unknown) } /* the lease ran out */',
      'move(sending, queued) }',
    ],
    [
      'an attempt without an answer is tried again',
      'outcome == unknown -> move(sending, unknown)',
      'outcome == unknown -> move(sending, deferred)',
    ],
    [
      'a worker begins what it has no claim on any more',
      ':: atomic { OWN(claimed) -> move(claimed, sending) }',
      ':: atomic { state == claimed || state == queued || state == sending -> state = sending }',
    ],
    [
      'a claim that ran out is never queued again',
      ':: atomic { state == claimed -> move(claimed, queued) } /* the lease ran out */',
      ':: atomic { state == claimed && fence == 0 -> move(claimed, queued) }',
    ],
    [
      'what the server refused is recorded as sent',
      'outcome == failed -> move(sending, failed)',
      'outcome == failed -> move(sending, sent)',
    ],
  ])('finds the fault when %s', async (_fault, part, by) => {
    const { errors } = await check(replace(model, part, by));
    expect(errors).toBeGreaterThan(0);
  });
});
