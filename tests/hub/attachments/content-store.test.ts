import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BlobStore } from '../../../hub/attachments/blob-store.ts';
import { type ContentStore, createContentStore } from '../../../hub/attachments/content-store.ts';
import { openDiskStore } from '../../../hub/attachments/disk-store.ts';
import { knownExtensions } from '../../../hub/attachments/file-types.ts';
import { openS3Store } from '../../../hub/attachments/s3-store.ts';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { type Keys, noKeys } from '../../../hub/store/sealing/keys.ts';
import { makeKeys } from '../../support/made-keys.ts';
import { hwp, pdf, sha256 } from '../../support/sample-files.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { startS3 } from '../../support/servers/s3-server.ts';

let store: Store;
beforeAll(async () => {
  store = openStore(await createFreshDatabase());
});
afterAll(() => store.close());

async function* inPieces(content: Buffer, size = 64 * 1024) {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}
const expected = { name: 'a.pdf', types: knownExtensions, maxBytes: 300 * 1024 * 1024 };
async function readAll(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}
const expire = (hash: string) =>
  store.pool.query("update attachment_contents set check_at = now() - interval '1 s' where sha256 = $1", [
    hash,
  ]);
const upload = (hash: string) =>
  store.pool.query(
    "insert into uploads (id, agency, name, sha256) values (gen_random_uuid(), 'a', 'a.pdf', $1)",
    [hash],
  );

/** Bytes of buffers that are in use, without what only waits to be collected. */
function measureMemory(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().arrayBuffers;
}

interface Place {
  open(): Promise<{ blobs: BlobStore; listFiles(): Promise<string[]>; stop(): Promise<void> }>;
}
const places: Record<string, Place> = {
  'a folder': {
    async open() {
      const folder = await mkdtemp(join(tmpdir(), 'minwon-hub-contents-'));
      const listFiles = async () =>
        (await readdir(folder, { recursive: true, withFileTypes: true }))
          .filter((entry) => entry.isFile())
          .map(({ name }) => name);
      return {
        blobs: openDiskStore(folder),
        listFiles,
        stop: () => rm(folder, { recursive: true, force: true }),
      };
    },
  },
  'an S3-compatible store': {
    async open() {
      const server = await startS3('files');
      const blobs = openS3Store('files', server.settings);
      // This server keeps three files per object and marks the contents.
      const listFiles = async () =>
        (await readdir(server.folder, { recursive: true })).filter((name) =>
          name.endsWith('._S3rver_object'),
        );
      return { blobs, listFiles, stop: server.stop };
    },
  },
};

const sealed: [string, Place, Keys][] = Object.entries(places).flatMap(([name, place]) => [
  [name, place, noKeys],
  [`${name}, sealed`, place, makeKeys()],
]);

