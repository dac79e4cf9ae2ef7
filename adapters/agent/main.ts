#!/usr/bin/env -S MALLOC_ARENA_MAX=1 MALLOC_TRIM_THRESHOLD_=131072 node --max-semi-space-size=1
import { setFlagsFromString } from 'node:v8';

/*
 * An agent nearly always waits, so memory matters more than speed. The interpreter alone needs a sixth less memory than
 * with the compilers. These flags are not in the first line, because older kernels truncate it after 127 bytes.
 */
for (const flag of ['optimize-for-size', 'no-opt', 'no-maglev', 'no-sparkplug', 'heap-growing-percent=10'])
  setFlagsFromString(`--${flag}`);

// `minwon-agent … | head` closes our output early. That is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

/** A leftover handle must not keep the process alive for ever after its work is done. */
const lingerMilliseconds = 5_000;

const { runCommandLine } = await import('./command-line.ts');
process.exitCode = await runCommandLine(process.argv.slice(2));
setTimeout(() => process.exit(), lingerMilliseconds).unref();
