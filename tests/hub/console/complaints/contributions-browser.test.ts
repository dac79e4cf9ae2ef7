import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAxeFaults } from '../../../support/find-axe-faults.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { hasBrowser, launchBrowser, look, signInAt } from '../browsers.ts';
import { createVisitor } from '../console-server.ts';
import { sampleDirectory } from '../sample-agencies.ts';
import { insertUsers } from '../sample-board.ts';

describe.runIf(hasBrowser('work of several agencies'))('several agencies at their browsers', () => {
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
  /** A day in Korea. */
  const inDays = (days: number) =>
    new Date(Date.now() + (days * 24 + 9) * 3_600_000).toISOString().slice(0, 10);

  test('one asks, the other replies, and the complainant gets the one answer', async () => {
    const counsellor = createVisitor(hub.url);
    await counsellor.signIn('counsellor');
    const registered = await counsellor.fill('/register', '/register', {
      ...{ name: '홍길동', phone: '010-1234-5678', notifyBy: 'sms', language: 'ko' },
      ...{ title: '도로 점용과 세금', body: '둘 다 알려 주십시오', kind: 'query', confirmed: '1' },
    });
    const [path = ''] = registered.headers.get('location')!.split('?');

    const tax = await open('tax');
    await tax.goto(`${hub.url}${path}?step=part_asked`);
    const form = tax.locator('.step-form');
    await form.getByLabel('요청할 기관').selectOption({ label: '도로관리사업소' });
    await form.getByLabel('요청할 내용').fill('점용료 부분의 답변을 부탁드립니다.');
    await form.getByLabel('회신 기한').fill(inDays(60));
    await look(tax, 'ask');
    await form.getByRole('button', { name: '분담 요청' }).click();
    expect(await tax.locator('#step-part_asked-until-problem').textContent()).toContain('법 제20조');
    expect(await form.getByLabel('요청할 내용').inputValue()).toContain('점용료');
    await form.getByLabel('회신 기한').fill(inDays(1));
    await form.getByRole('button', { name: '분담 요청' }).click();
    await tax.getByText('분담 요청: 등록했습니다.').waitFor();
    expect(await findAxeFaults(tax)).toEqual([]);
    await tax.goto(hub.url);
    await tax
      .getByRole('region', { name: '다른 기관의 회신을 기다리는 것' })
      .getByText('도로관리사업소')
      .waitFor();

    const road = await open('road');
    await look(road, 'owed');
    expect(await findAxeFaults(road)).toEqual([]);
    await road.getByRole('region', { name: '우리 기관이 회신할 것' }).getByRole('link').click();
    await look(road, 'asked');
    await road.getByRole('link', { name: '회신하기' }).click();
    // There is one request only, so it is chosen already.
    await road.locator('.step-form').getByLabel('회신 내용').fill('점용료는 연 1회입니다.');
    await look(road, 'reply');
    await road.locator('.step-form').getByRole('button', { name: '요청에 회신' }).click();
    await road.getByText('요청에 회신: 등록했습니다.').waitFor();
    await look(road, 'replied');
    await road.goto(hub.url);
    await road.getByRole('heading', { level: 1, name: '내 일' }).waitFor();
    expect(await road.getByRole('region', { name: '우리 기관이 회신할 것' }).count()).toBe(0);

    await tax.goto(`${hub.url}${path}`);
    await look(tax, 'lead');
    await tax.getByRole('link', { name: '회신을 모아 답변 쓰기' }).click();
    const answer = tax.locator('#form-answer');
    expect(await answer.getByRole('textbox', { name: '내용' }).inputValue()).toMatch(
      /^■ 도로관리사업소 \(박도로.*\)\n점용료는 연 1회입니다\.$/,
    );
    expect(await findAxeFaults(tax)).toEqual([]);
    await look(tax, 'join');

    // The contact centre speaks to the complainant, and sees nothing of what agencies said to each other.
    const { text } = await counsellor.get(path);
    expect(text).toContain('도로 점용과 세금');
    expect(text).not.toMatch(/점용료|분담|협조/);
  });
});
