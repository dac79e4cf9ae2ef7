import { type Browser, chromium, type Page } from 'playwright-core';
import { expect } from 'vitest';
import { waitFor } from '../../../support/wait-for.ts';
import { samplePassword } from '../sample-board.ts';
import type { AcceptanceBoard } from './acceptance-boards.ts';

/** The machine may be busy with other tests. */
const patience = 60_000;

/** A browser of its own for a person who has signed in. */
export async function signIn(browser: Browser, url: string, login: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, baseURL: url });
  context.setDefaultTimeout(patience);
  context.setDefaultNavigationTimeout(patience);
  const page = await context.newPage();
  await page.goto('/');
  await page.getByLabel('아이디').fill(login);
  await page.getByLabel('비밀번호').fill(samplePassword);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: '통합 게시판' }).waitFor();
  return page;
}

export const launch = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-quic'],
  });

/** What an administrator does for a new agency, page by page, as a person with a mouse and a keyboard. */
export function createAdministrator(page: Page, agency: { code: string; name: string; adapter: string }) {
  const { code } = agency;
  const source = () => page.locator('#source').inputValue();

  /** Looks the field up by the page's own search, which opens what it is folded in, and fills it. */
  async function fillField(pointer: string, value: string): Promise<void> {
    await page.locator('#search-fields').fill(pointer);
    const field = page.locator(`[name="${pointer}"]`);
    if ((await field.evaluate((one) => one.tagName)) === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
    await waitFor(
      `${pointer} in the text`,
      async () =>
        (await source()).includes(value) && (await page.locator('#search-fields').inputValue()) === '',
      patience,
    );
  }

  return {
    async begin(): Promise<void> {
      await page.goto('/configuration');
      await page.getByRole('link', { name: '새 기관' }).click();
      await page.getByLabel('기관 코드').fill(code);
      await page.getByLabel('기관 이름 ').first().fill(agency.name);
      await page.getByLabel('담당자 이름').fill('김담당');
      await page.getByLabel('연결 방식').selectOption(agency.adapter);
      await page.getByRole('button', { name: '초안 시작' }).click();
      await page.locator('#source').waitFor();
    },

    /** The mapping is pasted as YAML; where the board is and where its secret lies is typed in the form. */
    async describeBoard(board: AcceptanceBoard): Promise<void> {
      const begun = await source();
      await page.locator('#source').fill(begun.slice(0, begun.indexOf('board:')) + board.text);
      const last = Object.keys(board.fields).at(-1);
      await waitFor(
        'the form to follow',
        async () =>
          (await page
            .locator(`[name="${last}"]`)
            .inputValue({ timeout: 1000 })
            .catch(() => '')) !== '',
        patience,
      );
      for (const [pointer, value] of Object.entries(board.fields)) await fillField(pointer, value);
      await fillField('/board/pollEvery', '0.25');
      await fillField('/stage', 'rehearsal');
      await page.locator('.config-problems').getByText('문제가 없습니다.').waitFor();
    },

    async tryConnection(): Promise<void> {
      await page.getByRole('button', { name: '비밀값이 있는지 확인' }).click();
      await page.getByRole('heading', { name: '비밀값 확인' }).waitFor();
      const secrets = page.locator('[aria-labelledby="secrets"] li');
      expect(await secrets.allInnerTexts()).toEqual([expect.stringContaining('있습니다.')]);
      await page.getByRole('button', { name: '연결 시험' }).click();
      await page.getByRole('heading', { name: '연결 시험 결과' }).waitFor();
      const lines = page.locator('[aria-labelledby="tried"] .check-lines .krds-badge');
      const results = await lines.allInnerTexts();
      expect(results.length).toBeGreaterThan(1);
      expect(new Set(results), await page.locator('[aria-labelledby="tried"]').innerText()).toEqual(
        new Set(['정상']),
      );
    },

    async review(): Promise<void> {
      await page.getByRole('button', { name: '검토와 적용' }).click();
      await page.getByLabel('변경 사유').waitFor();
    },

    async apply(): Promise<void> {
      await page.getByLabel('변경 사유').fill('새 기관을 예행연습으로 연결');
      await page.getByRole('button', { name: '적용', exact: true }).click();
      await page.getByText('설정을 적용했습니다.').waitFor();
    },

    /** The state of a step of the checklist, as its row shows it. */
    async stateOf(step: string): Promise<string> {
      const row = page.getByRole('row').filter({ hasText: step }).first();
      return row.locator('.krds-badge').first().innerText();
    },

    /** Waits until the checklist says so, looking at it again as a person would. */
    async waitForStep(step: string): Promise<void> {
      await waitFor(
        `the step ${step}`,
        async () => {
          await page.goto(`/agencies/${code}/stage`);
          return (await this.stateOf(step)) === '통과';
        },
        patience,
      );
    },

    async rehearse(): Promise<void> {
      await this.waitForStep('글 50건 변환');
      await page.getByRole('button', { name: '지금 점검' }).click();
      await page.getByText('점검했습니다.').waitFor();
      for (const step of ['접속', '권한', '게시판 모양']) expect(await this.stateOf(step), step).toBe('통과');
    },

    /** A test complaint goes to the board, and its answer comes back. */
    async sendTrial(board: AcceptanceBoard): Promise<void> {
      await page.getByRole('button', { name: '시험 단계로' }).click();
      await page.getByText('단계를 바꿨습니다.').waitFor();
      await page.goto(`/agencies/${code}/trial`);
      await page.getByLabel('알림을 받을 전자우편').fill('admin@hub.example');
      await page.getByRole('button', { name: '시험 민원 만들기' }).click();
      await page.getByText('시험 민원을 만들었습니다.').waitFor();
      const post = await waitFor('the test on the board', () => board.find('연계 시험'), patience);
      await board.answer(post, '담당자의 시험 답변');
      await page.locator('#tests ~ * tbody th a').first().click();
      await page.getByText('담당자의 시험 답변').first().waitFor();
      await this.waitForStep('왕복 (허브');
      await this.waitForStep('알림');
    },

    async goLive(): Promise<void> {
      await page.getByText('필수 항목을 모두 통과했습니다.').waitFor();
      await page.getByLabel('메모').fill('시험 완료');
      await page.getByRole('button', { name: '운영 단계로' }).click();
      await page.getByText('단계를 바꿨습니다.').waitFor();
    },

    /** Complaints of this category go to the agency from now on. */
    async routeTo(category: string): Promise<void> {
      await page.goto('/rules/routing');
      await page.getByRole('link', { name: '규칙 추가' }).click();
      await page.getByLabel('분야').fill(category);
      await page.getByLabel('처리기관').selectOption(code);
      await page.getByRole('button', { name: '초안에 반영' }).click();
      await page.getByRole('link', { name: '검토하고 적용' }).click();
      await page.getByLabel('왜 바꾸는지').fill('새 기관');
      await page.getByRole('button', { name: '적용' }).click();
      await page.getByText('적용했습니다. 지금부터 시행됩니다.').waitFor();
    },
  };
}

/** A counsellor takes a call. Returns the page of the complaint, as its path. */
export async function registerCall(page: Page, title: string, category: string): Promise<string> {
  await page.goto('/register');
  await page.getByLabel('이름').fill('홍길동');
  await page.getByLabel('전화번호').fill('010-1234-5678');
  await page.getByLabel('제목').fill(title);
  await page.getByLabel('내용').fill('자세한 사정을 알고 싶습니다.');
  await page.getByLabel('민원 종류').selectOption('query');
  await page.getByLabel('분야').fill(category);
  await page.getByRole('button', { name: '접수', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: title }).waitFor();
  return new URL(page.url()).pathname;
}
