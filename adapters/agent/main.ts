#!/usr/bin/env -S MALLOC_ARENA_MAX=1 MALLOC_TRIM_THRESHOLD_=131072 node --max-semi-space-size=1
import { setFlagsFromString } from 'node:v8';

/*
 * An agent waits for others nearly all of its time, so memory counts for more than speed. The interpreter alone needs a
 * sixth less than with the compilers. Here and not in the first line, because older kernels cut that after 127 bytes.
 */
for (const flag of ['optimize-for-size', 'no-opt', 'no-maglev', 'no-sparkplug', 'heap-growing-percent=10'])
  setFlagsFromString(`--${flag}`);

// `minwon-agent … | head` closes our output early: that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

/** Something that keeps the process alive after its work is done must not keep it for ever. */
const lingerMilliseconds = 5_000;

const { runCommandLine } = await import('./command-line.ts');
process.exitCode = await runCommandLine(process.argv.slice(2));
setTimeout(() => process.exit(), lingerMilliseconds).unref();
