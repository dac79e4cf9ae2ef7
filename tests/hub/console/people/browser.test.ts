import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Accepted } from '../../../../hub/exchange/intake/incoming.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import { createMailbox, toToken } from '../../access/accounts/mailbox.ts';
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
  console.warn(`no browser at ${executablePath}: the way of an account is not tested; set CHROMIUM`);
  if (process.env.REQUIRE_SERVICES === '1') throw new Error('REQUIRE_SERVICES=1, and there is no browser');
}

describe.runIf(present)('an account in a browser', () => {
  let store: Store;
  let server: ConsoleServer;
  let browser: Browser;
  let mailbox: ReturnType<typeof createMailbox>;
  const asked: string[] = [];
  const none: Accepted = { outcome: 'duplicate', complaintId: 'x', receiptNumber: 'x', lastSeq: 1 };

  beforeAll(async () => {
    store = openStore(await createFreshDatabase());
    await insertUsers(store);
    server = await startConsole(store, {
      accept: createRecordedAccept(() => none).accept,
      parked: createRecordedActions(() => none),
    });
    mailbox = createMailbox(store);
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-quic'];
    browser = await chromium.launch({ executablePath, args });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await mailbox?.close();
    await server?.app.close();
    await store?.close();
  });

  /** A person at a browser of his or her own, on a telephone. Notes what is asked for, and by which page. */
  const openBrowser = async (): Promise<Page> => {
    const context = await browser.newContext({ viewport: { width: 390, height: 800 } });
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    page.on('request', (request) => asked.push(`${request.url()} ${request.headers().referer ?? ''}`));
    return page;
  };
  const signIn = async (page: Page, login: string, password: string) => {
    await page.getByLabel('아이디').fill(login);
    await page.getByLabel('비밀번호').fill(password);
    await page.getByRole('button', { name: '로그인' }).click();
    await page.getByRole('heading', { level: 1, name: '통합 게시판' }).waitFor();
  };
  const setPassword = async (page: Page, token: string, password: string) => {
    await page.goto(`${server.url}/link/${token}`);
    expect(new URL(page.url()).pathname).toBe('/link');
    await page.getByLabel('새 비밀번호', { exact: false }).first().fill(password);
    await page.getByLabel('새 비밀번호 다시 입력').fill(password);
    await page.getByRole('button', { name: '비밀번호 정하기' }).click();
    await page.getByText('비밀번호를 정했습니다').waitFor();
  };
  const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

  test('goes from the invitation to the first sign-in, the sessions and the reset', async () => {
    const admin = await openBrowser();
    await admin.goto(server.url);
    await signIn(admin, 'admin', samplePassword);
    await admin.goto(`${server.url}/users/new`);
    await admin.getByLabel('아이디').fill('yoon');
    await admin.getByLabel('전자우편').fill('yoon@office.example');
    await admin.getByLabel('이름').fill('윤새봄');
    await admin.getByLabel('역할').selectOption('auditor');
    await admin.getByRole('button', { name: '초대 메일 보내기' }).click();
    await admin.getByRole('heading', { level: 1, name: '윤새봄' }).waitFor();
    expect(await fits(admin)).toBe(true);

    const yoon = await openBrowser();
    const [invitation] = await mailbox.deliver();
    await setPassword(yoon, toToken(invitation), 'my first long password');
    await signIn(yoon, 'yoon', 'my first long password');
    await yoon.getByRole('link', { name: '윤새봄' }).click();
    await yoon.getByText('지금 이 화면', { exact: true }).waitFor();
    expect(await yoon.getByText(/Chrome · Linux|Headless/).count()).toBeGreaterThan(0);
    expect(await fits(yoon)).toBe(true);

    const forgetful = await openBrowser();
    await forgetful.goto(`${server.url}/sign-in`);
    await forgetful.getByRole('link', { name: '비밀번호를 잊으셨습니까?' }).click();
    await forgetful.getByLabel('아이디 또는 전자우편').fill('yoon@office.example');
    await forgetful.getByRole('button', { name: '링크 받기' }).click();
    await forgetful.getByText('주소가 등록되어 있으면').waitFor();
    const [reset] = await mailbox.deliver();
    await setPassword(forgetful, toToken(reset), 'my second long password');
    await yoon.goto(`${server.url}/account`);
    expect(new URL(yoon.url()).pathname).toBe('/sign-in');
    await signIn(forgetful, 'yoon', 'my second long password');

    await forgetful.goto(`${server.url}/link/${toToken(reset)}`);
    await forgetful.getByText('이미 쓴 링크입니다').waitFor();
    const tokens = [invitation, reset].map(toToken);
    const told = asked.filter((line) => tokens.some((token) => line.split(' ')[1]?.includes(token)));
    expect(told, 'a request that names a link in its Referer').toEqual([]);
    expect(asked.filter((line) => /^https?:/.test(line) && !line.startsWith(server.url))).toEqual([]);
  }, 600_000);
});
