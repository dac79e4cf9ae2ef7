import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RestBoard, startRestBoard } from '../../../boards/rest-board/index.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { count, inStage, waitForRows } from '../../exchange/rehearsal/stage-hub.ts';
import { insertUsers, samplePassword } from '../sample-board.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const present = existsSync(executablePath);
if (!present) {
  console.warn(`no browser at ${executablePath}: what only a browser shows is not tested; set CHROMIUM`);
  if (process.env.REQUIRE_SERVICES === '1') throw new Error('REQUIRE_SERVICES=1, and there is no browser');
}

describe.runIf(present)('an administrator at a browser takes an agency from rehearsal to live', () => {
  let board: RestBoard;
  let hub: TestHub;
  let browser: Browser;
  let page: Page;
  const broken: string[] = [];

  beforeAll(async () => {
    process.env.SBIZ_API_KEY = 'rest-key';
    board = await startRestBoard({ agencyName: '소상공인지원원', apiKey: 'rest-key' });
    board.file({ subject: '예행연습의 글 01098764321' });
    board.file({ subject: '모르는 분류', ctgry: 'NOPE' });
    hub = await startTestHub([inStage(readBoardAgency('rest-board', 'sbiz', board.url), 'rehearsal')], {
      rules: [],
      default: 'sbiz',
    });
    await insertUsers(hub.store);
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-quic'];
    browser = await chromium.launch({ executablePath, args });
    page = await browser.newPage({ viewport: { width: 390, height: 800 } });
    page.on('console', (message) => message.type() === 'error' && broken.push(message.text()));
    await page.goto(hub.url);
    await page.getByLabel('아이디').fill('admin');
    await page.getByLabel('비밀번호').fill(samplePassword);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '통합 게시판' }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
    await board?.close();
  });

  const open = (part: string) => page.goto(`${hub.url}/agencies/sbiz${part}`);
  /** The state of a step as its row shows it. */
  const stateOf = (step: string) =>
    page.getByRole('row').filter({ hasText: step }).first().locator('.krds-badge').first().innerText();

  it('sees what the rehearsal read, masked, and why something would be parked', async () => {
    await waitForRows(hub.store, 'the posts', 'rehearsal.raw_items', 2);
    await open('/rehearsal');
    expect(await page.getByRole('heading', { level: 2 }).first().innerText()).toBe(
      '글 2건: 접수 1, 보류 1 · 다른 게시판에 쓸 것 0 · 보낼 알림 2',
    );
    const text = await page.locator('main').innerText();
    expect(text).toContain('가가가가가 가');
    expect(text).not.toContain('98764321');
    expect(text).toContain('NOPE');
    await page.getByLabel('결과').selectOption('parked');
    await page.getByRole('button', { name: '조회' }).click();
    expect(await page.locator('tbody tr').count()).toBe(1);
    expect(await page.title()).toContain('예행연습');
    // A cursor that is none is no page, and no error.
    expect((await open('/rehearsal?after=nonsense'))?.status()).toBe(200);
  });

  it('finds the mapping failed, corrects the board and reads it again', async () => {
    await open('/stage');
    expect(await stateOf('글 50건 변환')).toBe('실패');
    expect(await stateOf('접속')).toBe('아직');
    await page.getByRole('button', { name: '지금 점검' }).click();
    await page.getByText('점검했습니다.').waitFor();
    expect(await stateOf('접속')).toBe('통과');
    const bad = board.posts().find(({ ctgry }) => ctgry === 'NOPE')?.mwNo ?? 0;
    board.edit(bad, { ctgry: 'FUND' });
    await open('/rehearsal');
    await page.getByRole('button', { name: '처음부터 다시 읽기' }).click();
    await waitFor('the mapping to pass', async () => {
      await open('/stage');
      return (await stateOf('글 50건 변환')) === '통과';
    });
  });

  it('is not let through to live without a reason', async () => {
    await open('/stage');
    await page.getByRole('button', { name: '운영 단계로' }).waitFor();
    // As a browser without this check would send it.
    await page.locator('form').evaluateAll((forms) => {
      for (const form of forms as unknown as { noValidate: boolean }[]) form.noValidate = true;
    });
    await page.getByRole('button', { name: '운영 단계로' }).click();
    await page.locator('.form-hint-invalid').getByText('이유를 적으십시오.').waitFor();
    expect(await count(hub.store, 'stage_switches')).toBe(0);
  });

  it('makes a test complaint, which is answered on the board', async () => {
    await open('/stage');
    await page.getByRole('button', { name: '시험 단계로' }).click();
    await page.getByText('단계를 바꿨습니다.').waitFor();
    await open('/trial');
    await page.getByLabel('알림을 받을 전자우편').fill('admin@hub.example');
    await page.getByRole('button', { name: '시험 민원 만들기' }).click();
    await page.getByText('시험 민원을 만들었습니다.').waitFor();
    const number = await page.locator('tbody th a').first().innerText();
    expect(number).toMatch(/^\d\d-9\d{3}-\d{4}-\d$/);
    const post = await waitFor('the test on the board', () =>
      board.posts().find(({ subject }) => subject.startsWith('[시험 ')),
    );
    board.answer(post.mwNo, '담당자의 시험 답변');
    await waitForRows(hub.store, 'the answer', "trial.events where type = 'answered'");
    await waitForRows(
      hub.store,
      'its notice',
      "trial.notices where template = 'answered' and state = 'sent'",
    );
    // By its number alone it is found, too; in the lists it is not.
    await page.goto(`${hub.url}/complaints/${number}`);
    await page.getByText('담당자의 시험 답변').first().waitFor();
    expect(page.url()).toContain(`/agencies/sbiz/trial/${number}`);
    await page.goto(`${hub.url}/?text=${encodeURIComponent('연계 시험')}`);
    expect(await page.getByText(number).count()).toBe(0);
    await open('/stage');
    expect([await stateOf('왕복 (허브'), await stateOf('알림')]).toEqual(['통과', '통과']);
  });

  it('removes the tests, sees what to remove on the board, and goes live from the beginning', async () => {
    await open('/trial');
    await page.getByRole('button', { name: '시험 민원 모두 지우기' }).click();
    await page.getByText('시험 민원을 모두 지웠습니다.').waitFor();
    const post = board.posts().find(({ subject }) => subject.startsWith('[시험 '));
    await page.getByRole('heading', { name: '게시판에서 지울 글' }).waitFor();
    expect(await page.locator('main').innerText()).toContain(`게시판 글 ${post?.mwNo}`);
    await page.getByRole('button', { name: /^지웠음/ }).click();
    await page.getByText('기록했습니다.').waitFor();

    await open('/stage');
    // The unknown code was seen when the board was checked; it is gone since.
    expect(await stateOf('게시판 모양')).toBe('실패');
    await page.getByRole('button', { name: '지금 점검' }).click();
    await page.getByText('필수 항목을 모두 통과했습니다.').waitFor();
    await page.getByLabel('게시판을 읽기 시작할 곳').selectOption('beginning');
    await page.getByLabel('메모').fill('시험 완료');
    await page.getByRole('button', { name: '운영 단계로' }).click();
    await page.getByText('단계를 바꿨습니다.').waitFor();
    expect(await page.locator('main').innerText()).toMatch(
      /시험 → 운영[\s\S]*admin · 설정 3판[\s\S]*시험 완료/,
    );
    await waitForRows(hub.store, 'the real posts', 'complaints', 2);
    await waitForRows(hub.store, 'the board read to its end', 'boards where read_through_at is not null');
    expect(await count(hub.store, 'complaints')).toBe(2);
    expect(broken.filter((line) => !line.includes('422'))).toEqual([]);
  });
});
