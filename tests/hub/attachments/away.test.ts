import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApiKey } from '../../../hub/access/keys/api-keys.ts';
import { type Hub, startHub } from '../../../hub/app.ts';
import { readSettings } from '../../../hub/settings.ts';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { type Line, openLine } from '../../support/line.ts';
import { pdf } from '../../support/sample-files.ts';
import { senderAgency } from '../../support/sender.ts';
import { type Clamd, prepareClamd } from '../../support/servers/clamd.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { startS3 } from '../../support/servers/s3-server.ts';
import { configure } from '../../support/test-hub.ts';
import { createVisitor, toHidden } from '../console/console-server.ts';
import { insertUsers } from '../console/sample-board.ts';

/** A hub whose bucket stands behind a line, and whose clamd is not there yet. */
let hub: Hub;
let store: Store;
let s3: Awaited<ReturnType<typeof startS3>>;
let line: Line;
let clamd: Clamd | undefined;
let key: string;
let visitor: ReturnType<typeof createVisitor>;
const lines: { level: number; msg: string; reason?: string }[] = [];

beforeAll(async () => {
  s3 = await startS3('files');
  line = await openLine(s3.settings.S3_ENDPOINT);
  line.cut();
  clamd = await prepareClamd();
  const url = await createFreshDatabase();
  store = openStore(url, 4);
  await configure(store, [senderAgency], { rules: [], default: 'src' });
  await insertUsers(store);
  const settings = readSettings({
    DATABASE_URL: url,
    PORT: '0',
    ...s3.settings,
    S3_ENDPOINT: line.url,
    ...(clamd && { CLAMD_URL: clamd.url }),
  });
  const log = pino({ level: 'info' }, { write: (text: string) => void lines.push(JSON.parse(text)) });
  hub = await startHub(settings, { log });
  ({ key } = await createApiKey(store, senderAgency.code));
  visitor = createVisitor(hub.url);
  await visitor.signIn('counsellor');
}, 60_000);
afterAll(async () => {
  await hub?.stop();
  await store?.close();
  await line?.close();
  await s3?.stop();
  await clamd?.stop();
});

const authorization = () => `Bearer ${key}`;
const upload = (size = 20_000) =>
  fetch(`${hub.url}/api/v1/attachments?name=a.pdf`, {
    method: 'POST',
    headers: { authorization: authorization() },
    body: new Uint8Array(pdf(size)),
  });
const uploadBySoap = () =>
  fetch(`${hub.url}/soap/v1`, {
    method: 'POST',
    headers: { authorization: authorization(), 'content-type': 'text/xml; charset=utf-8' },
    body: `<Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/"><Body><PutAttachment xmlns="urn:minwon-hub:v1"><name>a.pdf</name><content>${pdf(2000).toString('base64')}</content></PutAttachment></Body></Envelope>`,
  });
async function uploadByForm(): Promise<{ status: number; retryAfter: string | null; text: string }> {
  const form = new FormData();
  const fields = {
    name: '홍길동',
    phone: '010-1234-5678',
    language: 'ko',
    kind: 'query',
    title: '제목',
    body: '내용',
  };
  const hidden = toHidden((await visitor.get('/register')).text, '/register');
  for (const [name, value] of Object.entries({ ...hidden, ...fields })) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(pdf(2000))]), 'a.pdf');
  const response = await visitor.call('/register', { method: 'POST', body: form });
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    text: await response.text(),
  };
}
const isReady = async () => (await fetch(`${hub.url}/health/ready`)).status;
const said = (about: RegExp) =>
  lines.filter(({ level, msg }) => level >= 30 && about.test(msg)).map(({ msg }) => msg);

async function expectAway(words: RegExp, korean: string): Promise<void> {
  const refused = await upload();
  const text = await refused.text();
  expect([refused.status, refused.headers.get('retry-after')], text).toEqual([503, '30']);
  expect(text).toMatch(words);
  expect(text).not.toMatch(/127\.0\.0\.1|S3RVER/);
  const fault = await uploadBySoap();
  const faultText = await fault.text();
  expect([fault.status, fault.headers.get('retry-after')], faultText).toEqual([500, '30']);
  expect(faultText).toMatch(words);
  const page = await uploadByForm();
  expect([page.status, page.retryAfter]).toEqual([503, '30']);
  expect(page.text).toContain(korean);
}

it('a store that is away at the start, and a clamd, stop files alone: each is told once, and they go on by themselves', async () => {
  await expectAway(/the store of the attachments cannot be used: ECONN/, '첨부 파일 저장소를 쓸 수 없습니다');
  expect((await upload(12_000_000)).status, 'in several parts').toBe(503);
  expect(await isReady(), 'what concerns files alone').toBe(200);
  expect(said(/store of the attachments/)).toEqual([
    'the store of the attachments is out of reach; it is tried again until it is back',
  ]);
  line.mend();
  if (clamd) {
    await expectAway(/clamd gives no verdict: ECONNREFUSED/, '백신(clamd)이 판정하지 못했습니다');
    expect(said(/clamd/)).toEqual(['clamd is out of reach; it is tried again until it is back']);
    await clamd.start();
  }
  expect((await upload()).status).toBe(201);
  expect((await uploadBySoap()).status).toBe(200);
  expect((await uploadByForm()).status).toBe(303);
  await clamd?.kill();
  if (clamd) expect((await upload()).status).toBe(503);
  await clamd?.start();
  expect((await upload()).status).toBe(201);
  expect(JSON.stringify(lines)).not.toContain('S3RVER');
  expect(lines.filter(({ level }) => level >= 50)).toEqual([]);
}, 120_000);

it('a store that takes connections and says nothing holds a caller for a while, and nobody else', async () => {
  line.hush();
  const [refused, ready] = await Promise.all([upload(), isReady()]);
  expect([refused.status, refused.headers.get('retry-after'), ready]).toEqual([503, '30', 200]);
  line.mend();
  expect((await upload()).status).toBe(201);
}, 180_000);
