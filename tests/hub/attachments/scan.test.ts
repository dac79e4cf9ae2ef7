import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createClamdScan } from '../../../hub/attachments/scan.ts';
import { waitFor } from '../../support/wait-for.ts';

/** The test file of the anti-virus industry (eicar.org), in two halves so that this file is not taken for it. */
const eicar = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

let folder: string;
let clamd: ChildProcess | undefined;
let url: string;

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** A real clamd that knows one signature. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minwon-hub-clamd-'));
  const port = await freePort();
  url = `tcp://127.0.0.1:${port}`;
  await writeFile(join(folder, 'test.ndb'), `Test.File:0:*:${Buffer.from(eicar).toString('hex')}\n`);
  const lines = [
    `TCPSocket ${port}`,
    'TCPAddr 127.0.0.1',
    `DatabaseDirectory ${folder}`,
    'Foreground yes',
    'StreamMaxLength 1M',
  ];
  await writeFile(join(folder, 'clamd.conf'), `${lines.join('\n')}\n`);
  const child = spawn('clamd', ['--config-file', join(folder, 'clamd.conf')], { stdio: 'ignore' });
  const isThere = await new Promise<boolean>((resolve) => {
    child.once('error', () => resolve(false)).once('spawn', () => resolve(true));
  });
  if (isThere) {
    clamd = child;
    const scan = createClamdScan(url);
    await waitFor(
      'clamd',
      () =>
        scan([Buffer.from('x')] as never).then(
          () => true,
          () => false,
        ),
      50_000,
    );
  } else if (process.env.REQUIRE_SERVICES === '1') throw new Error('clamd is required and not installed');
  else console.warn('clamd is not installed: scanning is NOT tested here');
}, 60_000);
afterAll(async () => {
  clamd?.kill();
  await rm(folder, { recursive: true, force: true });
});

async function* inPieces(...pieces: string[]) {
  for (const piece of pieces) yield Buffer.from(piece);
}

it('names what clamd finds, also across pieces, and nothing in a clean file', async ({ skip }) => {
  if (!clamd) return skip();
  const scan = createClamdScan(url);
  expect(await scan(inPieces('hello ', 'world'))).toBeUndefined();
  expect(await scan(inPieces('before ', eicar.slice(0, 20), eicar.slice(20), ' after'))).toContain(
    'Test.File',
  );
});

it('gives no verdict where clamd gives none: too large for it, or not there', async ({ skip }) => {
  if (!clamd) return skip();
  const large = Array.from({ length: 30 }, () => 'x'.repeat(100_000));
  await expect(createClamdScan(url)(inPieces(...large))).rejects.toMatchObject({ kind: 'scanner' });
  const nobody = createClamdScan(`tcp://127.0.0.1:${await freePort()}`);
  await expect(nobody(inPieces('x'))).rejects.toMatchObject({ kind: 'scanner' });
});
