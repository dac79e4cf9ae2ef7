import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { UsageError } from './exit-codes.ts';

/**
 * Reads a password, so that it is in no argument and no history. A terminal asks twice without echo; otherwise it is
 * the first line of standard input. Errors: UsageError if there is none or the two differ.
 */
export async function readPassword(input = process.stdin): Promise<string> {
  if (!input.isTTY) return readLine(input);
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input, output: silence, terminal: true });
  try {
    process.stderr.write('Password: ');
    const first = await terminal.question('');
    process.stderr.write('\nOnce more: ');
    const second = await terminal.question('');
    process.stderr.write('\n');
    if (first !== second) throw new UsageError('the two passwords differ');
    return first;
  } finally {
    terminal.close();
  }
}

async function readLine(input: NodeJS.ReadStream): Promise<string> {
  const lines = createInterface({ input, terminal: false });
  for await (const line of lines) return line;
  throw new UsageError('no password on standard input; --generate-password makes one');
}
