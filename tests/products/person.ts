import type { Browser, BrowserContext, Page } from 'playwright-core';

/** A person at a browser of his or her own, with the cookies of nobody else. */
export interface Person {
  page: Page;
  /** Opens a page and returns what it shows. */
  look(path: string): Promise<string>;
  /** Sends a form with this person's cookies, as from the page `from`. Returns what came back. */
  send(path: string, form: Record<string, string>, from?: string): Promise<string>;
  leave(): Promise<void>;
}

const stepWithin = 30_000;

export async function openPerson(browser: Browser, site: string): Promise<Person> {
  const context: BrowserContext = await browser.newContext({ locale: 'ko-KR', baseURL: site });
  context.setDefaultTimeout(stepWithin);
  const page = await context.newPage();
  // Pages that say something by a message box would wait for a click.
  page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
  return {
    page,
    async look(path) {
      await page.goto(path, { waitUntil: 'domcontentloaded' });
      return page.locator('body').innerText();
    },
    async send(path, form, from = '/') {
      const headers = { referer: new URL(from, site).href };
      const response = await context.request.post(path, { form, headers });
      const text = await response.text();
      if (!response.ok()) throw new Error(`${path} answered ${response.status()}: ${text.slice(0, 200)}`);
      return text;
    },
    leave: () => context.close(),
  };
}
