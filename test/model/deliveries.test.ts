import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type DeliveryState,
  TRANSITIONS,
} from '../../packages/core/src/deliveries/delivery-state.ts';
import { databases } from '../support/databases.ts';
import { MARKETING, SUPPORT } from '../support/warden-world.ts';
import { anyCommands } from './commands.ts';
import { newModel } from './model.ts';
import { openReal } from './real.ts';

/** Runs begin for this long, ms; whatever is left of `RUNS` then passes unlooked at. */
const TIME = Number(process.env.MAILWARDEN_MODEL_MS ?? 15_000);
/** For the shortest way to a failure, ms. */
const SHRINK_TIME = 60_000;
const RUNS = 10_000;

describe.each(databases)('whatever happens on $name', ({ open }) => {
  // On failure fast-check prints the seed and the path: give them to fc.assert to see it again.
  it('P1–P7 hold after every command', { timeout: TIME + 2 * SHRINK_TIME }, async () => {
    let end = performance.now() + TIME;
    let shrinkUntil: number | undefined;
    const property = fc.asyncProperty(anyCommands(), async (commands) => {
      if (performance.now() > end) return;
      const real = await openReal(open);
      try {
        const model = newModel([
          [MARKETING, 'autonomous'],
          [SUPPORT, 'gated_send'],
        ]);
        await fc.asyncModelRun(() => ({ model, real }), commands);
      } catch (error) {
        shrinkUntil ??= performance.now() + SHRINK_TIME;
        end = shrinkUntil;
        throw error;
      } finally {
        await real.close();
      }
    });
    await fc.assert(property, { numRuns: RUNS });
  });
});

describe('the moves of a delivery', () => {
  const states = Object.keys(TRANSITIONS) as DeliveryState[];
  const terminal = states.filter((state) => TRANSITIONS[state].length === 0);

  it('end in exactly these states', () => {
    expect(terminal.sort()).toEqual(
      ['blocked', 'cancelled', 'expired', 'failed', 'rejected', 'sent'].sort(),
    );
  });

  it('lead from every state that is not terminal to sent, and to every terminal state', () => {
    for (const from of states.filter((state) => !terminal.includes(state))) {
      expect(reachable(from)).toContain('sent');
    }
    expect([...reachable('held')]).toEqual(expect.arrayContaining(terminal));
    expect([...reachable('queued')]).toEqual(expect.arrayContaining(terminal));
  });

  it('never lead from unknown back to the queue', () => {
    expect([...reachable('unknown')].sort()).toEqual(['failed', 'sent', 'unknown']);
  });
});

function reachable(from: DeliveryState): ReadonlySet<DeliveryState> {
  const seen = new Set<DeliveryState>([from]);
  for (const state of seen) for (const next of TRANSITIONS[state]) seen.add(next);
  return seen;
}
