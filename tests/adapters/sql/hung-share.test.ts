import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readStored, writeStored } from '../../../adapters/sql/files/folder.ts';
import { waitFor } from '../../support/wait-for.ts';

/** A share is a folder behind a process that can be stopped; without it nothing is tested, and that is said. */
function hasShares(): boolean {
  try {
    execFileSync('bindfs', ['--version'], { stdio: 'ignore' });
  } catch {
    if (process.env.REQUIRE_SERVICES === '1') throw new Error('bindfs is not installed');
    console.warn('NOT TESTED: bindfs is not installed');
    return false;
  }
  try {
    accessSync('/dev/fuse', constants.R_OK | constants.W_OK);
    return true;
  } catch {
    console.warn('NOT TESTED: this machine lets nobody mount a folder');
    return false;
  }
}

let base: string;
let server: ChildProcess;
const inBase = (...names: string[]) => join(base, ...names);

async function read(folder: string, within: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readStored(folder, 'a.txt', AbortSignal.timeout(within))) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function write(folder: string, within: number): Promise<void> {
  const content = Buffer.from('신청서');
  const sha256 = createHash('sha256').update(content).digest('hex');
  async function* whole() {
    yield content;
  }
  const announced = { size: content.length, sha256, content: whole() };
  await writeStored(folder, 'new.pdf', announced, { mode: 0o640, signal: AbortSignal.timeout(within) });
}

describe.skipIf(!hasShares())('a share that hangs', () => {
  beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), 'hung-share-'));
    for (const name of ['real', 'share', 'local']) await mkdir(inBase(name));
    for (const name of ['real', 'local']) await writeFile(inBase(name, 'a.txt'), '가나다');
    server = spawn('bindfs', ['-f', inBase('real'), inBase('share')], { stdio: 'ignore' });
    await waitFor('the share', async () => (await readdir(inBase('share'))).includes('a.txt'));
    expect(await read(inBase('share'), 20_000)).toBe('가나다');
    server.kill('SIGSTOP');
  });
  afterAll(async () => {
    server.kill('SIGCONT');
    execFileSync('fusermount', ['-u', inBase('share')]);
    if (server.exitCode === null) await once(server, 'exit');
    await rm(base, { recursive: true });
  });

  it('keeps nobody who reads or writes longer than he wants to wait', async () => {
    await expect(read(inBase('share'), 300)).rejects.toMatchObject({ kind: 'no_reply' });
    await expect(write(inBase('share'), 300)).rejects.toMatchObject({ kind: 'no_reply' });
  });

  it('leaves other folders and host names alone, however many files are asked for', async () => {
    const given = await Promise.allSettled(Array.from({ length: 12 }, () => read(inBase('share'), 300)));
    expect(given.every(({ status }) => status === 'rejected')).toBe(true);
    expect(await read(inBase('local'), 20_000)).toBe('가나다');
    expect((await lookup('localhost')).address).toMatch(/^(127\.|::1)/);
    expect(await readFile(inBase('real', 'a.txt'), 'utf8')).toBe('가나다');
  });

  it('works again when it is back, and keeps nothing half written', async () => {
    server.kill('SIGCONT');
    expect(await read(inBase('share'), 20_000)).toBe('가나다');
    await write(inBase('share'), 20_000);
    expect((await readdir(inBase('real'))).sort()).toEqual(['a.txt', 'new.pdf']);
  });
});
