import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vitest hands these to Node itself; with 'import' among them require() would load ESM.
  ssr: { resolve: { conditions: ['@mailwarden/source', 'node'] } },
  resolve: { conditions: ['@mailwarden/source', 'node'] },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts', 'examples/**/*.test.ts'],
    globalSetup: ['./test/support/postgres-setup.ts', './test/support/dovecot-setup.ts'],
    reporters: process.env.CI
      ? ['default', ['json', { outputFile: '.ci/out/vitest.json' }]]
      : ['default'],
    // Each has a PostgreSQL server of its own.
    maxWorkers: Math.min(4, availableParallelism()),
    // Only what hangs: the machine may be shared.
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
