import { adapterContract } from '@mailwarden/testing';
import { describe, it } from 'vitest';
import { langchainHarness } from './testing/langchain-harness.ts';

describe('the adapter contract on LangChain', () => {
  it.each(adapterContract)('$name', ({ run }) => run(langchainHarness));
});
