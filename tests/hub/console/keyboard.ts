import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';

/** The most presses that a person should need from where they stand to what they want. */
const mostPresses = 30;
/** Milliseconds within which the focus is where it belongs, once the page is there. */
const seen = 10_000;

/** A person who has a keyboard and no mouse. */
export function createTypist(page: Page) {
  const holdsFocus = (wanted: Locator) => wanted.evaluate((one) => one === document.activeElement);

  /** A person has to see where they stand: by a ring or, at a field, a stronger border, and not out of sight. */
  const expectVisibleFocus = () =>
    waitFor(
      'the focus to be seen',
      () =>
        page.evaluate(() => {
          const stands = document.activeElement!;
          const { outlineStyle, outlineWidth, boxShadow, borderWidth } = getComputedStyle(stands);
          const { top, bottom } = stands.getBoundingClientRect();
          const isRinged = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
          const isMarked = isRinged || boxShadow !== 'none' || Number.parseFloat(borderWidth) >= 2;
          return isMarked && bottom > 0 && top < innerHeight;
        }),
      seen,
    );

  /** Single letters are heard once the page offers the list of them. A browser drops keys until it has painted a page. */
  async function press(...keys: string[]) {
    if (keys[0]?.length === 1) {
      await page.locator('[data-shortcuts-open]').waitFor();
      await page.waitForFunction(() => performance.getEntriesByType('paint').length > 0);
    }
    for (const key of keys) await page.keyboard.press(key);
  }

  /** Goes on, or back, until the wanted element has the focus. */
  async function goTo(wanted: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab') {
    await wanted.waitFor();
    for (let presses = 0; !(await holdsFocus(wanted)); presses += 1) {
      if (presses === mostPresses)
        expect.fail(`${wanted} is more than ${mostPresses} presses of ${key} away: ${await where()}`);
      await page.keyboard.press(key);
    }
    await expectVisibleFocus();
  }

  const where = () => page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200));

  /** Goes down in a list of choices to the one with these words. */
  async function choose(wanted: Locator, label: string) {
    await goTo(wanted);
    const chosen = () => wanted.locator('option:checked').textContent();
    await page.keyboard.press('Home');
    for (let presses = 0; !(await chosen())?.includes(label); presses += 1) {
      if (presses === mostPresses) expect.fail(`${label} is no choice of ${wanted}`);
      await page.keyboard.press('ArrowDown');
    }
  }

  async function type(wanted: Locator, text: string) {
    await goTo(wanted);
    await page.keyboard.type(text);
  }

  /** What the page says about what was done has the focus, so that it is read out and Tab goes on from there. */
  async function expectSaid(words: string) {
    const said = page.getByRole('status').filter({ hasText: words });
    await said.waitFor();
    expect(await holdsFocus(said), `${words}: ${await where()}`).toBe(true);
  }

  const expectStandsOn = async (wanted: Locator) => {
    await wanted.waitFor();
    await waitFor(`the focus on ${wanted}`, () => holdsFocus(wanted), seen).catch(async (cause: unknown) => {
      throw new Error(`the focus is on ${await where()} at ${page.url()}`, { cause });
    });
    await expectVisibleFocus();
  };

  return { press, goTo, choose, type, expectSaid, expectStandsOn };
}
