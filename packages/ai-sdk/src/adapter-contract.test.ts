import { adapterContract } from '@mailwarden/testing';
import { describe, it } from 'vitest';
import { aiSdkHarness, aiSdkV6Harness } from './testing/ai-sdk-harness.ts';

describe.each([
  ['ai 7', aiSdkHarness],
  ['ai 6', aiSdkV6Harness],
])('the adapter contract on %s', (_version, harness) => {
  it.each(adapterContract)('$name', ({ run }) => run(harness));
});
