import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAxeFaults } from '../../../support/find-axe-faults.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { hasBrowser, launchBrowser, look, signInAt } from '../browsers.ts';
import { createVisitor } from '../console-server.ts';
import { sampleDirectory } from '../sample-agencies.ts';
import { insertUsers } from '../sample-board.ts';

describe.runIf(hasBrowser('the work of an officer'))('an officer at a browser', () => {
  let hub: TestHub;
  let browser: Browser;

  beforeAll(async () => {
    const agencies = sampleDirectory.listAgencies().map(({ board: _, ...agency }) => agency);
    hub = await startTestHub(agencies, { rules: [], default: 'tax' });
    await insertUsers(hub.store);
    browser = await launchBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });

  const open = (login: string) => signInAt(browser, hub.url, login);
  const chooseStep = async (page: Page, name: string) => {
    const choice = page.getByLabel('어떤 절차입니까?');
    if (!(await choice.isVisible())) await page.locator('#form-step > summary').click();
    await choice.selectOption({ label: name });
    await page.getByRole('button', { name: '양식 열기' }).click();
    await page.locator('.step-form h3', { hasText: name }).waitFor();
  };
  const clock = (page: Page) => page.getByRole('region', { name: '처리기한', exact: true });

  test('takes a complaint, extends it, demands a supplement and answers when it has come', async () => {
    const counsellor = createVisitor(hub.url);
    await counsellor.signIn('counsellor');
    const registered = await counsellor.fill('/register', '/register', {
      ...{ name: '홍길동', phone: '010-1234-5678', notifyBy: 'sms', language: 'ko' },
      ...{ title: '세금계산서 오류', body: '발급이 되지 않습니다', kind: 'query', confirmed: '1' },
    });
    const [path = ''] = registered.headers.get('location')!.split('?');

    const page = await open('tax');
    await page.getByRole('heading', { level: 1, name: '내 일' }).waitFor();
    await look(page, 'work');
    await page.getByRole('link', { name: '세금계산서 오류' }).click();
    await page.getByRole('button', { name: '나에게 지정' }).click();
    await page.getByText('담당자 지정: 등록했습니다.').waitFor();
    expect(await page.getByRole('button', { name: '나에게 지정' }).count()).toBe(0);

    await chooseStep(page, '처리기간 연장');
    await page.getByLabel('연장할 일수').fill('30');
    await page.locator('.step-form').getByLabel('사유').fill('현장 확인이 필요합니다.');
    await look(page, 'step');
    expect(await findAxeFaults(page)).toEqual([]);
    await page.locator('.step-form').getByRole('button', { name: '처리기간 연장' }).click();
    // Seven days is the period of a query, so no extension is longer.
    const problem = page.locator('#step-extended-amount-problem');
    expect(await problem.textContent()).toMatch(/7일까지 연장할 수 있습니다.*시행령 제21조/);
    expect(await page.getByLabel('연장할 일수').inputValue()).toBe('30');
    await look(page, 'refused');
    await page.getByLabel('연장할 일수').fill('3');
    await page.locator('.step-form').getByRole('button', { name: '처리기간 연장' }).click();
    await look(page, 'confirm');
    await page.locator('button[name="confirmed"]').click();
    await page.getByText('처리기간 연장: 등록했습니다.').waitFor();
    expect(await clock(page).textContent()).toMatch(/연장 \+3일[\s\S]*처리기간 10일/);

    await chooseStep(page, '보완 요구');
    await page.getByLabel('보완할 내용').fill('사업자등록증을 보내 주십시오.');
    await page.locator('.step-form').getByRole('button', { name: '보완 요구' }).click();
    await page.locator('button[name="confirmed"]').click();
    await page.getByText('보완 요구: 등록했습니다.').waitFor();
    expect(await clock(page).textContent()).toMatch(/정지[\s\S]*보완 요구[\s\S]*재개되면 정해집니다/);
    await look(page, 'stopped');
    expect(await findAxeFaults(page)).toEqual([]);
    await page.goto(hub.url);
    await page.getByRole('heading', { level: 2, name: '대기 (처리기간 정지)' }).waitFor();
    await look(page, 'work-waiting');
    expect(await findAxeFaults(page)).toEqual([]);

    await counsellor.fill(`${path}?step=supplemented`, `${path}/step-supplemented`, { text: '보냈습니다.' });
    // Ten working days and those of the supplement: not before the week after next.
    await page.goto(hub.url);
    await page.getByRole('heading', { level: 2, name: '그 뒤 또는 기한 없음' }).waitFor();
    await page.goto(hub.url + path);
    expect(await clock(page).textContent()).toContain('진행 중');
    await page.getByText('답변 등록', { exact: true }).first().click();
    await page.locator('#answer-text').fill('다시 발급했습니다.');
    await page.getByRole('button', { name: '답변 등록' }).click();
    await page.locator('button[name="confirmed"]').click();
    await page.getByText('답변을 등록했습니다.').waitFor();
    expect(await clock(page).textContent()).toMatch(/기한 안[\s\S]*답변일시[\s\S]*걸린 기간/);
    await page.getByText('기한 계산 내역', { exact: true }).first().click();
    const lines = await page.getByRole('table').locator('tbody tr').allTextContents();
    expect(lines.map((line) => line.replace(/\s+/g, ' ').trim())).toMatchObject([
      expect.stringMatching(/^접수 .* 산입 .* 법 제19조$/),
      expect.stringMatching(/^처리기간 연장 · \+3일 .* 연장 .* 시행령 제21조$/),
      expect.stringMatching(/^정지 · 보완 요구 .* 정지 재개되면 정해집니다 .*제24조$/),
      expect.stringMatching(/^재개 · 보완 요구 .* 산입 /),
      expect.stringMatching(/^처리 마침 .* 끝 /),
    ]);
    await look(page, 'answered');
    await page.goto(hub.url);
    await page.getByText('지금 급한 일이 없습니다').waitFor();
    await look(page, 'empty');
    if (process.env.SHOTS) {
      await page.getByRole('button', { name: 'English' }).click();
      await look(page, 'empty-en');
      await page.goto(hub.url + path);
      await look(page, 'answered-en');
    }
  }, 300_000);
});
