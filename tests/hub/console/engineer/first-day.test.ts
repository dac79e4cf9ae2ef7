import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createUser } from '../../../../hub/access/people/users.ts';
import { keepLogs } from '../../../../hub/exchange/agents/agent-logs.ts';
import { restVersions } from '../../../../hub/words/rest-changes.ts';
import { findAxeFaults } from '../../../support/find-axe-faults.ts';
import { openSender } from '../../../support/sender.ts';
import { readBoardAgency } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { openSelfStage, type SelfStage } from '../../doors/self/self-stage.ts';
import { samplePassword } from '../sample-board.ts';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const present = existsSync(executablePath);
/** A folder for pictures of every page, for a look by eye. */
const pictures = process.env.ENGINEER_PICTURES;
if (!present) {
  console.warn(`no browser at ${executablePath}: the engineer's first day is not tested; set CHROMIUM`);
  if (process.env.REQUIRE_SERVICES === '1') throw new Error('REQUIRE_SERVICES=1, and there is no browser');
}

describe.runIf(present)("an engineer's first day", () => {
  let stage: SelfStage;
  let browser: Browser;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    const behind = readBoardAgency('rest-board', 'behind', 'http://127.0.0.1:9');
    if (behind.board) behind.board.via = 'agent';
    stage = await openSelfStage({}, [behind]);
    const person = { name: '박연계', role: 'engineer', password: samplePassword } as const;
    await createUser(stage.hub.store, { ...person, login: 'park', agency: 'ours' });
    await createUser(stage.hub.store, { ...person, login: 'choi', agency: 'behind' });
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-quic'];
    browser = await chromium.launch({ executablePath, args });
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await stage?.stop();
  });

  const go = (path: string) => page.goto(`${stage.hub.url}${path}`);
  let key = '';

  test('signs in, and is at the own place', async () => {
    await go('/');
    await page.getByLabel('아이디').fill('park');
    await page.getByLabel('비밀번호').fill(samplePassword);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: '우리 기관 연계 현황' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/engineer');
    expect(await page.getByRole('link', { name: '통합 게시판' }).count()).toBe(0);
  });

  test('makes a key, which is shown once and works', async () => {
    await page.getByRole('navigation').getByRole('link', { name: '연계 키' }).click();
    await page.getByRole('button', { name: '키 만들기' }).click();
    await page.locator('#key-name:invalid').waitFor();
    await page.getByLabel('이름').fill('통계 서버');
    await page.getByRole('button', { name: '키 만들기' }).click();
    await page.locator('.form-hint-invalid').getByText('다음 중 하나 이상이어야 합니다').waitFor();
    expect(await page.getByLabel('이름').inputValue()).toBe('통계 서버');
    await page.getByRole('checkbox', { name: 'read' }).check();
    await page.getByRole('checkbox', { name: 'manage' }).check();
    await page.getByRole('button', { name: '키 만들기' }).click();
    await page.getByText('이 화면을 떠나면 키를 다시 볼 수 없습니다').waitFor();
    key = (await page.locator('code.secret').first().textContent()) ?? '';
    expect(key).toMatch(/^mwk_/);
    expect(await page.locator('pre.code').first().textContent()).toContain(
      `${stage.hub.url}/api/v1/self-test`,
    );
    const calls = await fetch(`${stage.hub.url}/api/v1/complaints`, {
      headers: { authorization: `Bearer ${key}`, 'x-request-id': 'first-call' },
    });
    expect(calls.status).toBe(200);
    await page.getByRole('link', { name: '보관했습니다' }).click();
    await page.getByRole('rowheader', { name: '통계 서버' }).waitFor();
    expect(await page.content()).not.toContain(key);
  });

  test('finds the call and a failed one in the log, by its number', async () => {
    await fetch(`${stage.hub.url}/api/v1/complaints/26-0000-0000-0`, {
      headers: { authorization: `Bearer ${key}`, 'x-request-id': 'failed-call' },
    });
    await waitFor('the call is in the log', async () => {
      await go('/engineer/calls');
      return (await page.getByText('failed-call').count()) > 0;
    });
    await page.getByLabel('요청 번호 (X-Request-Id)').fill('failed-call');
    await page.getByRole('button', { name: '조회' }).click();
    const row = page.locator('#calls ~ div tbody tr');
    expect(await row.count()).toBe(1);
    expect(await row.textContent()).toMatch(/getComplaint.*통계 서버.*404 not-found/s);
    await page.getByRole('link', { name: '조건 지우기' }).click();
    await page.getByRole('checkbox', { name: '실패만' }).check();
    await page.getByRole('button', { name: '조회' }).click();
    expect(await page.getByText('first-call').count()).toBe(0);
  });

  test('tests the webhook against the real receiver, and has a failed event told again', async () => {
    await page.getByRole('navigation').getByRole('link', { name: '웹훅' }).click();
    await page.getByRole('link', { name: 'statistics' }).click();
    await page.getByRole('button', { name: '시험 전송' }).click();
    await page.getByText('시험 전송을 받았습니다').waitFor();
    expect(stage.receiver.deliveries.at(-1)?.type).toBe('minwon.ping.v1');

    stage.receiver.behave = () => ({ status: 422 });
    await (await openSender(stage.hub, stage.keys.ours)).file('가로등 고장');
    await waitFor('the event is parked', async () => {
      await go('/engineer/webhooks/statistics?failed=1');
      return (await page.locator('tbody').getByText('보류').count()) > 0;
    });
    stage.receiver.behave = () => undefined;
    await page.locator('tbody').getByRole('button', { name: '다시 보내기' }).first().click();
    await page.getByText('다시 보냅니다.').waitFor();
    await waitFor('the event is told', () => stage.receiver.events().length > 0);
  });

  test('holds the webhook back and goes on', async () => {
    await go('/engineer/webhooks/statistics');
    await page.getByRole('button', { name: '일시 중지' }).click();
    await page.getByText('부터 중지됨').first().waitFor();
    await page.getByRole('button', { name: '재개' }).click();
    await page.getByText('재개했습니다.').waitFor();
  });

  test('makes a webhook, whose secret is shown once, changes it, renews the secret and removes it', async () => {
    await go('/engineer/webhooks');
    const form = page.locator('section[aria-labelledby=new]');
    await form.getByLabel('이름').fill('statistics');
    await form.getByLabel('주소 (https)').fill('https://stats.example.kr/minwon');
    await form.getByRole('checkbox', { name: '답변', exact: true }).check();
    await form.getByRole('button', { name: '웹훅 만들기' }).click();
    await page.locator('.form-hint-invalid').getByText('이 이름의 웹훅이 이미 있습니다').waitFor();
    expect(await form.getByLabel('주소 (https)').inputValue()).toBe('https://stats.example.kr/minwon');
    expect(await form.getByRole('checkbox', { name: '답변', exact: true }).isChecked()).toBe(true);
    await form.getByLabel('이름').fill('office');
    await form.getByLabel('주소 (https)').fill('ftp://stats.example.kr/');
    await form.getByRole('button', { name: '웹훅 만들기' }).click();
    await form.locator('#new-url[aria-invalid=true]').waitFor();
    await form.getByLabel('주소 (https)').fill('https://stats.example.kr/minwon');
    await form.getByRole('button', { name: '웹훅 만들기' }).click();
    await page.getByText('이 화면을 떠나면 비밀을 다시 볼 수 없습니다').waitFor();
    const secret = (await page.locator('code.secret').textContent()) ?? '';
    expect(secret).toMatch(/^whsec_/);
    expect(await findAxeFaults(page)).toEqual([]);
    if (pictures) await page.screenshot({ path: `${pictures}/webhook-secret.png`, fullPage: true });
    await page.getByRole('link', { name: '보관했습니다' }).click();
    await page.getByRole('link', { name: 'office' }).click();
    expect(await page.content()).not.toContain(secret);

    const settings = page.locator('section[aria-labelledby=settings]');
    expect(await settings.getByRole('checkbox', { name: '답변', exact: true }).isChecked()).toBe(true);
    await settings.getByLabel('주소 (https)').fill('nowhere');
    await settings.getByRole('button', { name: '설정 저장' }).click();
    await page.locator('#settings-url:invalid').waitFor();
    await settings.getByLabel('주소 (https)').fill('https://other.example.kr/minwon');
    await settings.getByRole('checkbox', { name: '답변', exact: true }).uncheck();
    await settings.getByRole('button', { name: '설정 저장' }).click();
    await page.getByText('설정을 바꾸었습니다.').waitFor();
    expect(await settings.getByLabel('주소 (https)').inputValue()).toBe('https://other.example.kr/minwon');
    await settings.getByText('서명 비밀 교체').click();
    await settings.getByRole('button', { name: '새 비밀 만들기' }).click();
    await page.getByText('새 서명 비밀을 만들었습니다').waitFor();
    expect(await page.locator('code.secret').textContent()).not.toBe(secret);
    await go('/engineer/webhooks/office');
    await settings.getByText('웹훅 삭제').click();
    await settings.getByText('정말 삭제합니까?').waitFor();
    await settings.getByRole('button', { name: '예, 삭제합니다' }).click();
    await page.getByText('웹훅을 삭제했습니다').waitFor();
    const { rows } = await stage.hub.store.pool.query<{
      body: { webhooks: { name: string }[] };
      author: string;
    }>("select body, author from configurations where name = 'ours' order by version desc limit 1");
    expect(rows[0]?.author).toBe('park');
    expect(rows[0]?.body.webhooks.map(({ name }) => name)).toEqual(['statistics']);
  });

  test('reads what changed in the API, and wants no mails of it', async () => {
    await page.getByRole('navigation').getByRole('link', { name: 'API 변경' }).click();
    await page.getByRole('heading', { name: `${restVersions[0].version} 판` }).waitFor();
    await page.getByRole('button', { name: '메일 받지 않기' }).click();
    await page.getByText('메일을 보내지 않습니다.').waitFor();
    await page.getByRole('button', { name: '메일 받기' }).click();
    await page.getByText('새 판을 메일로 알립니다.').waitFor();
  });

  test('replaces the key without a gap', async () => {
    await go('/engineer/keys');
    const row = page.locator('tr', { hasText: '통계 서버' });
    await row.getByText('교체').click();
    await row.getByRole('button', { name: '새 키 만들기' }).click();
    await page.getByText('이 화면을 떠나면').waitFor();
    const next = (await page.locator('code.secret').first().textContent()) ?? '';
    for (const one of [key, next])
      expect(
        (await fetch(`${stage.hub.url}/api/v1/self/keys`, { headers: { authorization: `Bearer ${one}` } }))
          .status,
      ).toBe(200);
  });

  test('of an agency behind an agent asks for its log, and sees that it waits, and the lines', async () => {
    const { pool } = stage.hub.store;
    const beat = {
      ...{ at: new Date().toISOString(), agent: '0.1.0', node: '24.0.0', memoryMb: 60 },
      ...{ startedAt: new Date().toISOString(), backlog: { posts: 0, changes: 0, outcomes: 0 } },
    };
    const heard = (sendsLogs: object) =>
      pool.query(
        `insert into agents (agency, heartbeat, heartbeat_at, skew) values ('behind', $1, now(), 0)
         on conflict (agency) do update set heartbeat = excluded.heartbeat`,
        [JSON.stringify({ ...beat, ...sendsLogs })],
      );
    await heard({});
    const other = await (await browser.newContext({ viewport: { width: 390, height: 900 } })).newPage();
    const open = (path: string) => other.goto(`${stage.hub.url}${path}`);
    await open('/');
    await other.getByLabel('아이디').fill('choi');
    await other.getByLabel('비밀번호').fill(samplePassword);
    await other.keyboard.press('Enter');
    await other.getByRole('heading', { level: 1 }).waitFor();
    await open('/engineer/agent');
    await other.getByText('이 버전의 모듈은 로그를 보낼 수 없습니다').waitFor();
    expect(await other.getByRole('button', { name: '최근 로그 요청' }).count()).toBe(0);
    await heard({ sendsLogs: true });
    await open('/engineer/agent');
    await other.getByRole('button', { name: '최근 로그 요청' }).click();
    await other.getByText('모듈을 기다리는 중입니다').waitFor();
    const { rows } = await pool.query<{ ask_id: string }>('select ask_id from agent_logs');
    const lines = [
      {
        level: 30,
        time: Date.now(),
        msg: 'the agent starts',
        hub: 'https://hub.example.kr',
        version: '0.1.0',
      },
      {
        level: 40,
        time: Date.now(),
        msg: 'the hub does not answer',
        reason: 'connect ECONNREFUSED 192.0.2.1:443',
      },
    ].map((line) => JSON.stringify(line));
    expect(await keepLogs(pool, 'behind', rows[0]?.ask_id ?? '', lines)).toBe(true);
    for (const language of ['한국어', 'English']) {
      if (language === 'English') await other.getByRole('button', { name: 'English' }).click();
      for (const width of [390, 1280]) {
        await other.setViewportSize({ width, height: 900 });
        await open('/engineer/agent');
        await other.getByRole('rowheader', { name: 'the hub does not answer' }).waitFor();
        expect(await findAxeFaults(other), `${language} ${width}`).toEqual([]);
        expect(await other.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        if (pictures)
          await other.screenshot({ path: `${pictures}/agent-log-${language}-${width}.png`, fullPage: true });
      }
    }
    await other.context().close();
  }, 60_000);

  test('every page is clean by axe at both widths in both languages, and fits', async () => {
    const paths = [
      ...['', '/connect', '/keys', '/webhooks', '/webhooks/statistics', '/calls', '/agent', '/parked'],
      ...['/replays', '/changes'],
    ];
    for (const language of ['ko', 'en'] as const) {
      if (language === 'en') await page.getByRole('button', { name: 'English' }).click();
      for (const width of [390, 1280]) {
        await page.setViewportSize({ width, height: 900 });
        for (const path of paths) {
          await go(`/engineer${path}`);
          const where = `${path} ${language} ${width}`;
          expect(await findAxeFaults(page), where).toEqual([]);
          expect(await page.evaluate(() => document.documentElement.scrollWidth), where).toBeLessThanOrEqual(
            width,
          );
          if (pictures)
            await page.screenshot({
              path: `${pictures}/${path.replaceAll('/', '-') || 'home'}-${language}-${width}.png`,
              fullPage: true,
            });
        }
      }
    }
    // axe tries styles of its own, which the pages' policy refuses.
    const ofAxe = /Applying inline style/;
    expect(errors.filter((text) => !text.includes('422') && !ofAxe.test(text))).toEqual([]);
  }, 180_000);
});
