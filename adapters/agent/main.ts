#!/usr/bin/env -S MALLOC_ARENA_MAX=1 node --optimize-for-size --max-semi-space-size=1 --no-opt --no-maglev --heap-growing-percent=10
import { runCommandLine } from './command-line.ts';

// `minwon-agent … | head` closes our output early: that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

/** Something that keeps the process alive after its work is done must not keep it for ever. */
const lingerMilliseconds = 5_000;

process.exitCode = await runCommandLine(process.argv.slice(2));
setTimeout(() => process.exit(), lingerMilliseconds).unref();
