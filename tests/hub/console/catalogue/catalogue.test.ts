import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadAdapters } from '../../../../adapters/registry.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import {
  type ConsoleServer,
  createRecordedAccept,
  createRecordedActions,
  createVisitors,
  startConsole,
} from '../console-server.ts';
import { insertUsers, samplePassword } from '../sample-board.ts';

const packages = fileURLToPath(new URL('../../../adapters/law-packages/', import.meta.url));
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const none = { outcome: 'duplicate', complaintId: 'x', receiptNumber: 'x', lastSeq: 1 } as const;

let store: Store;
let server: ConsoleServer;
const visitAs = createVisitors(() => server.url).as;

beforeAll(async () => {
  expect(await loadAdapters(['./open-settings', './lawful'], packages)).toHaveLength(1);
  store = openStore(await createFreshDatabase());
  await insertUsers(store);
  server = await startConsole(store, {
    accept: createRecordedAccept(() => none).accept,
    parked: createRecordedActions(() => none),
  });
});
afterAll(async () => {
  await server?.app.close();
  await store?.close();
});

describe('the list of adapters', () => {
  test('tells of the own kinds and of packages, used and refused', async () => {
    const admin = await visitAs('admin');
    const { status, text } = await admin.get('/adapters');
    expect(status).toBe(200);
    for (const name of ['mail', 'rest', 'soap', 'sql', 'webhook', 'open311', 'parish-web'])
      expect(text).toContain(`href="/adapters/${name}"`);
    expect(text).toContain('minwon-adapter-lawful');
    expect(text).toContain('거절한 패키지');
    expect(text).toContain('./open-settings');
    expect(text).toContain('설정 스키마는 닫혀 있다');
    expect(text).toContain('href="/adapters" aria-current="page"');
  });

  test.each([
    ['auditor', 200],
    ['counsellor', 403],
  ])('is for %s: %i', async (login, status) => {
    const visitor = await visitAs(login);
    expect((await visitor.get('/adapters')).status).toBe(status);
    expect((await visitor.get('/adapters/rest')).status).toBe(status);
    expect((await visitor.get('/')).text.includes('href="/adapters"')).toBe(status === 200);
  });
});

describe('one adapter', () => {
  test('its settings, with secrets, defaults and what is required', async () => {
    const { text } = await (await visitAs('admin')).get('/adapters/parish-web');
    const row = (name: string) =>
      /<tr>.*?<\/tr>/gs.exec(text.slice(text.indexOf(`<code>${name}</code>`) - 60))?.[0] ?? '';
    expect(row('endpoint')).toContain('where the board answers');
    expect(row('endpoint')).toContain('>필수</td>');
    expect(row('password')).toContain('비밀 값');
    expect(row('pageSize')).toContain('<code>50</code>');
    expect(row('pageSize')).toContain('선택');
    expect(text).toContain('쓰는 기관이 없습니다.');
    expect(text).toContain('법칙을 지키는지 시험한 기록이 없습니다.');
  });

  test('its README as a document that can do nothing', async () => {
    const { text } = await (await visitAs('admin')).get('/adapters/parish-web');
    const document = text.slice(text.indexOf('class="document"'));
    expect(document).toContain('<a href="#doc-settings-of-it">the settings</a>');
    expect(document).toContain('<h3 id="doc-settings-of-it">');
    expect(document).toContain('<span class="file-link" title="index.js">its source</span>');
    expect(document).toContain('href="https://parish.example/" rel="noreferrer noopener"');
    expect(document).toContain('&lt;script&gt;');
    expect(document).not.toMatch(/<script|<img|href="javascript/);
  });

  test('its presets and the agencies that have it', async () => {
    const { text } = await (await visitAs('admin')).get('/adapters/sql');
    expect(text).toContain('gnuboard5-board');
    expect(text).toContain('title: KBoard for WordPress');
    expect((await (await visitAs('admin')).get('/adapters/rest')).text).toContain('redmine');
  });

  test('there is none of another name', async () => {
    expect((await (await visitAs('admin')).get('/adapters/constructor')).status).toBe(404);
  });
});

describe.runIf(existsSync(executablePath))('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-quic'];
    browser = await chromium.launch({ executablePath, args });
  });
  afterAll(() => browser?.close());

  test('from the menu to a kind and through its document, on a phone, without a wide page', async () => {
    const page = await browser.newPage({ viewport: { width: 390, height: 800 } });
    const elsewhere: string[] = [];
    page.on('request', (request) => request.url().startsWith(server.url) || elsewhere.push(request.url()));
    await page.goto(server.url);
    await page.getByLabel('아이디').fill('admin');
    await page.getByLabel('비밀번호').fill(samplePassword);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: '연계 모듈' }).click();
    await page.getByRole('link', { name: 'parish-web' }).click();
    await page.getByRole('heading', { level: 1, name: 'parish-web' }).waitFor();
    await page.getByRole('link', { name: 'the settings' }).click();
    expect(new URL(page.url()).hash).toBe('#doc-settings-of-it');
    expect(await page.title()).toContain('parish-web');
    for (const name of ['parish-web', 'sql', 'rest']) {
      await page.goto(`${server.url}/adapters/${name}`);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    }
    expect(elsewhere).toEqual([]);
  });
});
