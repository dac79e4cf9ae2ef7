import { existsSync } from 'node:fs';
import pino from 'pino';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Hub, startHub } from '../../../../hub/app.ts';
import { readSettings } from '../../../../hub/settings.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { createVisitor } from '../console-server.ts';
import { sampleDirectory } from '../sample-agencies.ts';
import { insertUsers, samplePassword } from '../sample-board.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const isThere = existsSync(executablePath);
if (!isThere && process.env.REQUIRE_SERVICES) throw new Error(`there is no browser at ${executablePath}`);

describe.skipIf(!isThere)('rules in a browser', () => {
  /** Serves the pages and sends nothing. */
  let api: TestHub;
  /** Another process's part: it alone sends notices, and reads the configuration by itself. */
  let worker: Hub;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    const agencies = sampleDirectory.listAgencies().map(({ board: _, ...agency }) => agency);
    api = await startTestHub(agencies, { rules: [], default: 'road' }, { ROLES: 'api' });
    const settings = { DATABASE_URL: api.store.url, PORT: '0', LOG_LEVEL: 'silent', ROLES: 'worker' };
    worker = await startHub(readSettings(settings), { log: pino({ level: 'silent' }) });
    await insertUsers(api.store);
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(api.url);
    await page.getByLabel('아이디').fill('admin');
    await page.getByLabel('비밀번호').fill(samplePassword);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '통합 게시판' }).waitFor();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await worker?.stop();
    await api?.stop();
  });

  test('a template is typed, seen at once, applied, and the next notice of another process has the new words', async () => {
    await page.goto(`${api.url}/rules/templates/ko/registered.email.txt`);
    const text = page.getByLabel('문구(Liquid)');
    await text.fill(
      'Subject: 새 제목 {{ receipt_number }}\n\n쉬운 말로 알려 드립니다. {{ receipt_number }}\n',
    );
    // Nobody pressed a button: the draft is kept while a person types. agency.name is owed, and missing.
    await page.getByText('agency.name이 반드시 들어가야 합니다').waitFor();
    await text.fill(
      'Subject: 새 제목 {{ receipt_number }}\n\n{{ agency.name }}에서 쉬운 말로 알려 드립니다. {{ receipt_number }}\n',
    );
    await page.locator('#preview').getByText('가나시청에서 쉬운 말로').waitFor();
    await page.getByText('반드시 들어가야 합니다').waitFor({ state: 'detached' });
    expect(await text.inputValue()).toContain('쉬운 말로');
    await page.getByRole('link', { name: '검토하고 적용' }).click();
    await page.getByLabel('왜 바꾸는지').fill('쉬운 말로');
    await page.getByRole('button', { name: '적용' }).click();
    await page.getByText('적용했습니다. 지금부터 시행됩니다.').waitFor();

    const counsellor = createVisitor(api.url);
    await counsellor.signIn('counsellor');
    const matter = { title: '가로등', body: '내용', kind: 'query', language: 'ko' };
    await waitFor('a notice with the new words', async () => {
      const person = { name: '홍길동', email: 'hong@example.kr', notifyBy: 'email' };
      await counsellor.fill('/register', '/register', { ...person, ...matter });
      const { rows } = await api.store.pool.query(
        `select from outbox where address = 'hong@example.kr' and subject like '새 제목 %' and text like '%에서 쉬운 말로%'`,
      );
      return rows.length > 0;
    });
  }, 120_000);

  test('every page fits a phone, and has one main heading and labels for its fields', async () => {
    await page.setViewportSize({ width: 390, height: 800 });
    const routing = ['', '/rule', '/try', '/simulation', '/versions', '/versions/1'].map(
      (end) => `/rules/routing${end}`,
    );
    const templates = [
      '',
      '/ko/answered.email.html',
      '/ko/answered.sms.txt',
      '/ko/registered.email.txt/versions',
    ];
    for (const path of [
      '/rules',
      ...routing,
      '/rules/clock?kind=query&at=2026-12-28T10:00',
      ...templates.map((end) => `/rules/templates${end}`),
    ]) {
      await page.goto(api.url + path);
      const found = await page.evaluate(() => ({
        tooWide: document.documentElement.scrollWidth > window.innerWidth,
        headings: document.querySelectorAll('h1').length,
        unlabelled: [...document.querySelectorAll('input:not([type=hidden]), select, textarea')].filter(
          (field) => !(field as HTMLInputElement).labels?.length,
        ).length,
        ids: [...document.querySelectorAll('[id]')]
          .map(({ id }) => id)
          .filter((id, at, all) => all.indexOf(id) !== at),
      }));
      expect(found, path).toEqual({ tooWide: false, headings: 1, unlabelled: 0, ids: [] });
    }
  }, 120_000);
});
