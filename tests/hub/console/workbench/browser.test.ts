import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { samplePassword } from '../sample-board.ts';
import { type BenchStage, openBenchStage } from './bench-stage.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const present = existsSync(executablePath);
if (!present) {
  console.warn(`no browser at ${executablePath}: what only a browser shows is not tested; set CHROMIUM`);
  if (process.env.REQUIRE_SERVICES === '1') throw new Error('REQUIRE_SERVICES=1, and there is no browser');
}

describe.runIf(present)('the workbench in a browser', () => {
  let stage: BenchStage;
  let browser: Browser;
  const troubles: string[] = [];

  /** A signed-in person's page. */
  async function open(options: { javaScriptEnabled?: boolean; width?: number } = {}): Promise<Page> {
    const { javaScriptEnabled = true, width = 1280 } = options;
    const context = await browser.newContext({ javaScriptEnabled, viewport: { width, height: 900 } });
    const page = await context.newPage();
    page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
    await page.goto(stage.server.url);
    await page.getByLabel('아이디').fill('admin');
    await page.getByLabel('비밀번호').fill(samplePassword);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '통합 게시판' }).waitFor();
    await page.goto(`${stage.server.url}/agencies/sbiz/workbench`);
    return page;
  }

  beforeAll(async () => {
    stage = await openBenchStage();
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-quic'];
    browser = await chromium.launch({ executablePath, args });
  });
  afterAll(async () => {
    await browser?.close();
    await stage?.close();
  });

  test('what is typed is tried at once; names are completed by the keyboard alone', async () => {
    const page = await open();
    await page.getByLabel('필드', { exact: true }).selectOption('/content/title');
    await page.getByRole('button', { name: '열기' }).click();
    const expression = page.locator('#expression');
    await expect.poll(() => expression.inputValue()).toBe('subject');
    await expression.fill('');
    await expression.pressSequentially('$upp');
    await expression.fill('$uppercase(rg');
    await expression.press('End');
    await expression.pressSequentially('n');
    await page.keyboard.press('Escape');
    await expression.pressSequentially(')');
    await page.locator('.bench-value', { hasText: '하남시' }).nth(1).waitFor();
    await expression.fill('');
    await expression.pressSequentially('wrt');
    const list = page.getByRole('listbox');
    await list.getByRole('option', { name: 'wrtr.nm' }).waitFor();
    expect(await expression.getAttribute('aria-activedescendant')).toBe('completion-0');
    while ((await list.locator('[aria-selected="true"]').textContent()) !== 'wrtr.nm')
      await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await expression.inputValue()).toBe('wrtr.nm');
    await page.locator('.bench-value', { hasText: '이한빛' }).nth(1).waitFor();
    await expression.fill('wrtr.nm & ');
    const place = page.locator('#fault a[data-position]');
    await place.click();
    expect(await expression.evaluate((area: HTMLTextAreaElement) => document.activeElement === area)).toBe(
      true,
    );
    await page.context().close();
  });

  test('without JavaScript every step is a button', async () => {
    const page = await open({ javaScriptEnabled: false });
    await page.getByLabel('필드', { exact: true }).selectOption('/content/title');
    await page.getByRole('button', { name: '열기' }).click();
    await page.locator('#expression').fill('"제목: " & subject');
    await page.getByRole('button', { name: '시험', exact: true }).click();
    await page.locator('.bench-value', { hasText: '제목: 가로등 4' }).waitFor();
    await page.locator('.bench-item').nth(2).click();
    await page.locator('.bench-value', { hasText: '제목: 가로등 2' }).waitFor();
    await page.getByRole('button', { name: '초안에 넣기' }).click();
    await page.getByText('초안에 넣었습니다').waitFor();
    await page.context().close();
  });

  const paths = ['', '/outgoing?event=answered', '/codes', '/runs'];
  test.each([390, 1280])(
    'every page fits %i px, has labels and one heading, and breaks no policy',
    async (width) => {
      const page = await open({ width });
      for (const path of paths) {
        await page.goto(`${stage.server.url}/agencies/sbiz/workbench${path}`);
        if (process.env.SHOTS)
          await page.screenshot({
            path: `${process.env.SHOTS}/bench${path.replace(/\W/g, '-')}-${width}.png`,
            fullPage: true,
          });
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
      await page.context().close();
      expect(troubles).toEqual([]);
    },
  );
});
