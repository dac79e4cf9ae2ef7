import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { openJournal } from '../demo/journal.ts';
import { seed } from '../demo/live.ts';
import { type Demo, password, startDemo, stopLeftServer } from '../demo/start.ts';
import { waitFor } from '../support/wait-for.ts';

export const browserPath = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const browserArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-quic',
];
/** What a page shows first: a picture of more would be larger than a README should load. */
const size = { width: 1280, height: 1140 };

/** The story of the demo whose page is shown: filed at one agency, answered by another. */
const shownStory = 'D-009';

/** Pages of the console, each with how many rows it lists before its picture is taken. */
const pictures: { name: string; path: string; rows: number; open?(page: Page): Promise<void> }[] = [
  { name: 'board', path: '/', rows: 10 },
  {
    name: 'complaint',
    path: `/?text=${shownStory}`,
    rows: 1,
    open: async (page) => {
      await page.getByRole('link', { name: shownStory }).first().click();
      await page.getByRole('heading', { level: 1, name: shownStory }).waitFor();
    },
  },
  { name: 'agencies', path: '/agencies', rows: 4 },
  { name: 'parked', path: '/parked', rows: 2 },
];

/** Plays the demo's first complaints and leaves a picture of each page in the folder. */
export async function takeScreenshots(folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const data = await mkdtemp(join(tmpdir(), 'minwon-screenshots-'));
  const journal = openJournal(data);
  try {
    const demo = await startDemo({ folder: data, usual: false, servers: false });
    try {
      await seed(demo, journal, AbortSignal.timeout(120_000));
      return await picture(demo, folder);
    } finally {
      await demo.stop();
    }
  } finally {
    journal.end();
    await stopLeftServer(data);
    await rm(data, { recursive: true, force: true });
  }
}

async function picture({ url }: Demo, folder: string): Promise<string[]> {
  const browser = await chromium.launch({ executablePath: browserPath, args: browserArgs });
  try {
    const page = await browser.newPage({ viewport: size });
    await page.goto(url);
    await page.getByLabel('아이디').fill('admin');
    await page.getByLabel('비밀번호').fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '통합 게시판' }).waitFor();
    const files: string[] = [];
    for (const { name, path, rows, open } of pictures) {
      await waitFor(`${rows} rows on ${path}`, async () => {
        await page.goto(new URL(path, url).href);
        return (await page.locator('main tbody tr').count()) >= rows;
      });
      await open?.(page);
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      const file = join(folder, `${name}.png`);
      await writeFile(file, await page.screenshot());
      files.push(file);
    }
    return files;
  } finally {
    await browser.close();
  }
}
