import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey, revokeApiKey } from '../../../hub/access/keys/api-keys.ts';
import { type OpenDoors, openDoors } from './open-doors.ts';

const sample = '민원 연계 시험 뷁 😀 ABC';
interface Report {
  ok: boolean;
  time: string;
  checks: { check: string; ok: boolean; ko: string; en: string }[];
}

let doors: OpenDoors;
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(async () => {
  expect(doors.errors).toEqual([]);
  await doors.close();
});

async function test(body: BodyInit, headers: Record<string, string> = {}): Promise<Report> {
  const reply = await fetch(`${doors.url}/api/v1/self-test`, {
    method: 'POST',
    headers: { authorization: `Bearer ${doors.keys.alpha}`, 'content-type': 'application/json', ...headers },
    body,
  });
  expect(reply.status).toBe(200);
  return (await reply.json()) as Report;
}
const good = (change: object = {}) =>
  JSON.stringify({ text: sample, time: new Date().toISOString(), ...change });
/** What is wrong, and nothing else: `check: words`. */
const wrongIn = ({ checks }: Report) =>
  checks.filter(({ ok }) => !ok).map(({ check, en }) => `${check}: ${en}`);

describe('the self-test', () => {
  it('finds nothing wrong with what is right', async () => {
    const report = await test(good());
    expect(report.checks.map(({ check }) => check)).toEqual(['credentials', 'rules', 'charset', 'clock']);
    expect(wrongIn(report)).toEqual([]);
    expect(report.ok).toBe(true);
    expect(Math.abs(Date.parse(report.time) - Date.now())).toBeLessThan(5000);
  });

  const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
  it.each<[string, () => BodyInit, string]>([
    ['EUC-KR', () => new Uint8Array(iconv.encode('{"text":"민원 연계 시험 ABC"}', 'cp949')), 'EUC-KR'],
    ['UTF-8 twice', () => good({ text: Buffer.from(sample).toString('latin1') }), 'twice'],
    ['question marks', () => good({ text: '?? ?? ?? ? ? ABC' }), 'became ?'],
    ['decomposed letters', () => good({ text: sample.normalize('NFD') }), 'NFD'],
    ['another text', () => good({ text: '안녕' }), 'Another text'],
    ['no JSON', () => 'text=1', 'not JSON'],
  ])('names a charset gone wrong: %s', async (_name, body, words) => {
    const wrong = wrongIn(await test(body())).filter((line) => line.startsWith('charset'));
    expect(wrong).toEqual([expect.stringContaining(words)]);
  });

  it.each([
    ['behind', () => inSeconds(-1000), '1000 s behind'],
    ['ahead', () => inSeconds(400), '400 s ahead of'],
    ['nine hours off', () => inSeconds(9 * 3600), 'wrong offset'],
    ['no offset', () => '2026-11-20T09:30:00', 'no offset'],
  ])('names a clock gone wrong: %s', async (_name, time, words) => {
    expect(wrongIn(await test(good({ time: time() })))).toEqual([expect.stringContaining(words)]);
  });

  it('says of a key why it is refused', async () => {
    const revoked = await createApiKey(doors.store, 'alpha');
    await revokeApiKey(doors.store, revoked.id);
    const expired = await createApiKey(doors.store, 'alpha', new Date(Date.now() - 1000));
    const cases = [
      [`Bearer ${revoked.key}`, 'was revoked'],
      [`Bearer ${expired.key}`, 'expired at'],
      [`Bearer ${expired.key.slice(0, -3)}`, 'cut off'],
      [`Bearer mwk_${'A'.repeat(43)}`, 'no such key'],
      ['Basic YTpi', 'There is no key'],
    ] as const;
    for (const [authorization, words] of cases)
      expect(wrongIn(await test(good(), { authorization }))).toEqual([expect.stringContaining(words)]);
  });

  it('says of a digest and a signature what is wrong', async () => {
    const headers = {
      'content-digest': 'sha-256=:AAAA:',
      'signature-input': 'sig1=("@method");created=1;keyid="x"',
      signature: 'sig1=:AAAA:',
    };
    expect(wrongIn(await test(good(), headers))).toEqual([
      expect.stringContaining('SIGNING_SECRET is not set'),
      expect.stringContaining('not the one that Content-Digest names'),
    ]);
  });
});

describe('discovery', () => {
  it('names doors that are there, the time and the limits', async () => {
    const reply = await fetch(`${doors.url}/.well-known/minwon-hub`);
    const found = (await reply.json()) as {
      time: string;
      doors: Record<string, string>[];
      limits: Record<string, unknown>;
    };
    expect(Math.abs(Date.parse(found.time) - Date.now())).toBeLessThan(5000);
    expect(found.limits).toMatchObject({ requestsPerMinute: 60_000, concurrency: 64, longPollSeconds: 30 });
    const [rest, soap] = found.doors;
    for (const url of [rest?.openapi, rest?.documentation, soap?.wsdl, soap?.xsd])
      expect((await fetch(url ?? '')).status).toBe(200);
    expect((await fetch(rest?.selfTest ?? '', { method: 'POST' })).status).toBe(200);
  });
});
