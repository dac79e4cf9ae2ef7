#!/usr/bin/env node
import { runCommandLine } from './command-line/run.ts';

// `hub … | head` closes our output early. That is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

/** If something keeps the process alive after its work is done, the process ends after so many milliseconds. */
const lingerMilliseconds = 5_000;

process.exitCode = await runCommandLine(process.argv.slice(2));
setTimeout(() => process.exit(), lingerMilliseconds).unref();
