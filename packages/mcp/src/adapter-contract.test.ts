import { adapterContract } from '@mailwarden/testing';
import { describe, it } from 'vitest';
import { createMcpHarness } from './testing/mcp-harness.ts';

describe('the adapter contract on MCP', () => {
  it.each(adapterContract)('$name', ({ run }) => run(createMcpHarness()));
});
