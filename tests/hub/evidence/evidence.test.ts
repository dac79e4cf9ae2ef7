import { createHash, createPublicKey, randomInt, verify, X509Certificate } from 'node:crypto';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Manifest, Signature } from '../../../hub/evidence/verify/bundle.ts';
import type { BundleFault } from '../../../hub/evidence/verify/fault.ts';
import { readZip, writeZip } from '../../../hub/evidence/verify/stored-zip.ts';
import { verifyBundle } from '../../../hub/evidence/verify/verify-bundle.ts';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { makeSigner } from '../personal/sample-log.ts';
import { fileContent, insertEvidence, makeSample, reader } from './sample-evidence.ts';

const signer = makeSigner();
const fingerprint = createHash('sha256').update(Buffer.from(signer.publicKey, 'base64')).digest('hex');
let store: Store;
let complaint: { id: string; receiptNumber: string };
let bundle: Uint8Array<ArrayBuffer>;

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  complaint = await insertEvidence(store, signer);
  bundle = await makeSample(store, signer, complaint.receiptNumber);
}, 60_000);
afterAll(() => store.close());

const jsonOf = <T>(bytes: Uint8Array | undefined): T =>
  JSON.parse(Buffer.from(bytes ?? []).toString('utf8')) as T;
const filesOf = (bytes: Uint8Array) => unzipSync(bytes);

/** The bundle with one of its files made anew. */
function withFile(path: string, change: (text: string) => string | undefined): Uint8Array<ArrayBuffer> {
  return writeZip(
    readZip(bundle).entries.flatMap((entry) => {
      if (entry.path !== path) return entry;
      const text = change(Buffer.from(entry.content).toString('utf8'));
      return text === undefined ? [] : { path, content: Buffer.from(text) };
    }),
  );
}
const withRecords = (change: (records: Record<string, Record<string, unknown>>) => void) =>
  withFile('records.json', (text) => {
    const records = JSON.parse(text);
    change(records);
    // As RFC 8785 writes it: names in order, no spaces. Names and values here are such that JSON.stringify does the rest.
    const sort = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(sort)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .sort(([a], [b]) => (a < b ? -1 : 1))
                .map(([k, v]) => [k, sort(v)]),
            )
          : value;
    return JSON.stringify(sort(records));
  });
const faultsOf = async (bytes: Uint8Array<ArrayBuffer>) =>
  (await verifyBundle(bytes, { fingerprints: [fingerprint] })).problems.map(
    ({ fault, place }) => `${place}: ${fault}`,
  );

