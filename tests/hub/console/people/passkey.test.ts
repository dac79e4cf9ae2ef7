import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Accepted } from '../../../../hub/exchange/intake/incoming.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { findAxeFaults } from '../../../support/find-axe-faults.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import {
  type ConsoleServer,
  createRecordedAccept,
  createRecordedActions,
  startConsole,
} from '../console-server.ts';
import { insertUsers, samplePassword } from '../sample-board.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const present = existsSync(executablePath);
if (!present) {
  console.warn(`no browser at ${executablePath}: passkeys are not tested; set CHROMIUM`);
  if (process.env.REQUIRE_SERVICES === '1') throw new Error('REQUIRE_SERVICES=1, and there is no browser');
}

describe.runIf(present)('passkeys in a browser', () => {
  let store: Store;
  let server: ConsoleServer;
  let browser: Browser;
  let page: Page;
  /** A passkey belongs to a name: an IP address has none. */
  let url: string;
  const none: Accepted = { outcome: 'duplicate', complaintId: 'x', receiptNumber: 'x', lastSeq: 1 };

  beforeAll(async () => {
    store = openStore(await createFreshDatabase());
    await insertUsers(store);
    server = await startConsole(store, {
      accept: createRecordedAccept(() => none).accept,
      parked: createRecordedActions(() => none),
      environment: { SECOND_FACTOR_ROLES: 'administrator' },
    });
    url = server.url.replace('127.0.0.1', 'localhost');
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-quic'];
    browser = await chromium.launch({ executablePath, args });
    const context = await browser.newContext({ viewport: { width: 390, height: 800 } });
    page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const devtools = await context.newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: { protocol: 'ctap2', transport: 'internal', hasUserVerification: true, isUserVerified: true },
    });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.app.close();
    await store?.close();
  });

  const signIn = async () => {
    await page.goto(`${url}/sign-in?to=/users`);
    await page.getByLabel('아이디').fill('admin');
    await page.getByLabel('비밀번호').fill(samplePassword);
    await page.getByRole('button', { name: '로그인' }).click();
  };
  const isClean = async () => {
    expect(await findAxeFaults(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  };

  test('are made at the sign-in that asks for one, let the person in again, and confirm an act', async () => {
    await signIn();
    await page.getByRole('heading', { level: 1, name: '2단계 인증 등록' }).waitFor();
    await isClean();
    await page.getByRole('button', { name: '패스키 만들기' }).click();
    await page.getByRole('heading', { level: 1, name: '복구 코드' }).waitFor();
    await isClean();
    await page.getByRole('link', { name: '적어 두었습니다' }).click();
    await page.getByRole('heading', { level: 1, name: '사용자' }).waitFor();
    await page.getByRole('button', { name: '로그아웃' }).click();

    await signIn();
    await page.getByRole('heading', { level: 1, name: '2단계 인증' }).waitFor();
    await isClean();
    await page.getByRole('button', { name: '패스키 사용' }).click();
    await page.getByRole('heading', { level: 1, name: '사용자' }).waitFor();

    await store.pool.query(`update sessions set proved_at = now() - interval '16 minutes'`);
    await page.goto(`${url}/account/factors`);
    await isClean();
    await page.getByRole('button', { name: '새로 만들기' }).click();
    await page.getByRole('heading', { level: 1, name: '2단계 인증을 다시 확인합니다' }).waitFor();
    await isClean();
    await page.getByRole('button', { name: '패스키 사용' }).click();
    await page.getByRole('heading', { level: 1, name: '복구 코드' }).waitFor();
    await page.goto(`${url}/account/factors/new`);
    await isClean();
    const { rows } = await store.pool.query('select kind, uses::int from second_factors');
    expect(rows).toEqual([{ kind: 'passkey', uses: expect.any(Number) }]);
  }, 180_000);
});
