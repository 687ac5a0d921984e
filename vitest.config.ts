import { defineConfig } from 'vitest/config';

export default defineConfig({
  ssr: { resolve: { conditions: ['@mailwarden/source', 'node', 'import', 'module', 'default'] } },
  resolve: { conditions: ['@mailwarden/source', 'node', 'import', 'module', 'default'] },
  test: {
    include: ['packages/*/src/**/*.test.ts', 'test/**/*.test.ts', 'examples/**/*.test.ts'],
    globalSetup: ['./test/support/dovecot-setup.ts'],
    reporters: process.env.CI
      ? ['default', ['json', { outputFile: '.ci/out/vitest.json' }]]
      : ['default'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
