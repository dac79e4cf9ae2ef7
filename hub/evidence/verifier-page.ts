import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The name of the page as a file. */
export const verifierName = 'minwon-evidence-verifier.html';

const fileAt = (path: string) => fileURLToPath(new URL(path, import.meta.url));
let made: Promise<string> | undefined;

/**
 * The verifier as one HTML file that needs no hub and no network. Its own policy forbids it to load anything. It is made once
 * in a process, in about a second.
 */
export function makeVerifierPage(): Promise<string> {
  made ??= make().catch((error) => {
    made = undefined;
    throw error;
  });
  return made;
}

async function make(): Promise<string> {
  const [page, style, script] = await Promise.all([
    readFile(fileAt('verifier/page.html'), 'utf8'),
    readFile(fileAt('verifier/page.css'), 'utf8'),
    bundleScript(),
  ]);
  const values: [place: string, value: string][] = [
    ['sha256-of-style', toHash(style)],
    ['sha256-of-script', toHash(script)],
    ['/* style */', style],
    ['/* script */', script],
  ];
  return values.reduce((text, [place, value]) => {
    const [before, after] = text.split(place, 2);
    if (after === undefined) throw new Error(`page.html has no place for ${place}`);
    return before + value + after;
  }, page);
}

/** How a policy names what may stand inside the page (CSP Level 3, 2.3.1). */
const toHash = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

async function bundleScript(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'minwon-verifier-'));
  try {
    const file = join(folder, 'page.js');
    // Without this setting the bundler's memory allocator briefly takes 550 MB.
    const env = { MIMALLOC_ARENA_EAGER_COMMIT: '0' };
    await promisify(execFile)(process.execPath, [fileAt('build-verifier.ts'), file], { env });
    // It must not end the element that it stands in.
    return (await readFile(file, 'utf8')).trim().replaceAll('</script', '<\\/script');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
