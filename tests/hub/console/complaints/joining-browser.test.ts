import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAxeFaults } from '../../../support/find-axe-faults.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { hasBrowser, launchBrowser, look, signInAt } from '../browsers.ts';
import { createVisitors } from '../console-server.ts';
import { sampleDirectory } from '../sample-agencies.ts';
import { insertUsers } from '../sample-board.ts';

describe.runIf(hasBrowser('joining'))('an officer at a browser', () => {
  let hub: TestHub;
  let browser: Browser;
  const auditor = { name: '정감사', department: '감사실', email: 'audit@example.kr' };

  beforeAll(async () => {
    const agencies = sampleDirectory.listAgencies().map(({ board: _, ...agency }) => ({
      ...agency,
      officers: agency.code === 'tax' ? [...agency.officers, auditor] : agency.officers,
    }));
    const rules = [{ when: { category: ['공원'] }, to: 'park' }];
    hub = await startTestHub(agencies, { rules, default: 'tax' });
    await insertUsers(hub.store);
    browser = await launchBrowser();
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await hub?.stop();
  });

  const visitors = createVisitors(() => hub.url);
  const visitAs = visitors.as;
  const open = (login: string) => signInAt(browser, hub.url, login);

  async function register(fields: Record<string, string>): Promise<string> {
    const counsellor = await visitAs('counsellor');
    const registered = await counsellor.fill('/register', '/register', {
      ...{ name: '홍길동', notifyBy: 'sms', language: 'ko', kind: 'query', confirmed: '1' },
      ...fields,
    });
    const [path = ''] = registered.headers.get('location')!.split('?');
    return path;
  }
  const numberOf = (path: string) => path.split('/').at(-1) ?? '';

  test('joins complaints of one purpose, and answers them by one answer', async () => {
    const body = '시장 골목 가로등이 며칠째 켜지지 않아 어둡습니다.';
    const paths: string[] = [];
    for (const [n, name] of ['김일', '이이', '박삼', '최사', '정오'].entries())
      paths.push(
        await register({ name, phone: `010-1111-222${n}`, title: `시장 골목 가로등 고장 ${n}`, body }),
      );
    await register({
      name: '다른 이',
      phone: '010-1111-2229',
      title: '현금영수증',
      body: '발급을 문의합니다',
    });
    const [lead = '', ...others] = paths;

    const page = await open('tax');
    await page.goto(`${hub.url}${lead}?step=joined`);
    const picks = page.locator('.candidates input[type=checkbox]');
    expect(await picks.count()).toBe(4);
    await page.locator('.step-form').getByLabel('사유').fill('같은 골목의 같은 고장');
    for (const path of others.slice(1)) await page.locator(`input[name="pick-${numberOf(path)}"]`).check();
    await look(page, 'join');
    expect(await findAxeFaults(page)).toEqual([]);
    await page.locator('.step-form').getByRole('button', { name: '병합' }).click();
    // Four people are too few; what was ticked and typed is still there.
    expect(await page.locator('#step-joined-complaints-problem').textContent()).toMatch(
      /5명부터.*지금 4명.*시행령 제6조/,
    );
    expect(await page.locator('.candidates input:checked').count()).toBe(3);
    await look(page, 'join-refused');
    await page.locator(`input[name="pick-${numberOf(others[0] ?? '')}"]`).check();
    await page.locator('.step-form').getByRole('button', { name: '병합' }).click();
    await page.getByText('민원인마다 중간 회신으로 알립니다').waitFor();
    await look(page, 'join-confirm');
    await page.locator('button[name="confirmed"]').click();
    await page.getByText('병합: 등록했습니다.').waitFor();

    await page.goto(`${hub.url}${lead}?step=represented`);
    await page.getByLabel('대표자').fill('김일\n이이');
    await page.locator('.step-form').getByRole('button', { name: '대표자 선정' }).click();
    await page.getByText('대표자 선정: 등록했습니다.').waitFor();
    const card = page.getByRole('region', { name: '병합 (시행령 제6조)' });
    expect(await card.getByRole('listitem').count()).toBe(4);
    expect(await card.textContent()).toContain('김일, 이이');
    await look(page, 'lead');
    expect(await findAxeFaults(page)).toEqual([]);

    const tax = await visitAs('tax');
    const asked = await tax.fill(lead, `${lead}/answer`, { text: '고쳤습니다' });
    expect(asked.text).toContain('병합된 민원 4건에도 같은 내용이 나갑니다.');
    await tax.fill(lead, `${lead}/answer`, { text: '고쳤습니다', confirmed: '1' });
    for (const path of others)
      await waitFor(`${path} to be answered`, async () => {
        const { text } = await tax.get(path);
        return text.includes('고쳤습니다') && text.includes(`href="${lead}"`);
      });
    // An auditor reads no names: neither of the representatives nor of those who filed.
    const { text } = await (await visitAs('auditor')).get(lead);
    for (const name of ['김일', '이이', '박삼']) expect(text).not.toContain(name);
  });

  test('sees a repeated complaint with what was told, and decides to close it', async () => {
    const again = { phone: '010-7777-8888', title: '공원 옆 도로 소음', body: '밤마다 소음이 심합니다.' };
    const admin = await visitAs('admin');
    const answer = (path: string, text: string, parts = {}) =>
      admin.fill(path, `${path}/answer`, { text, ...parts, confirmed: '1' });
    /** As a provider would have taken them: without one they stay in the outbox, and nobody was told. */
    const deliver = async (path: string) => {
      const sent = `select n.id from notices n join complaints c on c.id = n.complaint_id
        where c.receipt_number = $1 and n.template = 'answered' and n.state = 'sent'`;
      await waitFor('the notice to be sent', async () => {
        const { rows } = await hub.store.pool.query(sent, [numberOf(path)]);
        return rows.length === 1;
      });
      await hub.store.pool.query(`delete from outbox where notice_id in (${sent})`, [numberOf(path)]);
    };
    const first = await register({ ...again, category: '공원' });
    await answer(first, '공원에서 단속하였습니다');
    await deliver(first);
    const second = await register({ ...again, kind: 'grievance' });
    // A grievance is answered in parts.
    const decision = {
      ...{ asked: '소음을 줄여 달라고 하셨습니다.', result: 'accepted', decided: '소음을 측정하였습니다' },
      ...{ why: '야간 기준을 넘었습니다.', officer: '관리자', contact: '051-123-4567' },
    };
    await answer(second, '', decision);
    const third = await register({ ...again, kind: 'grievance' });
    const page = await open('tax');
    const card = page.getByRole('region', { name: '반복·중복 민원 (법 제23조)' });
    await waitFor('the repeat to be known', async () => {
      await page.goto(`${hub.url}${third}`);
      return (await card.count()) === 1;
    });
    expect(await card.textContent()).toContain('아직 종결할 수 없습니다');
    expect(await page.locator('#step-choice option[value=closed_as_repeat]').count()).toBe(0);
    await deliver(second);

    const fourth = await register({ ...again, kind: 'grievance' });
    await waitFor('the repeat to be known', async () => {
      await page.goto(`${hub.url}${fourth}`);
      return (await card.count()) === 1;
    });
    const shown = (await card.textContent()) ?? '';
    expect(shown).toContain('4번째');
    expect(shown).toContain('소음을 측정하였습니다');
    // Another agency's: its number, the agency and the dates, and no text.
    expect(shown).toContain(numberOf(first));
    expect(shown).not.toContain('공원에서 단속하였습니다');
    expect(await card.getByRole('link', { name: numberOf(first) }).count()).toBe(0);
    await look(page, 'repeats');
    expect(await findAxeFaults(page)).toEqual([]);
    await card.getByRole('button', { name: '감사 부서 정감사' }).click();
    await page.getByText('담당자 지정: 등록했습니다.').waitFor();
    expect(await card.getByRole('button').count()).toBe(0);

    await card.getByRole('link', { name: '반복민원 종결하기' }).click();
    expect(await page.getByLabel('결과를 알린 앞선 민원').inputValue()).toBe(
      `${numberOf(first)}\n${numberOf(second)}`,
    );
    await page.locator('.step-form').getByLabel('사유').fill('새로운 내용이 없습니다.');
    await look(page, 'close');
    await page.locator('.step-form').getByRole('button', { name: '반복민원 종결' }).click();
    await look(page, 'close-confirm');
    await page.locator('button[name="confirmed"]').click();
    await page.getByText('반복민원 종결: 등록했습니다.').waitFor();
    await page.getByRole('button', { name: 'English' }).click();
    await card.waitFor({ state: 'detached' });
    await look(page, 'closed-en');
  });
});
