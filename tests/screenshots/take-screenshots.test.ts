import { existsSync, globSync, statSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { browserPath, takeScreenshots } from './take-screenshots.ts';

const root = new URL('../../', import.meta.url).pathname;
const shown = globSync('docs/screenshots/*.png', { cwd: root }).sort();
const names = ['agencies.png', 'board.png', 'complaint.png', 'parked.png'];
/** Bytes that a picture in a README may have. */
const mostBytes = 150_000;

const present = existsSync(browserPath);
if (!present) {
  console.warn(`no browser at ${browserPath}: the script of the pictures is not tested; set CHROMIUM`);
  if (process.env.REQUIRE_SERVICES === '1') throw new Error('REQUIRE_SERVICES=1, and there is no browser');
}

/** Width and height of a PNG (its header, RFC 2083, 4.1.1). */
async function measure(file: string): Promise<number[]> {
  const bytes = await readFile(file);
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

it('the pictures that the guides show are small', () => {
  expect(shown.map((file) => file.replace('docs/screenshots/', ''))).toEqual(names);
  expect(shown.filter((file) => statSync(join(root, file)).size > mostBytes)).toEqual([]);
});

it.runIf(present)(
  'the script takes each of them',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'minwon-pictures-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const files = await takeScreenshots(folder);
    expect(files.map((file) => file.replace(`${folder}/`, '')).sort()).toEqual(names);
    for (const file of files) expect(await measure(file), file).toEqual([1280, 1140]);
  },
  180_000,
);
