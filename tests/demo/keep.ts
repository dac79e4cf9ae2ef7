import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** The text of a file; made and written, whole or not at all, when it is not there yet. */
export async function keep(file: string, make: () => Promise<string>): Promise<string> {
  if (!existsSync(file)) {
    const draft = `${file}.draft`;
    writeFileSync(draft, await make(), { mode: 0o600 });
    renameSync(draft, file);
  }
  return readFileSync(file, 'utf8');
}
