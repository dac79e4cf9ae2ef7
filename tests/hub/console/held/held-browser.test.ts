import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAxeFaults } from '../../../support/find-axe-faults.ts';
import { samplePassword } from '../sample-board.ts';
import { type HeldHub, startHeldHub } from './held-hub.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const present = existsSync(executablePath);
if (!present) {
  console.warn(`no browser at ${executablePath}: undo is not tested in one; set CHROMIUM`);
  if (process.env.REQUIRE_SERVICES === '1') throw new Error('REQUIRE_SERVICES=1, and there is no browser');
}

describe.runIf(present)('what was sent, at a browser', () => {
  let hub: HeldHub;
  let browser: Browser;

  beforeAll(async () => {
    hub = await startHeldHub();
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-quic'];
    browser = await chromium.launch({ executablePath, args });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });

  const look = async (page: Page, name: string) => {
    const faults: string[] = [];
    for (const width of process.env.SHOTS ? [390, 768, 1280] : [390]) {
      await page.setViewportSize({ width, height: 900 });
      faults.push(...(await findAxeFaults(page)).map((fault) => `${name} ${width}: ${fault}`));
      if (process.env.SHOTS)
        await page.screenshot({ path: `${process.env.SHOTS}/${name}-${width}.png`, fullPage: true });
    }
    return faults;
  };

  test('is counted down, and taken back its text is in the open form', async () => {
    const path = await hub.register();
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await page.goto(`${hub.url}${path}`);
    await page.getByLabel('아이디').fill('tax');
    await page.getByLabel('비밀번호').fill(samplePassword);
    await page.getByRole('button', { name: '로그인' }).click();
    await page.locator('#form-answer > summary').click();
    const form = page.locator('#form-answer');
    await form.getByLabel('내용').fill('고쳤습니다. 다시 발급해 보십시오.');
    await form.getByRole('button', { name: '답변 등록' }).click();
    await page.getByRole('button', { name: '확인했습니다. 보내기' }).click();

    const held = page.getByRole('region', { name: '답변 등록' });
    const left = held.locator('[data-held]');
    await left.waitFor();
    const first = await left.textContent();
    // It counts by itself.
    await page.waitForFunction((text) => document.querySelector('[data-held]')?.textContent !== text, first);
    const seconds = Number.parseInt((await left.textContent()) ?? '', 10);
    expect(seconds).toBeGreaterThan(500);
    expect(seconds).toBeLessThan(Number.parseInt(first ?? '', 10));
    // Who listens is not told each second.
    expect(await page.locator('p.sr-only[role="status"]').textContent()).toBe('');
    const faults = await look(page, 'held');
    await page.goto(hub.url);
    await page.getByRole('heading', { name: '보내는 중' }).waitFor();
    faults.push(...(await look(page, 'held-work')));
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'On its way' }).waitFor();
    await page.goto(`${hub.url}${path}`);
    await page.getByRole('button', { name: 'Undo' }).waitFor();
    faults.push(...(await look(page, 'held-en')));
    await page.getByRole('button', { name: '한국어' }).click();
    expect(faults).toEqual([]);

    await page.goto(`${hub.url}${path}`);
    await page.getByRole('button', { name: '되돌리기' }).click();
    await page.getByText('되돌렸습니다. 아무에게도 보내지 않았습니다.').waitFor();
    expect(await form.getByLabel('내용').inputValue()).toBe('고쳤습니다. 다시 발급해 보십시오.');
    expect(await page.locator('[data-held]').count()).toBe(0);
    expect((await hub.eventsOf(path)).map(({ type }) => type)).toEqual(['registered', 'assigned']);
    await context.close();
  }, 60_000);
});
