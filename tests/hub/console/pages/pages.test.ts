import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAxeFaults } from '../../../support/find-axe-faults.ts';
import { findBeside, hasBrowser, launchBrowser, signInAt, widths } from '../browsers.ts';
import { type FilledConsole, startFilledConsole } from './filled-console.ts';
import { type FoundPage, listPages } from './list-pages.ts';

/**
 * Every page that a person reaches is looked at: nothing is beside it at any width, and axe finds no fault. There are
 * hundreds of these looks, so each page gets one language and axe at one width, in turns. PAGES=all looks at every page
 * in both languages with axe at each width: several minutes.
 */
const isWhole = process.env.PAGES === 'all';
const languages = ['ko', 'en'];

const templates = '/rules/templates/ko/registered.email.txt';
const people: Record<string, { begin: string[]; atLeast: number }> = {
  admin: {
    begin: [
      ...['/?deadline=overdue', '/parked?items=all', '/users/proposals', '/rules/clock/versions'],
      ...[
        '/provisions?agency=tax',
        '/process?from=2026-01&to=2026-12',
        '/rules/routing/review',
        '/rules/clock/review',
      ],
      ...[`${templates}/review`, `${templates}/versions`, '/agencies/road/configuration/compare'],
    ],
    atLeast: 55,
  },
  tax: { begin: ['/?all=1', '/complaints/26-0000-0001-5?step=extended'], atLeast: 13 },
  counsellor: { begin: [], atLeast: 14 },
  auditor: { begin: [], atLeast: 35 },
  engineer: { begin: ['/engineer'], atLeast: 9 },
};
/** Pages that one role sees as another does are looked at once: these differ by what a person may do there. */
const differing = ['/', '/complaints/:receiptNumber', '/account', '/agencies/:code', '/parked/items/:id'];

describe.runIf(hasBrowser('what every page looks like'))('every page of the console', () => {
  let server: FilledConsole;
  let browser: Browser;
  const seen = new Set<string>();
  let turn = 0;

  beforeAll(async () => {
    server = await startFilledConsole();
    browser = await launchBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.app.close();
    await server?.store.close();
  });

  /** What is wrong with a page, in words. */
  async function lookAt(page: Page, { path }: FoundPage): Promise<string[]> {
    turn += 1;
    const wrong: string[] = [];
    for (const [n, language] of languages.entries()) {
      if (!isWhole && turn % languages.length !== n) continue;
      await page.context().addCookies([{ name: 'language', value: language, url: server.url }]);
      await page.goto(server.url + path);
      for (const [m, width] of widths.entries()) {
        await page.setViewportSize({ width, height: 900 });
        const found = await findBeside(page);
        if (isWhole || turn % widths.length === m) found.push(...(await findAxeFaults(page)));
        wrong.push(...found.map((fault) => `${path} ${language} ${width}: ${fault}`));
      }
    }
    return wrong;
  }

  test.each(Object.entries(people))(
    'is sound for %s',
    async (who, { begin, atLeast }) => {
      const pages = await listPages(server, who, begin);
      expect(pages.length).toBeGreaterThanOrEqual(atLeast);
      const page = await signInAt(browser, server.url, who);
      const wrong: string[] = [];
      for (const found of pages) {
        if (
          !isWhole &&
          seen.has(found.route) &&
          !begin.includes(found.path) &&
          !differing.includes(found.route)
        )
          continue;
        seen.add(found.route);
        wrong.push(...(await lookAt(page, found)));
      }
      await page.context().close();
      expect(wrong).toEqual([]);
    },
    isWhole ? 3_600_000 : 600_000,
  );
});
