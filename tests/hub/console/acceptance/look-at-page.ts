import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { findAxeFaults } from '../../../support/find-axe-faults.ts';

/** What is wrong with the page that is open, at the width of a desk and of a phone. */
export async function lookAtPage(page: Page): Promise<void> {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    const [faults, isTooWide] = [
      await findAxeFaults(page),
      await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth),
    ];
    const place = `${page.url()} at ${width} pixels in ${await page.locator('html').getAttribute('lang')}`;
    expect({ faults, isTooWide }, place).toEqual({ faults: [], isTooWide: false });
  }
}

/** The same for each of the pages, in both languages. It leaves the person with Korean. */
export async function lookAtPages(page: Page, paths: string[]): Promise<void> {
  for (const language of ['en', 'ko']) {
    await page.goto('/');
    await page.locator(`button[name="language"][value="${language}"]`).click();
    await page.locator(`html[lang="${language}"]`).waitFor({ state: 'attached' });
    for (const path of paths) {
      await page.goto(path);
      await lookAtPage(page);
    }
  }
}
