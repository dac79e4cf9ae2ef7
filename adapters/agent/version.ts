import { readFileSync } from 'node:fs';

/** The installed version, from package.json two folders up. That path is right in the package and in the repository. */
export function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
