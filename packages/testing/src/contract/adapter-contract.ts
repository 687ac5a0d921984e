import type { AdapterHarness } from './adapter-harness.ts';
import { argumentCases } from './cases/argument-cases.ts';
import { limitCases } from './cases/limit-cases.ts';
import { resultCases } from './cases/result-cases.ts';
import { sendCases } from './cases/send-cases.ts';

/** One fact that holds for every adapter. */
export interface AdapterContractCase {
  /** A plain present-tense fact, for the title of a test. */
  readonly name: string;
  /** Throws an `AssertionError` that says what came instead. Cleans up in any case. */
  run(harness: AdapterHarness): Promise<void>;
}

/**
 * What every adapter of Mailwarden to an agent framework has to do, as cases for any test runner.
 * Each case opens a warden of its own on SQLite in memory with a real SMTP server, and counts what
 * that server got; nothing is mocked but the model.
 *
 * @example
 * ```ts
 * import { adapterContract, type AdapterHarness } from '@mailwarden/testing';
 * import { describe, it } from 'vitest';
 *
 * export function testAdapter(name: string, harness: AdapterHarness) {
 *   describe(name, () => {
 *     for (const { name: fact, run } of adapterContract) it(fact, () => run(harness));
 *   });
 * }
 * ```
 */
export const adapterContract: readonly AdapterContractCase[] = [
  ...sendCases,
  ...argumentCases,
  ...resultCases,
  ...limitCases,
];
