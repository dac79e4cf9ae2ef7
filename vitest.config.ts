import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/servers/database-server.ts'],
    setupFiles: ['tests/support/described-replies.ts'],
    testTimeout: 90_000,
    hookTimeout: 120_000,
    // One more than the two cores of a small machine: tests wait for conditions for much of their time.
    maxWorkers: 3,
    retry: 0,
  },
});
