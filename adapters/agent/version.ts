import { readFileSync } from 'node:fs';

/** The version of what is installed: two folders up lies its package.json, in the package as in the repository. */
export function readVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
