import { existsSync } from 'node:fs';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportConfiguration } from '../../../../hub/configuration/export.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { samplePassword } from '../sample-board.ts';
import { roadSource, startConfigurationHub } from './configuration-hub.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const present = existsSync(executablePath);
if (!present) {
  console.warn(`no browser at ${executablePath}: what only a browser shows is not tested; set CHROMIUM`);
  if (process.env.REQUIRE_SERVICES === '1') throw new Error('REQUIRE_SERVICES=1, and there is no browser');
}

const path = '/agencies/road/configuration';

describe.runIf(present)('the configuration in a browser', () => {
  let parts: Awaited<ReturnType<typeof startConfigurationHub>>;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    parts = await startConfigurationHub();
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-quic'];
    browser = await chromium.launch({ executablePath, args });
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await page.goto(parts.hub.url);
    await page.getByLabel('아이디').fill('admin');
    await page.getByLabel('비밀번호').fill(samplePassword);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '통합 게시판' }).waitFor();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await parts?.hub.stop();
  });

  const source = () => page.locator('#source').inputValue();
  const field = (name: string) => page.locator(`[name="${name}"]`).inputValue();

  test('form and text follow each other, and what is applied is what the command exports', async () => {
    await page.goto(parts.hub.url + path);
    await page.locator('[name="/phone"]').fill('051-000-1111');
    await waitFor(
      'the text to follow',
      async () => (await source()).includes('051-000-1111 # 당직실'),
      60_000,
    );
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('/phone');
    await page.locator('#source').fill((await source()).replace('pollEvery: 30', 'pollEvery: never'));
    await waitFor('the form to follow', async () => (await field('/board/pollEvery')) === 'never', 60_000);
    await page.getByText('number 형식이어야 합니다').first().waitFor();
    await page.locator('[name="/board/pollEvery"]').fill('90');
    const problems = page.locator('.config-problems li');
    await waitFor('the problem to go', async () => (await problems.count()) === 0, 60_000);
    await page.getByRole('button', { name: '검토와 적용' }).click();
    await page.getByLabel('변경 사유').fill('화면에서 고침');
    await page.getByRole('button', { name: '적용', exact: true }).click();
    await page.getByText('설정을 적용했습니다.').waitFor();
    const folder = await mkdtemp(join(tmpdir(), 'exported-'));
    await exportConfiguration(parts.hub.store, folder);
    expect(await readFile(join(folder, 'agencies/road.yaml'), 'utf8')).toBe(
      roadSource.replace('051-123-4567', '051-000-1111').replace('pollEvery: 30', 'pollEvery: 90'),
    );
  }, 300_000);

  const pages = [path, `${path}/versions`, `${path}/versions/1`, `${path}/versions/1/rollback`];
  const others = ['/agencies/park/configuration/removal', '/configuration', '/configuration/agencies/new'];
  test('every page fits, names its fields and gives each id once, in both languages', async () => {
    for (const [width, language] of [
      [390, 'en'],
      [1280, 'ko'],
    ] as const) {
      await page.setViewportSize({ width, height: 800 });
      await page
        .locator(`button[name="language"][value="${language}"]`)
        .click({ timeout: 2000 })
        .catch(() => undefined);
      for (const at of [...pages, ...others]) {
        await page.goto(parts.hub.url + at);
        const found = await page.evaluate(() => ({
          tooWide: document.documentElement.scrollWidth > window.innerWidth,
          headings: document.querySelectorAll('h1').length,
          unlabelled: [...document.querySelectorAll('input:not([type=hidden]), select, textarea')].filter(
            (field) => !(field as HTMLInputElement).labels?.length,
          ).length,
          tables: [...document.querySelectorAll('table')].filter((table) => !table.caption).length,
          ids: [...document.querySelectorAll('[id]')]
            .map(({ id }) => id)
            .filter((id, n, all) => all.indexOf(id) !== n),
          lang: document.documentElement.lang,
        }));
        const good = { tooWide: false, headings: 1, unlabelled: 0, tables: 0, ids: [], lang: language };
        expect(found, `${at} ${width}`).toEqual(good);
      }
    }
    expect(complaints).toEqual([]);
  }, 300_000);

  test('what was typed before the script of the page came is kept', async () => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/configuration.js', (route) => released.then(() => route.continue()));
    await page.goto(parts.hub.url + path, { waitUntil: 'commit' });
    await page.locator('#source').fill((await source()).replace(/pollEvery: \d+/, 'pollEvery: 45'));
    release();
    await waitFor('the form to follow', async () => (await field('/board/pollEvery')) === '45', 20_000);
  }, 60_000);
});
