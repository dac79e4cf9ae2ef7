import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyBundle } from '../../../../hub/evidence/verify/verify-bundle.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import {
  type ConsoleServer,
  createRecordedAccept,
  createRecordedActions,
  createVisitors,
  startConsole,
  toHidden,
} from '../console-server.ts';
import { insertComplaint, insertUsers } from '../sample-board.ts';

let store: Store;
let server: ConsoleServer;
let address: string;
const nothing = { outcome: 'duplicate', complaintId: 'x', receiptNumber: 'x', lastSeq: 1 } as const;
const visitAs = createVisitors(() => server.url).as;

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  await insertUsers(store);
  const { receiptNumber } = await insertComplaint(store);
  address = `/complaints/${receiptNumber}`;
  server = await startConsole(store, {
    accept: createRecordedAccept(() => nothing).accept,
    parked: createRecordedActions(() => nothing),
    environment: { TSA_URL: 'http://127.0.0.1:1/' },
  });
});
afterAll(async () => {
  await server.app.close();
  await store.close();
});

async function download(login: string, fields: Record<string, string>) {
  const visitor = await visitAs(login);
  const { text } = await visitor.get(`${address}/evidence`);
  const body = new URLSearchParams({ ...toHidden(text, `${address}/evidence`), ...fields });
  const response = await visitor.call(`${address}/evidence`, { method: 'POST', body });
  return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
}

test('an administrator exports it with a reason, and the file is verified with the fingerprint of the page', async () => {
  const admin = await visitAs('admin');
  expect((await admin.get(address)).text).toContain(`href="${address}/evidence"`);
  const page = await admin.get(`${address}/evidence`);
  const fingerprint = /<code>([0-9a-f]{64})<\/code>/.exec(page.text)?.[1] ?? '';
  const { response, bytes } = await download('admin', { reason: '행정심판', files: 'yes' });
  expect(response.headers.get('content-disposition')).toMatch(
    /^attachment; filename="evidence-[\d-]+\.zip"$/,
  );
  const found = await verifyBundle(bytes, { fingerprints: [fingerprint] });
  expect(found).toMatchObject({
    problems: [],
    manifest: { reason: '행정심판', madeBy: 'admin', masked: false },
  });
});

test('the reason is asked, and nothing is given out without it', async () => {
  const admin = await visitAs('admin');
  const page = await admin.fill(`${address}/evidence`, `${address}/evidence`, { reason: ' ', files: 'yes' });
  expect(page.status).toBe(422);
  expect(page.text).toContain('form-hint-invalid');
});

test('an authority of time stamps that is away is told, with what was typed', async () => {
  const admin = await visitAs('admin');
  const page = await admin.fill(`${address}/evidence`, `${address}/evidence`, {
    reason: '행정심판',
    stamp: 'yes',
  });
  expect(page.status).toBe(503);
  expect(page.text).toContain('시점확인 기관의 답을 받지 못했습니다');
  expect(page.text).toContain('행정심판</textarea>');
});

test('an auditor exports it masked; others have neither the button nor the page', async () => {
  const { bytes } = await download('auditor', { reason: '감사' });
  expect((await verifyBundle(bytes)).manifest).toMatchObject({ masked: true });
  for (const login of ['road', 'counsellor']) {
    const visitor = await visitAs(login);
    expect((await visitor.get(address)).text).not.toContain('/evidence"');
    expect((await visitor.get(`${address}/evidence`)).status).toBe(403);
    expect((await download(login, { reason: '궁금함' })).response.status).toBe(403);
  }
});

test('whoever was given a bundle gets the verifier without an account', async () => {
  const response = await fetch(`${server.url}/minwon-evidence-verifier.html`);
  expect(response.headers.get('content-disposition')).toContain('attachment');
  expect(await response.text()).toContain('민원 증거 묶음 확인');
});
