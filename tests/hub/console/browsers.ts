import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { findAxeFaults } from '../../support/find-axe-faults.ts';
import { samplePassword } from './sample-board.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-quic'];
export const widths = [390, 768, 1280];

/** Whether there is a browser. Without one it says loudly what is not tested, and fails where services must be there. */
export function hasBrowser(untested: string): boolean {
  if (existsSync(executablePath)) return true;
  console.warn(`no browser at ${executablePath}: ${untested} is not tested; set CHROMIUM`);
  if (process.env.REQUIRE_SERVICES === '1') throw new Error('REQUIRE_SERVICES=1, and there is no browser');
  return false;
}

export const launchBrowser = (): Promise<Browser> => chromium.launch({ executablePath, args });

/** The first page of a person who has signed in, in a browser of their own. */
export async function signInAt(browser: Browser, url: string, login: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(url);
  await page.getByLabel('아이디').fill(login);
  await page.getByLabel('비밀번호').fill(samplePassword);
  await page.getByRole('button', { name: '로그인' }).click();
  await page.locator('.site-nav').waitFor();
  return page;
}

/** A picture of the page at each width, for people who ask for them: SHOTS=folder. */
export async function look(page: Page, name: string): Promise<void> {
  if (!process.env.SHOTS) return;
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    await page.screenshot({ path: `${process.env.SHOTS}/${name}-${width}.png`, fullPage: true });
  }
}

/** No fault, and nothing beside the page, at each width. */
export async function expectSound(page: Page, name: string): Promise<void> {
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    expect(await findAxeFaults(page), `${name} at ${width}`).toEqual([]);
    expect(await findBeside(page), `${name} at ${width}`).toEqual([]);
  }
  await look(page, name);
}

/** The elements that stand out of the page to the right, the outermost first. Empty: nothing is beside the page. */
export const findBeside = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    const out = [...document.querySelectorAll('body *')].filter(
      (one) => one.getBoundingClientRect().right > innerWidth + 1,
    );
    return ['the page is too wide', ...out.map((one) => one.outerHTML.slice(0, 120)).slice(0, 3)];
  });