describe.each(sealed)('contents in %s', (_name, { open }, keys) => {
  let place: Awaited<ReturnType<Place['open']>>;
  let contents: ContentStore;
  beforeAll(async () => {
    place = await open();
    contents = createContentStore({ ...store, keys }, place.blobs);
  });
  afterAll(async () => {
    contents.close();
    await place.stop();
  });

  it('come out as they went in, and the same content is kept once', async () => {
    const content = pdf(12_000_000);
    const taken = await contents.take(inPieces(content), expected);
    expect(taken).toEqual({ sha256: sha256(content), size: 12_000_000, mediaType: 'application/pdf' });
    expect(await contents.take(inPieces(content, 4_001), { ...expected, name: 'b.PDF' })).toEqual(taken);
    expect(sha256(await readAll(await contents.open(taken.sha256)))).toBe(taken.sha256);
    expect(await place.listFiles()).toHaveLength(1);
    await expire(taken.sha256);
    await contents.sweep();
  }, 60_000);

  it('that are refused or broken off leave nothing behind', async () => {
    const before = await place.listFiles();
    async function* broken() {
      yield* inPieces(pdf(6_000_000));
      throw new Error('the line broke');
    }
    await expect(contents.take(broken(), expected)).rejects.toThrow('the line broke');
    const take = (content: Buffer, more: object) =>
      contents.take(inPieces(content), { ...expected, ...more });
    await expect(take(pdf(), { maxBytes: 100 })).rejects.toMatchObject({ kind: 'too_large' });
    async function* silent(): AsyncGenerator<Buffer> {
      await new Promise(() => undefined);
    }
    // Nobody waits for the bytes of what is said to be too large.
    const announced = contents.take(silent(), { ...expected, size: 101, maxBytes: 100 });
    await expect(announced).rejects.toMatchObject({ kind: 'too_large' });
    await expect(take(pdf(), { name: 'a.hwp' })).rejects.toMatchObject({ kind: 'type' });
    await expect(take(hwp(), { name: 'a.png' })).rejects.toMatchObject({ kind: 'type' });
    await expect(take(Buffer.alloc(0), {})).rejects.toMatchObject({ kind: 'empty' });
    await expect(take(pdf(), { size: 3 })).rejects.toMatchObject({ kind: 'damaged' });
    await expect(take(pdf(), { sha256: sha256(pdf()) })).rejects.toMatchObject({ kind: 'damaged' });
    expect(await place.listFiles()).toEqual(before);
  });

  it('go when nothing refers to them any more, and not before', async () => {
    const { sha256: hash } = await contents.take(inPieces(pdf()), expected);
    expect(await contents.sweep()).toBe(0);
    await upload(hash);
    await expire(hash);
    expect(await contents.sweep()).toBe(0);
    // Looked at and still in use: not looked at again before something lets go of it.
    const checkAt = async () =>
      (await store.pool.query('select check_at from attachment_contents where sha256 = $1', [hash])).rows[0];
    expect(await checkAt()).toEqual({ check_at: null });
    await store.pool.query("update uploads set created_at = now() - interval '2 days'");
    expect(await contents.sweep()).toBe(0);
    const { check_at: later } = await checkAt();
    expect(later.getTime()).toBeGreaterThan(Date.now() + 23 * 3_600_000);
    await expire(hash);
    expect(await contents.sweep()).toBe(1);
    await expect(contents.open(hash)).rejects.toMatchObject({ kind: 'missing' });
    expect(await place.listFiles()).toEqual([]);
  });

  it('are taken in again while the same is being removed', async () => {
    const content = pdf();
    const hash = sha256(content);
    for (let round = 0; round < 10; round++) {
      await contents.take(inPieces(content), expected);
      await expire(hash);
      await Promise.all([contents.sweep(), contents.take(inPieces(content), expected)]);
      expect(sha256(await readAll(await contents.open(hash)))).toBe(hash);
    }
  });

  it('never lie in memory as a whole', async () => {
    const megabyte = randomBytes(1024 * 1024);
    const before = measureMemory();
    let most = 0;
    async function* large() {
      yield Buffer.from('%PDF-1.7\n');
      for (let n = 0; n < 120; n++) {
        yield megabyte;
        if (n % 10 === 9) most = Math.max(most, measureMemory() - before);
      }
    }
    const { sha256: hash, size } = await contents.take(large(), expected);
    let read = 0;
    for await (const chunk of await contents.open(hash)) {
      if (read % 10_000_000 < chunk.length) most = Math.max(most, measureMemory() - before);
      read += chunk.length;
    }
    expect(read).toBe(size);
    expect(most / megabyte.length).toBeLessThan(80);
  }, 120_000);
});

describe('a folder', () => {
  it('is rid of what a process left that ended in the middle', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'minwon-hub-left-'));
    const blobs = openDiskStore(folder);
    await (await blobs.stage(inPieces(pdf()))).discard();
    for (const name of ['old', 'new']) await writeFile(join(folder, 'incoming', name), 'x');
    await utimes(join(folder, 'incoming', 'old'), 0, 0);
    await blobs.tidy(new Date(Date.now() - 3_600_000));
    expect(await readdir(join(folder, 'incoming'))).toEqual(['new']);
    await rm(folder, { recursive: true });
  });

  it('says that its disk is full, keeps nothing of the file, and goes on when there is room', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'minwon-hub-full-'));
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).status === 0;
    if (!mounted) console.warn('no right to mount a small disk: a full disk is NOT tested here');
    try {
      const contents = createContentStore(store, openDiskStore(folder));
      const take = (size: number) => contents.take(inPieces(pdf(size)), expected);
      if (mounted) await expect(take(2_000_000)).rejects.toMatchObject({ kind: 'full' });
      const { sha256: hash } = await take(500_000);
      expect(await readdir(join(folder, 'incoming'))).toEqual([]);
      expect((await readAll(await contents.open(hash))).length).toBe(500_000);
    } finally {
      if (mounted) spawnSync('umount', [folder]);
      await rm(folder, { recursive: true, force: true });
    }
  });
});
