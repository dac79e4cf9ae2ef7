import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { exitCodes, UsageError } from './terminal/exit-codes.ts';

const script = fileURLToPath(new URL('../../tests/demo/main.ts', import.meta.url));

export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('Show the hub at work with sample agencies on this machine. Needs the source checkout.')
    .allowUnknownOption()
    .helpOption(false)
    .argument('[arguments...]', 'passed on to the demo')
    .action(runDemo);
}

/** The demo is a separate program, so that the hub contains none of its sample boards. */
async function runDemo(args: string[]): Promise<void> {
  if (!existsSync(script))
    throw new UsageError('the demo is part of the source checkout, which this installation is not');
  const child = spawn(process.execPath, [script, ...args], { stdio: 'inherit' });
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  // Ctrl-C reaches the child by itself. This process only has to outlive it.
  const stay = () => undefined;
  process.on('SIGTERM', pass).on('SIGINT', stay);
  process.exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? exitCodes.failure));
  });
  process.off('SIGTERM', pass).off('SIGINT', stay);
}
