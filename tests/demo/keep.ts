import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** Returns the text of a file. If the file does not exist, it is created, completely or not at all. */
export async function keep(file: string, make: () => Promise<string>): Promise<string> {
  if (!existsSync(file)) {
    const draft = `${file}.draft`;
    writeFileSync(draft, await make(), { mode: 0o600 });
    renameSync(draft, file);
  }
  return readFileSync(file, 'utf8');
}