describe('an evidence bundle', () => {
  test('tells everything of the complaint, and is verified without the hub', async () => {
    const found = await verifyBundle(bundle, { fingerprints: [fingerprint] });
    expect(found.problems).toEqual([]);
    expect(found).toMatchObject({
      fingerprint,
      counts: { complaint: 1, event: 3, link: 2, attempt: 1, notice: 1, file: 1, access: 3, anchor: 1 },
      // The second has a seal and no anchor yet, the third has neither.
      access: { entries: 3, anchored: 1, waiting: 2 },
      manifest: {
        ...{
          receiptNumber: complaint.receiptNumber,
          madeBy: 'admin',
          reason: '행정심판 제출',
          masked: false,
        },
        hub: 'https://hub.example.kr',
      },
    });
    const records = jsonOf<Record<string, Record<string, unknown>>>(filesOf(bundle)['records.json']);
    expect(records['event/3']).toMatchObject({ type: 'answered', at: '2026-11-02T01:02:03.004Z' });
    expect(Object.values(records).find((one) => one.template === 'registered')).toMatchObject({
      ...{ recipient: '홍길동', state: 'sent', text: '홍길동님, 민원이 접수되었습니다.' },
    });
  });

  test('opens with any program: the files are those that were attached, and the summary is a PDF', () => {
    const files = filesOf(bundle);
    expect(Object.keys(files)).toEqual([
      ...['manifest.json', 'signature.json', 'records.json', 'summary.pdf', 'README.txt'],
      'files/1/현장 사진.txt',
    ]);
    expect(Buffer.from(files['files/1/현장 사진.txt'] ?? [])).toEqual(fileContent);
    expect(
      Buffer.from(files['summary.pdf'] ?? [])
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
  });

  test("is signed in a way that other programs verify, by the certificate's key", () => {
    const files = filesOf(bundle);
    const { certificate, signature } = jsonOf<Signature>(files['signature.json']);
    const der = Buffer.from(certificate, 'base64');
    const read = new X509Certificate(der);
    expect(read.verify(read.publicKey)).toBe(true);
    expect(read.subject).toBe('CN=hub.example.kr');
    const key = createPublicKey({
      key: Buffer.from(signer.publicKey, 'base64'),
      format: 'der',
      type: 'spki',
    });
    expect(read.publicKey.equals(key)).toBe(true);
    const manifest = files['manifest.json'] ?? new Uint8Array();
    expect(verify(null, manifest, read.publicKey, Buffer.from(signature, 'base64'))).toBe(true);
    expect(jsonOf<Manifest>(manifest).certificate).toBe(createHash('sha256').update(der).digest('hex'));
  });

  test('one bit turned in any of 1,000 places chosen at random is found', async () => {
    const unseen: number[] = [];
    for (let n = 0; n < 1000; n += 1) {
      const bit = randomInt(bundle.length * 8);
      const turned = new Uint8Array(bundle);
      turned[bit >> 3] = (turned[bit >> 3] as number) ^ (1 << (bit & 7));
      const { problems } = await verifyBundle(turned);
      if (problems.length === 0) unseen.push(bit);
    }
    expect(unseen).toEqual([]);
  }, 120_000);

  test('one bit turned in any byte of what signs the rest is found', async () => {
    const { content } = readZip(bundle).entries[1] ?? { content: new Uint8Array() };
    const unseen: number[] = [];
    for (let byte = 0; byte < content.length; byte += 1) {
      const turned = new Uint8Array(bundle);
      const at = content.byteOffset + byte;
      turned[at] = (turned[at] as number) ^ (1 << randomInt(8));
      if ((await verifyBundle(turned)).problems.length === 0) unseen.push(byte);
    }
    expect(unseen).toEqual([]);
  }, 120_000);
});

describe('the verifier names', () => {
  test.each<[string, () => Uint8Array<ArrayBuffer>, string]>([
    [
      'a changed answer',
      () => withRecords((r) => Object.assign(r['event/3'] ?? {}, { type: 'closed' })),
      'event/3: record_changed',
    ],
    ['an event that is gone', () => withRecords((r) => delete r['event/2']), 'event/2: record_missing'],
    [
      'an event that was put in',
      () => withRecords((r) => Object.assign(r, { 'event/4': {} })),
      'event/4: record_added',
    ],
    [
      'another name of the complainant',
      () => withRecords((r) => Object.assign(r.complaint ?? {}, { content: {} })),
      'complaint: record_changed',
    ],
    [
      'a file with other content',
      () => withFile('files/1/현장 사진.txt', () => '다른 글'),
      'files/1/현장 사진.txt: file_changed',
    ],
    ['a file that is gone', () => withFile('README.txt', () => undefined), 'README.txt: file_missing'],
    [
      'a file that was put in',
      () => writeZip([...readZip(bundle).entries, { path: 'more.txt', content: fileContent }]),
      'more.txt: file_added',
    ],
    [
      'another reason',
      () => withFile('manifest.json', (text) => text.replace('행정심판', '민사소송')),
      'manifest.json: manifest_changed',
    ],
    [
      'a manifest with a space',
      () => withFile('manifest.json', (text) => ` ${text}`),
      'manifest.json: manifest_changed',
    ],
    [
      'files in another order',
      () => writeZip(readZip(bundle).entries.toReversed()),
      'ZIP: container_changed',
    ],
    ['something that is no bundle', () => new Uint8Array(Buffer.from('hello')), 'ZIP: not_a_bundle'],
  ])('%s', async (_what, make, named) => {
    expect(await faultsOf(make())).toContain(named);
  });

  test('a bundle that somebody signed anew with another key', async () => {
    const forged = await makeSample(store, makeSigner(), complaint.receiptNumber);
    expect((await verifyBundle(forged)).problems).toEqual([]);
    expect((await verifyBundle(forged, { fingerprints: [fingerprint] })).problems).toEqual([
      { fault: 'key_unknown', place: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
  });
});

describe('what it tells of the access log', () => {
  /** Whoever has the key could sign anything: the chain and its anchor still show it. */
  const signAnew = async (bytes: Uint8Array<ArrayBuffer>) => {
    const { digestOf, sha256, toBytes, toCanonical } = await import(
      '../../../hub/evidence/verify/canonical.ts'
    );
    const entries = readZip(bytes).entries;
    const contentOf = (path: string) => entries.find((one) => one.path === path)?.content;
    const records = jsonOf<Record<string, unknown>>(contentOf('records.json'));
    const manifest = jsonOf<Manifest>(contentOf('manifest.json'));
    const { timeStamp, certificate } = jsonOf<Signature>(contentOf('signature.json'));
    for (const name of Object.keys(manifest.records)) delete manifest.records[name];
    for (const [name, record] of Object.entries(records)) manifest.records[name] = await digestOf(record);
    const head = manifest.files.find(({ path }) => path === 'records.json');
    const content = contentOf('records.json') ?? new Uint8Array();
    Object.assign(head ?? {}, { size: content.length, sha256: await sha256(content) });
    const text = toCanonical(manifest);
    const signed = { certificate, signature: signer.sign(text), timeStamp };
    const signature = toCanonical({ ...signed, seal: signer.sign(toCanonical(signed)) });
    const remade: Record<string, Uint8Array> = {
      'manifest.json': toBytes(text),
      'signature.json': toBytes(signature),
    };
    return writeZip(entries.map(({ path, content: old }) => ({ path, content: remade[path] ?? old })));
  };
  type R = Record<string, Record<string, unknown>>;
  const nameOf = (records: R, kind: string, fits: (one: Record<string, unknown>) => boolean = () => true) =>
    Object.keys(records).find((name) => name.startsWith(`${kind}/`) && fits(records[name] ?? {})) ?? '';

  test('signing anew alone changes nothing', async () => {
    expect(await faultsOf(await signAnew(withRecords(() => undefined)))).toEqual([]);
  });

  test.each<[string, (records: R) => void, BundleFault]>([
    ['who saw it', (r) => Object.assign(r[nameOf(r, 'access')] ?? {}, { actor: 'nobody' }), 'entry_changed'],
    ['a seal', (r) => Object.assign(r[nameOf(r, 'seal')] ?? {}, { at: '1' }), 'seal_changed'],
    [
      'what a seal follows',
      (r) => Object.assign(r[nameOf(r, 'seal', (one) => 'list' in one)] ?? {}, { previous: '0'.repeat(64) }),
      'seal_changed',
    ],
    [
      'an anchor',
      (r) => Object.assign(r[nameOf(r, 'anchor')] ?? {}, { day: '2020-01-01' }),
      'anchor_changed',
    ],
    [
      "an anchor's signature",
      (r) => Object.assign(r[nameOf(r, 'anchor')] ?? {}, { signature: 'AAAA' }),
      'anchor_not_signed',
    ],
    ['a seal without a number', (r) => delete r[nameOf(r, 'seal')]?.number, 'record_changed'],
    [
      'an event and its digest',
      (r) => Object.assign(r['event/2'] ?? {}, { type: 'closed' }),
      'event_chain_broken',
    ],
  ])('%s that was changed shows although all of it is signed anew', async (_what, change, fault) => {
    const problems = await faultsOf(await signAnew(withRecords(change)));
    expect(problems.join('\n')).toContain(fault);
  });

  test('the export itself is told to the log, with its reason', async () => {
    const { rows } = await store.pool.query(
      `select act, purpose, reason, masked, subjects::text[] from access_entries where actor = 'admin' order by id limit 1`,
    );
    expect(rows).toEqual([
      {
        act: 'export',
        purpose: 'evidence',
        reason: '행정심판 제출',
        masked: false,
        subjects: [complaint.id],
      },
    ]);
  });

  test('whoever may not see persons gets them masked, and no files; an officer gets nothing', async () => {
    const user = (role: 'auditor' | 'officer' | 'counsellor', agency: string | null) => ({
      ...reader,
      user: { role, agency },
    });
    const masked = await makeSample(store, signer, complaint.receiptNumber, {
      reader: user('auditor', null),
    });
    expect(await faultsOf(masked)).toEqual([]);
    const text = Buffer.from(masked).toString('utf8');
    for (const word of ['홍길동', '+821012345678', 'hong@example.kr', '현장 사진'])
      expect(text).not.toContain(word);
    expect(text).toContain('홍*동');
    for (const role of ['officer', 'counsellor'] as const)
      await expect(
        makeSample(store, signer, complaint.receiptNumber, {
          reader: user(role, role === 'officer' ? 'tax' : null),
        }),
      ).rejects.toThrow(`is not for the role ${role}`);
  });
});
