import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readStored, tryFolder, writeStored } from '../../../adapters/sql/files/folder.ts';
import { inWords } from '../../support/in-words.ts';

let base: string;
let folder: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'sql-folder-'));
  folder = join(base, 'file');
  await mkdir(join(folder, 'attach'), { recursive: true });
  await writeFile(join(base, 'secret.txt'), 'not for you');
  await writeFile(join(folder, 'a.txt'), '가나다');
  await writeFile(join(folder, 'attach', 'b.txt'), '라마바');
});
afterEach(() => rm(base, { recursive: true }));

const signal = AbortSignal.timeout(20_000);

async function read(stored: string, from = folder): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readStored(from, stored, signal)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe('reading', () => {
  test('a file of the folder or below it', async () => {
    expect(await read('a.txt')).toBe('가나다');
    expect(await read('attach/b.txt')).toBe('라마바');
    await symlink(folder, join(base, 'elsewhere'));
    expect(await read('a.txt', join(base, 'elsewhere')), 'the folder itself is configured').toBe('가나다');
  });

  test.each([
    '../secret.txt',
    'attach/../../secret.txt',
    '/etc/hostname',
    './a.txt',
    'attach//b.txt',
    '..\\secret.txt',
    'a.txt\0.pdf',
    '..',
    '.',
    '',
  ])('not %j', async (stored) => {
    await expect(read(stored)).rejects.toMatchObject({ kind: 'refused', message: /not below its folder/ });
  });

  test('no link, whatever it points to, and nothing that is no file', async () => {
    await symlink(join(base, 'secret.txt'), join(folder, 'link.txt'));
    await symlink('a.txt', join(folder, 'inner.txt'));
    await symlink(base, join(folder, 'up'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    for (const stored of ['link.txt', 'inner.txt', 'up/secret.txt', 'pipe', 'attach'])
      await expect(read(stored), stored).rejects.toMatchObject({ kind: 'refused' });
  });

  test('a file that is gone, and a share that is not mounted, are told apart', async () => {
    await expect(read('gone.txt')).rejects.toMatchObject({ kind: 'refused', message: /any more/ });
    await expect(read('none/gone.txt')).rejects.toMatchObject({ kind: 'refused', message: /any more/ });
    await expect(read('a.txt', join(base, 'mnt'))).rejects.toMatchObject({ kind: 'not_sent' });
  });
});

const content = Buffer.from('신청서'.repeat(50_000));
const sha256 = createHash('sha256').update(content).digest('hex');
async function* inPieces(bytes = content) {
  for (let at = 0; at < bytes.length; at += 10_000) yield bytes.subarray(at, at + 10_000);
}
const write = (stored: string, given: Partial<Parameters<typeof writeStored>[2]> = {}) =>
  writeStored(
    folder,
    stored,
    { size: content.length, sha256, content: inPieces(), ...given },
    { mode: 0o640, signal },
  );

describe('writing', () => {
  test('the whole file under its name, with the rights that were asked for', async () => {
    await write('new.pdf');
    expect((await readFile(join(folder, 'new.pdf'))).equals(content)).toBe(true);
    expect((await stat(join(folder, 'new.pdf'))).mode & 0o777).toBe(0o640);
    expect((await readdir(folder)).sort()).toEqual(['a.txt', 'attach', 'new.pdf']);
  });

  test('what a crash left half written is begun anew; links are replaced, never written through', async () => {
    await writeFile(join(folder, '.new.pdf.part'), 'half');
    await write('new.pdf');
    await symlink(join(base, 'secret.txt'), join(folder, '.other.pdf.part'));
    await symlink(join(base, 'secret.txt'), join(folder, 'other.pdf'));
    await write('other.pdf');
    expect(await readFile(join(base, 'secret.txt'), 'utf8')).toBe('not for you');
    expect((await readFile(join(folder, 'other.pdf'))).equals(content)).toBe(true);
    expect((await readdir(folder)).sort()).toEqual(['a.txt', 'attach', 'new.pdf', 'other.pdf']);
  });

  test('nothing stays of content that breaks off or is not what was announced', async () => {
    async function* broken() {
      yield content.subarray(0, 10);
      throw new Error('the hub went away');
    }
    await expect(write('new.pdf', { content: broken() })).rejects.toThrow('the hub went away');
    await expect(write('new.pdf', { content: inPieces(content.subarray(1)) })).rejects.toMatchObject({
      kind: 'not_sent',
    });
    await expect(write('new.pdf', { sha256: sha256.replace(/^./, 'x') })).rejects.toMatchObject({
      kind: 'not_sent',
    });
    await expect(write('../new.pdf')).rejects.toMatchObject({ kind: 'refused' });
    expect((await readdir(folder)).sort()).toEqual(['a.txt', 'attach']);
  });
});

describe('trying', () => {
  test('a folder that works, and one that is not there', async () => {
    expect(await tryFolder(folder, true, signal)).toBeUndefined();
    expect((await readdir(folder)).sort()).toEqual(['a.txt', 'attach']);
    expect(inWords(await tryFolder(join(base, 'mnt'), false, signal))).toContain('is its share mounted?');
    expect(inWords(await tryFolder(join(folder, 'a.txt'), false, signal))).toMatch(/is none|ENOTDIR/);
  });

  // Not even root writes there.
  test.skipIf(!existsSync('/sys/kernel'))('a folder that may be read and not written', async () => {
    expect(await tryFolder('/sys/kernel', false, signal)).toBeUndefined();
    expect(inWords(await tryFolder('/sys/kernel', true, signal))).toContain('may not do that');
  });
});
