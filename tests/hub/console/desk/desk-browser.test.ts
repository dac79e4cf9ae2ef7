import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createUser } from '../../../../hub/access/people/users.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import { expectSound, hasBrowser, launchBrowser, signInAt } from '../browsers.ts';
import {
  type ConsoleServer,
  createRecordedAccept,
  createRecordedActions,
  startConsole,
} from '../console-server.ts';
import { insertComplaint, insertUsers, samplePassword } from '../sample-board.ts';

describe.runIf(hasBrowser('the desk of an officer'))('the desk at a browser', () => {
  let store: Store;
  let server: ConsoleServer;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    store = openStore(await createFreshDatabase());
    await insertUsers(store);
    await createUser(store, {
      ...{ login: 'deputy', name: '김대리', role: 'officer', agency: 'tax', password: samplePassword },
    });
    for (let n = 0; n < 3; n += 1)
      await insertComplaint(store, {
        title: `둘째 줄까지 이어지는 제법 긴 민원 제목 ${n}`,
        assignee: 'tax',
        due: 100 + n,
      });
    await store.pool.query(
      `insert into canned_answers (id, agency, title, body, author)
       values ('019a2000-0000-7000-8000-000000000001', 'tax', '인사', '{{officer}}입니다.', 'tax')`,
    );
    const never = () => ({ outcome: 'refused' as const, problems: [] });
    const { accept } = createRecordedAccept(never);
    server = await startConsole(store, { accept, parked: createRecordedActions(never) });
    browser = await launchBrowser();
    page = await signInAt(browser, server.url, 'tax');
    page.setDefaultTimeout(30_000);
    await page.getByRole('heading', { level: 1, name: '내 일' }).waitFor();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await server?.app.close();
    await store?.close();
  });

  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
  const titleOf = (n: number) => `둘째 줄까지 이어지는 제법 긴 민원 제목 ${n}`;

  test('ticks are counted, all at once too, and stay when the list refreshes itself', async () => {
    await page.locator('input[name="tick"]').nth(1).check();
    await page.getByText('1건 고름').waitFor();
    await insertComplaint(store, { title: '새로 온 민원', assignee: 'tax', due: 200 });
    await page.mouse.click(5, 5);
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await store.pool.query(`notify hub_changes, 'x'`);
    await page.getByRole('link', { name: '새로 온 민원' }).waitFor();
    expect(await page.locator('input[name="tick"]:checked').count()).toBe(1);
    await page.getByLabel('이 쪽 모두 고르기').check();
    await page.getByText('4건 고름').waitFor();
    await expectSound(page, 'work');
    await page.getByLabel('할 일').selectOption({ label: '처리기간 연장' });
    await page.getByRole('button', { name: '다음' }).click();
    await page.getByLabel('연장할 일수').fill('3');
    await page.getByLabel('사유').fill('현장 확인');
    await expectSound(page, 'bulk-form');
    await page.getByRole('button', { name: '확인하기' }).click();
    await page.getByRole('heading', { level: 1, name: '한꺼번에 처리하기 전에' }).waitFor();
    await expectSound(page, 'bulk-check');
  }, 60_000);

  test('single keys move, open, answer and search; they are off in fields, and can be switched off', async () => {
    await page.goto(`${server.url}/?all=1&deadline=open`);
    await page.keyboard.press('j');
    expect(await focused()).toBe(titleOf(0));
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('j');
    expect(await focused()).toBe(titleOf(1));
    await page.keyboard.press('x');
    expect(await page.locator('input[name="tick"]:checked').count()).toBe(1);
    await page.keyboard.press('/');
    await page.keyboard.type('jo?/');
    expect(await page.locator('#filter-text').inputValue()).toBe('jo?/');
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: '키보드 단축키' }).waitFor();
    await expectSound(page, 'shortcuts');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.keyboard.press('j');
    await page.keyboard.press('o');
    await page.getByRole('heading', { level: 1, name: titleOf(0) }).waitFor();
    await page.keyboard.press('j');
    await page.getByRole('heading', { level: 1, name: titleOf(1) }).waitFor();
    await page.keyboard.press('a');
    await page.locator('#answer-text:focus').waitFor();
    await page.getByText('상용 문구 넣기').first().click();
    await page.locator('#answer-text').fill('앞뒤');
    await page
      .locator('#answer-text')
      .evaluate((field: HTMLTextAreaElement) => field.setSelectionRange(1, 1));
    await page.getByRole('link', { name: '인사' }).first().click();
    expect(await page.locator('#answer-text').inputValue()).toBe('앞이세무입니다.뒤');
    await expectSound(page, 'complaint');
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.keyboard.press('?');
    await page.getByRole('button', { name: '단축키 끄기' }).click();
    await page.getByText('설정을 저장했습니다.').waitFor();
    await page.keyboard.press('?');
    await page.keyboard.press('j');
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByRole('heading', { level: 1, name: titleOf(1) }).waitFor();
    await page.getByRole('button', { name: '키보드 단축키' }).click();
    await page.getByRole('button', { name: '단축키 켜기' }).click();
    await page.getByText('설정을 저장했습니다.').waitFor();
  }, 60_000);

  test('a key pressed as the dialog closes is heard: the closed dialog still holds the focus', async () => {
    await page.goto(`${server.url}/?all=1&deadline=open`);
    const stands = await page.evaluate(() => {
      const dialog = document.querySelector<HTMLDialogElement>('[data-shortcuts] dialog')!;
      dialog.showModal();
      dialog.close();
      const press = { key: 'j', bubbles: true, cancelable: true };
      document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', press));
      return document.activeElement!.textContent;
    });
    expect(stands).toBe(titleOf(0));
  });

  test('who stands on a row stands on it when the list refreshes itself, moves or loses it', async () => {
    await page.goto(`${server.url}/?all=1&deadline=open`);
    await page.keyboard.press('j');
    await insertComplaint(store, { title: '가장 급한 민원', assignee: 'tax', due: 50 });
    await store.pool.query(`notify hub_changes, 'x'`);
    await page.getByRole('link', { name: '가장 급한 민원' }).waitFor();
    expect(await focused()).toBe(titleOf(0));
    await page.keyboard.press('j');
    expect(await focused()).toBe(titleOf(1));
    // Another person answers it.
    const gone = await page.evaluate(() => document.activeElement!.getAttribute('href')!.split('/').at(-1));
    await store.pool.query(`update complaints set status = 'answered' where receipt_number = $1`, [gone]);
    await store.pool.query(`notify hub_changes, 'x'`);
    await page.getByRole('link', { name: titleOf(1) }).waitFor({ state: 'detached' });
    await page.keyboard.press('o');
    await page.keyboard.press('j');
    expect(await focused()).toBe(titleOf(2));
    await page.keyboard.press('o');
    await page.getByRole('heading', { level: 1, name: titleOf(2) }).waitFor();
    // The list goes along as it was shown last.
    await page.keyboard.press('k');
    await page.getByRole('heading', { level: 1, name: titleOf(0) }).waitFor();
    await page.keyboard.press('k');
    await page.getByRole('heading', { level: 1, name: '가장 급한 민원' }).waitFor();
    await store.pool.query(`update complaints set status = 'assigned' where receipt_number = $1`, [gone]);
  }, 60_000);

  test('the pages of the desk are sound', async () => {
    await page.goto(`${server.url}/?all=1&status=assigned`);
    await page.getByText('이 조건 저장·관리').click();
    await expectSound(page, 'board');
    await page.goto(`${server.url}/desk/people`);
    await page.getByText('김대리 정하기').click();
    await expectSound(page, 'people');
    await page.goto(`${server.url}/desk/canned`);
    await expectSound(page, 'canned');
    if (!process.env.SHOTS) return;
    await page.getByRole('button', { name: 'English' }).click();
    for (const [name, at] of Object.entries({
      board: '/?all=1',
      people: '/desk/people',
      canned: '/desk/canned',
      work: '/',
    })) {
      await page.goto(server.url + at);
      await expectSound(page, `${name}-en`);
    }
  }, 60_000);
});
