import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findUserByLogin } from '../../../hub/access/people/users.ts';
import { askRelease } from '../../../hub/complaints/reviews/reviews.ts';
import type { Accepted } from '../../../hub/exchange/intake/incoming.ts';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { tellSessionsEnded } from '../../../hub/store/signals/change-signal.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { waitFor } from '../../support/wait-for.ts';
import {
  type ConsoleServer,
  createRecordedAccept,
  createRecordedActions,
  startConsole,
} from './console-server.ts';
import { insertComplaint, insertEvent, insertNotice, insertUsers, samplePassword } from './sample-board.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const present = existsSync(executablePath);
if (!present) {
  console.warn(`no browser at ${executablePath}: what only a browser shows is not tested; set CHROMIUM`);
  if (process.env.REQUIRE_SERVICES === '1') throw new Error('REQUIRE_SERVICES=1, and there is no browser');
}

describe.runIf(present)('in a browser', () => {
  let store: Store;
  let server: ConsoleServer;
  let browser: Browser;
  let page: Page;
  let sample: Awaited<ReturnType<typeof insertComplaint>>;
  const complaints: string[] = [];
  const none: Accepted = { outcome: 'duplicate', complaintId: 'x', receiptNumber: 'x', lastSeq: 1 };

  beforeAll(async () => {
    store = openStore(await createFreshDatabase());
    await insertUsers(store);
    sample = await insertComplaint(store, { due: 5 });
    await insertNotice(store, sample.id, 'failed');
    server = await startConsole(store, {
      accept: createRecordedAccept(() => none).accept,
      parked: createRecordedActions(() => none),
    });
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-quic'];
    browser = await chromium.launch({ executablePath, args });
    page = await browser.newPage({ viewport: { width: 390, height: 800 } });
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('requestfailed', (request) => {
      // Leaving a page ends what it was waiting for.
      const why = request.failure()?.errorText;
      if (why !== 'net::ERR_ABORTED') complaints.push(`${request.url()}: ${why}`);
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url)) complaints.push(`${request.url()} is elsewhere`);
    });
    await page.goto(server.url);
    await page.getByLabel('아이디').fill('admin');
    await page.getByLabel('비밀번호').fill(samplePassword);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '통합 게시판' }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.app.close();
    await store?.close();
  });

  test('an open page shows what happened, without being loaded again or taking away what is typed', async () => {
    await page.goto(`${server.url}/complaints/${sample.receiptNumber}`);
    await page.getByText('답변 등록', { exact: true }).first().click();
    await page.locator('#answer-text').fill('쓰고 있는 답변');
    const answer = { text: '다른 사람의 답변입니다' };
    await insertEvent(store, sample.id, 3, 'answered', { answer });
    await waitFor('the answer is shown', async () => {
      await store.pool.query('notify hub_changes');
      return (await page.getByText(answer.text).count()) > 0;
    });
    expect(await page.locator('#answer-text').inputValue()).toBe('쓰고 있는 답변');
    await page.locator('#form-answer').getByText('임시 저장했습니다.').waitFor();
    await page.reload();
    await page.locator('#form-answer summary').click();
    expect(await page.locator('#answer-text').inputValue()).toBe('쓰고 있는 답변');
    // Without its words there is no draft, whichever way the page is left.
    await page.locator('#answer-text').fill('');
    await page.goto('about:blank');
    await waitFor('no draft is left', async () => {
      const { rows } = await store.pool.query('select 1 from drafts');
      return rows.length === 0;
    });
  });

  test('seven tabs share one stream: pages still load, every tab hears of a change, and the last one ends it', async () => {
    const context = await browser.newContext();
    const tabs: Page[] = [];
    const path = `${server.url}/complaints/${sample.receiptNumber}`;
    const first = await context.newPage();
    await first.goto(server.url);
    await first.getByLabel('아이디').fill('road');
    await first.getByLabel('비밀번호').fill(samplePassword);
    await first.keyboard.press('Enter');
    await first.locator('[data-stale=open]').waitFor({ state: 'attached' });
    await page.goto('about:blank');
    await waitFor('the stream of this context alone', () => server.streams() === 1);
    for (let n = 0; n < 7; n += 1) {
      const tab = await context.newPage();
      await tab.goto(path);
      await tab.locator('[data-stale=open]').waitFor({ state: 'attached' });
      tabs.push(tab);
    }
    expect(server.streams()).toBe(1);
    const followUp = { text: '모든 탭이 모두 보는 말' };
    await insertEvent(store, sample.id, 4, 'followed_up', { followUp });
    await waitFor('every tab shows it', async () => {
      await store.pool.query('notify hub_changes');
      const shown = await Promise.all(tabs.map((tab) => tab.getByText(followUp.text).count()));
      return shown.every((count) => count > 0);
    });
    expect(server.streams()).toBe(1);
    for (const tab of [first, ...tabs]) await tab.goto('about:blank');
    await waitFor('no stream is left', () => server.streams() === 0);
    await context.close();
  }, 120_000);

  test('a page without shared workers has a stream of its own', async () => {
    const context = await browser.newContext({ storageState: await page.context().storageState() });
    await context.addInitScript('delete globalThis.SharedWorker');
    const alone = await context.newPage();
    const heard = alone.waitForResponse((response) => response.url().endsWith('/events'));
    await alone.goto(server.url);
    expect((await heard).status()).toBe(200);
    await alone.locator('[data-stale=open]').waitFor({ state: 'attached' });
    await context.close();
  });

  test('a page that lost its stream says so, and takes it back when it has one again', async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 800 } });
    const open = await context.newPage();
    await open.goto(server.url);
    await open.getByLabel('아이디').fill('tax');
    await open.getByLabel('비밀번호').fill(samplePassword);
    await open.keyboard.press('Enter');
    await open.locator('[data-stale=open]').waitFor({ state: 'attached' });
    const notice = open.getByText('지금 저절로 새로 고쳐지지 않습니다');
    expect(await notice.isVisible()).toBe(false);
    const { rows } = await store.pool.query(
      `delete from sessions where user_id = (select id from users where login = 'tax') returning *`,
    );
    await tellSessionsEnded(store);
    await notice.waitFor({ state: 'visible', timeout: 120_000 });
    for (const { token_hash, user_id, expires_at, ends_at } of rows)
      await store.db.insertInto('sessions').values({ token_hash, user_id, expires_at, ends_at }).execute();
    await notice.waitFor({ state: 'hidden', timeout: 120_000 });
    await context.close();
  }, 300_000);

  const repairs = ['/repairs', '/repairs/replays?preview=1', '/repairs/remap'];
  const pages = ['/', '/register', '/parked', '/agencies', '/agencies/road', '/outbox', '/users', ...repairs];
  test('every page fits a phone, has one main heading, labels for its fields and loads nothing from elsewhere', async () => {
    for (const path of [...pages, `/complaints/${sample.receiptNumber}`]) {
      await page.goto(server.url + path);
      const found = await page.evaluate(() => ({
        tooWide: document.documentElement.scrollWidth > window.innerWidth,
        headings: document.querySelectorAll('h1').length,
        unlabelled: [...document.querySelectorAll('input:not([type=hidden]), select, textarea')].filter(
          (field) => !(field as HTMLInputElement).labels?.length,
        ).length,
        tables: [...document.querySelectorAll('table')].filter((table) => !table.caption).length,
        ids: [...document.querySelectorAll('[id]')]
          .map(({ id }) => id)
          .filter((id, at, all) => all.indexOf(id) !== at),
        font: document.fonts.check('16px "Pretendard GOV"', '민원'),
      }));
      const good = { tooWide: false, headings: 1, unlabelled: 0, tables: 0, ids: [], font: true };
      expect(found, path).toEqual(good);
    }
    expect(complaints).toEqual([]);
  });

  test('the whole menu is seen, but on a phone, where it says that it goes on and begins at the present page', async () => {
    const readMenu = () =>
      page.locator('.site-nav ul').evaluate((list) => {
        const seen = list.getBoundingClientRect();
        const isSeen = (one: Element) => {
          const { left, right, bottom } = one.getBoundingClientRect();
          return left >= seen.left && right <= seen.right + 1 && bottom <= seen.bottom + 1;
        };
        const hidden = [...list.querySelectorAll('a')].filter((one) => !isSeen(one));
        const { overflowX, backgroundImage } = getComputedStyle(list);
        const shadows = (backgroundImage.match(/linear-gradient/g) ?? []).length;
        const here = list.querySelector('[aria-current]');
        return { hidden: hidden.length, overflowX, shadows, isHereSeen: here !== null && isSeen(here) };
      });
    for (const width of [1280, 1024, 768]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`${server.url}/users`);
      expect(await readMenu(), `at ${width}`).toMatchObject({ hidden: 0, isHereSeen: true });
    }
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto(`${server.url}/users`);
    await waitFor('the present page is pushed into view', async () => (await readMenu()).isHereSeen);
    const phone = await readMenu();
    expect(phone).toMatchObject({ overflowX: 'auto', shadows: 4 });
    expect(phone.hidden).toBeGreaterThan(0);
    // Forced colours take the shadows away, so that nothing may be hidden.
    await page.emulateMedia({ forcedColors: 'active' });
    expect(await readMenu()).toMatchObject({ hidden: 0 });
    await page.emulateMedia({ forcedColors: null });
  });

  test('on paper a complaint has no form, no ground and nothing that is true for a day', async () => {
    const author = await findUserByLogin(store, 'road');
    await askRelease(store, {
      ...{ authorName: '박도로', reviewers: undefined },
      ...{ complaintId: sample.id, receiptNumber: sample.receiptNumber, agency: 'road', form: 'answer' },
      ...{
        fields: { text: '결재를 기다리는 답변' },
        files: [],
        author: 'road',
        authorId: author?.id ?? '',
        seq: 2,
      },
    });
    await page.goto(`${server.url}/complaints/${sample.receiptNumber}`);
    expect(await page.locator('.decide textarea').count(), 'something to fill in').toBe(1);
    expect(await page.locator('[data-passing]').count(), 'something that passes').toBeGreaterThan(0);
    await page.emulateMedia({ media: 'print' });
    const seen = await page
      .locator('main')
      .locator('input, textarea, select, button, summary, [data-passing]')
      .evaluateAll((all) => all.filter((one) => one.checkVisibility()).map((one) => one.outerHTML));
    expect(seen.filter((one) => !one.includes('<summary>'))).toEqual([]);
    const grounds = await page
      .locator('main .empty, main .card')
      .evaluateAll((all) => all.map((one) => getComputedStyle(one).backgroundColor));
    expect(new Set(grounds)).toEqual(new Set(['rgba(0, 0, 0, 0)', 'rgb(255, 255, 255)']));
    await page.emulateMedia({ media: 'screen' });
  });

  test('the first press of Tab offers to skip to the content', async () => {
    await page.goto(server.url);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('href'))).toBe('#main');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
  });
});
