import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createUser } from '../../../../hub/access/people/users.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { hasBrowser, launchBrowser } from '../browsers.ts';
import { createVisitor } from '../console-server.ts';
import { createTypist } from '../keyboard.ts';
import { sampleDirectory } from '../sample-agencies.ts';
import { insertUsers, samplePassword } from '../sample-board.ts';

describe.runIf(hasBrowser("an officer's day by keyboard"))("an officer's day without a mouse", () => {
  let hub: TestHub;
  let browser: Browser;
  let page: Page;
  let person: ReturnType<typeof createTypist>;
  const numbers: string[] = [];

  beforeAll(async () => {
    const review = { kinds: ['suggestion' as const] };
    const agencies = sampleDirectory
      .listAgencies()
      .map(({ board: _, ...agency }) =>
        agency.code === 'tax' ? { ...agency, answers: { review } } : agency,
      );
    hub = await startTestHub(agencies, { rules: [], default: 'tax' });
    await insertUsers(hub.store);
    const deputy = { login: 'deputy', name: '김대리', role: 'officer', agency: 'tax' } as const;
    await createUser(hub.store, { ...deputy, password: samplePassword });
    await hub.store.pool.query(
      `insert into canned_answers (id, agency, title, body, author)
       values ('019a2000-0000-7000-8000-000000000001', 'tax', '인사', '{{officer}}입니다. ', 'tax')`,
    );
    const counsellor = createVisitor(hub.url);
    await counsellor.signIn('counsellor');
    for (const [n, kind] of ['query', 'query', 'query', 'query', 'suggestion'].entries()) {
      const registered = await counsellor.fill('/register', '/register', {
        ...{ name: `홍길동${n}`, phone: `010-1234-567${n}`, notifyBy: 'sms', language: 'ko' },
        ...{ title: `세금계산서 민원 ${n}`, body: '발급이 되지 않습니다', kind, confirmed: '1' },
      });
      numbers.push(registered.headers.get('location')!.split('?')[0]!.split('/').at(-1)!);
    }
    await hub.store.pool.query(
      `update complaints set due_at = now() + interval '1 hour' where receipt_number = $1`,
      [numbers[0]],
    );
    browser = await launchBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });

  const heading = (name: string | RegExp) => page.getByRole('heading', { level: 1, name });
  const titleOf = (n: number) => `세금계산서 민원 ${n}`;
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const form = () => page.locator('.step-form');

  async function signIn(login: string) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    page = await context.newPage();
    page.setDefaultTimeout(30_000);
    person = createTypist(page);
    await page.goto(hub.url);
    await person.type(page.getByLabel('아이디'), login);
    await person.type(page.getByLabel('비밀번호'), samplePassword);
    await person.press('Enter');
    await heading('내 일').waitFor();
  }

  /** The form of a step, from the page of the complaint: its first field has the focus. */
  async function openStep(name: string, first: string) {
    await person.press('s');
    await person.choose(page.getByLabel('어떤 절차입니까?'), name);
    await person.goTo(button('양식 열기'));
    await person.press('Enter');
    await person.expectStandsOn(form().getByLabel(first));
  }

  async function confirm(said: string) {
    await heading('보내기 전에 확인하십시오').waitFor();
    await person.goTo(page.locator('button[name="confirmed"]'));
    await person.press('Enter');
    await person.expectSaid(said);
  }

  test('signs in, and opens what is red today', async () => {
    await signIn('tax');
    await person.press('j');
    await person.expectStandsOn(page.getByRole('link', { name: titleOf(0) }));
    await person.press('o');
    await heading(titleOf(0)).waitFor();
  });

  test('takes it, writes an internal note, extends it and demands a supplement', async () => {
    await person.press('s');
    await person.choose(page.getByLabel('어떤 절차입니까?'), '담당자 지정');
    await person.goTo(button('양식 열기'));
    await person.press('Enter');
    await person.choose(form().getByLabel('담당자', { exact: false }).first(), '이세무');
    await person.goTo(form().getByRole('button', { name: '담당자 지정' }));
    await person.press('Enter');
    await person.expectSaid('담당자 지정: 등록했습니다.');

    await person.press('n');
    await page.keyboard.type('@deputy 현장 사진이 있습니까?');
    await person.goTo(button('메모 저장'));
    await person.press('Enter');
    await page.getByText('현장 사진이 있습니까?').waitFor();

    await openStep('처리기간 연장', '연장할 일수');
    await page.keyboard.type('30');
    await person.type(form().getByLabel('사유'), '현장 확인');
    await person.press('Tab');
    await person.goTo(form().getByRole('button', { name: '처리기간 연장' }));
    await person.press('Enter');
    // Longer than the law allows: the summary has the focus, and leads to the field.
    const summary = page.getByRole('alert');
    await person.expectStandsOn(summary);
    expect(await page.title()).toMatch(/^오류/);
    await person.press('Tab', 'Enter');
    await person.expectStandsOn(form().getByLabel('연장할 일수'));
    await person.press('Control+a');
    await page.keyboard.type('3');
    await person.press('Enter');
    await confirm('처리기간 연장: 등록했습니다.');

    await openStep('보완 요구', '보완할 내용');
    await page.keyboard.type('사업자등록증을 보내 주십시오.');
    await person.goTo(form().getByRole('button', { name: '보완 요구' }));
    await person.press('Enter');
    await confirm('보완 요구: 등록했습니다.');
  }, 60_000);

  test('hands the next one over to a colleague', async () => {
    await person.press('u');
    await heading('내 일').waitFor();
    await person.press('j');
    await person.expectStandsOn(page.getByRole('link', { name: titleOf(1) }));
    await person.press('Enter');
    await heading(titleOf(1)).waitFor();
    await person.press('s');
    await person.choose(page.getByLabel('어떤 절차입니까?'), '담당자 지정');
    await person.goTo(button('양식 열기'));
    await person.press('Enter');
    await person.choose(form().getByLabel('담당자', { exact: false }).first(), '김대리');
    await person.goTo(form().getByRole('button', { name: '담당자 지정' }));
    await person.press('Enter');
    await person.expectSaid('담당자 지정: 등록했습니다.');
  }, 60_000);

  test('answers one with a canned text, and writes another that a colleague releases', async () => {
    await person.press('j');
    await heading(titleOf(2)).waitFor();
    await person.press('a');
    const text = page.locator('#answer-text');
    await person.expectStandsOn(text);
    await person.goTo(page.locator('#form-answer').getByText('상용 문구 넣기'));
    await person.press('Enter');
    await person.goTo(page.getByRole('link', { name: '인사' }).first());
    await person.press('Enter');
    await person.expectStandsOn(text);
    await page.keyboard.type('다시 발급했습니다.');
    expect(await text.inputValue()).toBe('이세무입니다. 다시 발급했습니다.');
    await person.goTo(button('답변 등록'));
    await person.press('Enter');
    await confirm('답변을 등록했습니다.');

    await person.press('j');
    await heading(titleOf(3)).waitFor();
    await person.press('j');
    await heading(titleOf(4)).waitFor();
    await person.press('a');
    // A suggestion is answered in parts.
    await page.keyboard.type('발급을 쉽게 해 달라는 제안');
    await person.choose(page.locator('#answer-result'), '수용');
    await person.type(page.locator('#answer-decided'), '제안을 반영하겠습니다.');
    await person.type(page.locator('#answer-why'), '여러 분이 바라셨습니다.');
    await person.type(page.locator('#answer-contact'), '051-123-4567');
    await person.goTo(button('답변 등록'));
    await person.press('Enter');
    await heading('보내기 전에 확인하십시오').waitFor();
    await person.goTo(page.locator('button[name="confirmed"]'));
    await person.press('Enter');
    await person.expectSaid('결재를 올렸습니다');

    const [own, typist] = [page, person];
    await signIn('deputy');
    await person.goTo(page.getByRole('link', { name: new RegExp(titleOf(4)) }).first());
    await person.press('Enter');
    await heading(titleOf(4)).waitFor();
    await person.goTo(button('결재하고 보내기'));
    await person.press('Enter');
    await person.expectSaid('결재하고 보냈습니다.');
    await page.context().close();
    [page, person] = [own, typist];
  }, 60_000);

  test('acts on three at once, finds one by its number and signs out', async () => {
    await person.press('/');
    await person.expectStandsOn(page.locator('#filter-text'));
    await page.keyboard.type('세금계산서');
    await person.press('Enter');
    await page.getByRole('link', { name: titleOf(4) }).waitFor();
    await person.press('j', 'x', 'j', 'x', 'j', 'x', 'b');
    await page.getByText('3건 고름').waitFor();
    await person.choose(page.locator('#bulk-act'), '담당자 지정');
    await person.press('Tab', 'Enter');
    await person.choose(page.locator('#bulk-person'), '김대리');
    await person.goTo(button('확인하기'));
    await person.press('Enter');
    await heading('한꺼번에 처리하기 전에 확인하십시오').waitFor();
    await person.goTo(page.getByRole('button', { name: /건 처리$/ }));
    await person.press('Enter');
    await heading('한꺼번에 처리한 결과').waitFor();
    await person.expectStandsOn(page.locator('.notice.done'));
    await person.goTo(page.locator('main > p a', { hasText: '목록으로' }));
    await person.press('Enter');
    await page.getByRole('link', { name: titleOf(4) }).waitFor();
    await person.press('/');
    await person.expectStandsOn(page.locator('#filter-text'));
    await page.keyboard.type(numbers[0]!);
    await person.press('Enter');
    await page.getByText('총 1건', { exact: true }).waitFor();
    await person.press('j', 'o');
    await heading(titleOf(0)).waitFor();
    await person.goTo(button('로그아웃'));
    await person.press('Enter');
    await page.getByLabel('비밀번호').waitFor();
  }, 60_000);
});
