import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/*
 * Each file has a process of its own, and most of them load the whole hub: more than a thousand files. Node itself loads
 * them, as in production, and keeps what it made of each (stripped of types, compiled) for the next process. So do the
 * hubs that tests start as processes (tests/hub/command-line/run-hub.ts).
 */
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
  new URL('./node_modules/.cache/minwon-hub-tests', import.meta.url),
);

/** The same engine without the window that nobody sees: a quarter less work for the same pages. */
const headlessShell = '/usr/bin/chromium-headless-shell';
if (existsSync(headlessShell)) process.env.CHROMIUM ??= headlessShell;

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/servers/database-server.ts'],
    setupFiles: ['tests/support/described-replies.ts'],
    experimental: { viteModuleRunner: false, nodeLoader: false },
    testTimeout: 90_000,
    hookTimeout: 120_000,
    // One more than the two cores of a small machine: tests wait for conditions for much of their time.
    maxWorkers: 3,
    retry: 0,
  },
});
