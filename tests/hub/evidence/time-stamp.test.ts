import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readAuthorities } from '../../../hub/evidence/ask-time-stamp.ts';
import type { Signature } from '../../../hub/evidence/verify/bundle.ts';
import { readZip } from '../../../hub/evidence/verify/stored-zip.ts';
import { verifyBundle } from '../../../hub/evidence/verify/verify-bundle.ts';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { makeSigner } from '../personal/sample-log.ts';
import { insertEvidence, makeSample } from './sample-evidence.ts';
import { type Authority, startAuthority } from './time-stamp-authority.ts';

const signer = makeSigner();
let store: Store;
let authority: Authority;
let other: Authority;
let number: string;

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  number = (await insertEvidence(store, signer)).receiptNumber;
  [authority, other] = await Promise.all([startAuthority(), startAuthority()]);
}, 60_000);
afterEach(() => {
  authority.answer = 'stamp';
});
afterAll(async () => {
  await Promise.all([authority.close(), other.close(), store.close()]);
});

const make = (settings: { TSA_URL?: string; TSA_CA_FILE?: string }, withTimeStamp = true) =>
  makeSample(store, signer, number, { settings, withTimeStamp });
const settings = () => ({ TSA_URL: authority.url, TSA_CA_FILE: authority.caFile });

test('a bundle is stamped by an authority, and both this verifier and openssl say when and by whom', async () => {
  const begin = Date.now();
  const bundle = await make(settings());
  const authorities = await readAuthorities(authority.caFile);
  const { problems, timeStamp } = await verifyBundle(bundle, { authorities });
  expect(problems).toEqual([]);
  expect(timeStamp).toMatchObject({ authority: 'Sample TSA', isTrusted: true });
  // openssl stamps whole seconds.
  expect(timeStamp?.at.getTime()).toBeGreaterThanOrEqual(Math.floor(begin / 1000) * 1000);
  expect(timeStamp?.at.getTime()).toBeLessThanOrEqual(Date.now());

  const folder = await mkdtemp(join(tmpdir(), 'minwon-stamp-'));
  try {
    const { signature, timeStamp: stamp }: Signature = JSON.parse(
      Buffer.from(readZip(bundle).entries[1]?.content ?? []).toString('utf8'),
    );
    await writeFile(join(folder, 'stamp.tsr'), Buffer.from(stamp ?? '', 'base64'));
    await writeFile(join(folder, 'signature'), Buffer.from(signature, 'base64'));
    const args = ['ts', '-verify', '-in', 'stamp.tsr', '-data', 'signature', '-CAfile', authority.caFile];
    const { stdout, stderr } = await promisify(execFile)('openssl', args, { cwd: folder });
    expect(stdout + stderr).toContain('Verification: OK');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('a stamp of an authority that is not known is told', async () => {
  const bundle = await make({ TSA_URL: authority.url });
  expect((await verifyBundle(bundle)).timeStamp).toMatchObject({ isTrusted: undefined });
  const authorities = await readAuthorities(other.caFile);
  expect((await verifyBundle(bundle, { authorities })).problems).toEqual([
    { fault: 'time_stamp_untrusted', place: 'Sample TSA' },
  ]);
  await expect(make({ TSA_URL: authority.url, TSA_CA_FILE: other.caFile })).rejects.toThrow(
    'its certificate is of no authority in TSA_CA_FILE',
  );
});

test.each([
  ['of_before', 'it stamps something else'],
  ['broken', 'its signature is wrong'],
  ['of_server', 'its certificate is none for time stamps'],
  ['text', 'it replied 200 text/html, where application/timestamp-reply was right'],
] as const)('a reply that is %s is refused: %s', async (answer, problem) => {
  await make(settings());
  authority.answer = answer;
  await expect(make(settings())).rejects.toMatchObject({
    kind: 'time_stamp_away',
    message: expect.stringContaining(problem),
  });
});

test('without an authority, or where nobody wants its stamp, none is asked', async () => {
  const before = authority.asked();
  for (const bundle of [await make({}), await make(settings(), false)])
    expect(await verifyBundle(bundle)).toMatchObject({ problems: [], timeStamp: undefined });
  expect(authority.asked()).toBe(before);
});

test('an authority that is away is told, and nothing is given out', async () => {
  await expect(make({ TSA_URL: 'http://127.0.0.1:1/' })).rejects.toMatchObject({ kind: 'time_stamp_away' });
});
