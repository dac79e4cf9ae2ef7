import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../../../hub/access/keys/api-keys.ts';
import { checkDocument } from '../../../../hub/configuration/document.ts';
import type { Agency, Consent, ConsentRequest, StandingConsent } from '../../../../schemas/index.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { createVisitor } from '../../console/console-server.ts';
import { insertUsers } from '../../console/sample-board.ts';
import { call } from '../../doors/call.ts';
import { envelope, sendTo } from '../../doors/soap/calls.ts';
import { type RecordingBoard, startRecordingBoard } from '../../exchange/disclosure/recording-board.ts';

const contact: ConsentRequest = {
  ...{ purpose: 'contact', items: ['phone', 'email'], days: 30, version: '2026-1' },
  text: { ko: '담당자가 전화와 전자우편으로 직접 연락드리는 데 동의하십니까?' },
};
const survey: ConsentRequest = {
  ...{ purpose: 'survey', items: ['phone'], days: 365, version: 'S-1', required: true },
  text: { ko: '만족도 조사에 동의하십니까?' },
};
const desk: Agency = { code: 'desk', name: { ko: '접수 기관' }, officers: [{ name: '담당' }] };
const other: Agency = {
  code: 'other',
  name: { ko: '다른 기관' },
  officers: [{ name: '담당' }],
  consents: [survey],
};
const person = { name: '나민원', phone: '+821055554444', email: 'na@withheld.example', notifyBy: 'sms' };
const keys: Record<string, string> = {};
let board: RecordingBoard;
let hub: TestHub;
let admin: ReturnType<typeof createVisitor>;

beforeAll(async () => {
  board = await startRecordingBoard('road');
  const road: Agency = { ...board.agency, consents: [contact] };
  hub = await startTestHub([road, desk, other], { rules: [], default: 'road' });
  for (const code of ['road', 'desk', 'other']) keys[code] = (await createApiKey(hub.store, code)).key;
  await insertUsers(hub.store);
  admin = createVisitor(hub.url);
  await admin.signIn('admin');
}, 180_000);
afterAll(async () => {
  await hub.stop();
  await board.close();
});

async function file(title: string, consents?: object[]) {
  return call<{ receiptNumber: string; errors?: { pointer: string; message: string }[] }>(
    ...([hub, keys.desk, 'POST', '/complaints'] as const),
    {
      externalId: title,
      content: {
        ...{ title, body: '확인하여 주십시오.', kind: 'law_query' },
        ...{ complainant: person, filedAt: '2026-11-20T09:30:00+09:00' },
      },
      ...(consents && { consents }),
    },
  );
}
const follow = (number: string, text: string) =>
  call(hub, keys.desk, 'POST', `/complaints/${number}/follow-ups`, { text });
/** The person as the board was told with the registration, and with each follow-up. */
const told = (number: string) =>
  board
    .taken()
    .filter(({ complaint }) => complaint.receiptNumber === number)
    .filter(({ event }) => ['registered', 'followed_up'].includes(event.type))
    .map(({ complaint }) => complaint.content.complainant);
const list = async (agency: string, number: string) =>
  (await call<{ consents: StandingConsent[] }>(hub, keys[agency], 'GET', `/complaints/${number}/consents`))
    .body.consents;
const given = { agency: 'road', purpose: 'contact', version: '2026-1' };

describe('a consent', () => {
  it('lets items go beyond the role, from the giving until it is taken back, and each is a row', async () => {
    const { receiptNumber: number } = (await file('동의와 철회')).body;
    await waitFor('the post', () => told(number).length === 1);
    expect(told(number)[0]).not.toHaveProperty('email');

    const made = await call<Consent>(hub, keys.desk, 'POST', `/complaints/${number}/consents`, given);
    expect(made).toMatchObject({
      status: 200,
      body: { ...given, items: ['phone', 'email'], state: 'in_force' },
    });
    const days = (Date.parse(made.body.until) - Date.parse(made.body.givenAt)) / 86_400_000;
    expect(days).toBe(30);
    // Said again, it is the same one.
    await call(hub, keys.desk, 'POST', `/complaints/${number}/consents`, given);
    await follow(number, '언제 됩니까?');
    await waitFor('the follow-up', () => told(number).length === 2);
    expect(told(number)[1]).toMatchObject({ email: person.email, phone: person.phone });

    await waitFor('the entry', async () => (await list('desk', number))[0]?.onWithdrawal?.sent === 1);
    // The number is the address for replies, which the agency that answers has by the law.
    expect(await list('desk', number)).toMatchObject([
      { ...given, onWithdrawal: { stops: ['email'], stays: ['phone'], sent: 1 } },
    ]);
    expect((await list('road', number))[0]).not.toHaveProperty('onWithdrawal');

    const path = `/complaints/${number}/consent-withdrawals`;
    const back = { agency: 'road', purpose: 'contact' };
    const ended = await call<Consent>(hub, keys.desk, 'POST', path, back);
    expect(ended).toMatchObject({ status: 200, body: { state: 'withdrawn' } });
    await follow(number, '아직입니까?');
    await waitFor('the next one', () => told(number).length === 3);
    expect(told(number)[2]).not.toHaveProperty('email');
    expect(told(number)[2]).toMatchObject({ phone: person.phone });

    await call(hub, keys.desk, 'POST', `/complaints/${number}/consents`, given);
    expect((await list('desk', number)).map(({ state }) => state)).toEqual(['in_force', 'withdrawn']);
  });

  it('is over by its date, without anybody doing anything', async () => {
    const { receiptNumber: number } = (await file('기간이 지난 동의')).body;
    const givenAt = new Date(Date.now() - 31 * 86_400_000).toISOString();
    const old = await call<Consent>(hub, keys.desk, 'POST', `/complaints/${number}/consents`, {
      ...given,
      givenAt,
    });
    expect(old.body.state).toBe('over');
    await follow(number, '더 있습니다.');
    await waitFor('both', () => told(number).length === 2);
    expect(told(number)[1]).not.toHaveProperty('email');
    // Given anew, it holds.
    const anew = await call<Consent>(hub, keys.desk, 'POST', `/complaints/${number}/consents`, given);
    expect(anew.body.state).toBe('in_force');
  });

  it('comes with the registration, once: what was taken back is not revived by a repeated call', async () => {
    const first = await file('접수하면서 동의', [given]);
    const number = first.body.receiptNumber;
    await waitFor('the post', () => told(number).length === 1);
    expect((await list('desk', number)).map(({ state }) => state)).toEqual(['in_force']);
    await call(hub, keys.desk, 'POST', `/complaints/${number}/consent-withdrawals`, {
      agency: 'road',
      purpose: 'contact',
    });
    expect((await file('접수하면서 동의', [given])).status).toBe(200);
    expect((await list('desk', number)).map(({ state }) => state)).toEqual(['withdrawn']);
  });

  it('to what nobody asks for, in other words, or by another agency is refused, and nothing is entered', async () => {
    const wrong = await file('없는 동의', [given, { ...given, version: '2025-9' }]);
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ pointer: '/consents/1/version' }] } });
    const { rows } = await hub.store.pool.query(
      `select 1 from complaints where content ->> 'title' = '없는 동의'`,
    );
    expect(rows).toEqual([]);
    const { receiptNumber: number } = (await file('남의 동의')).body;
    const say = (agency: string, value: object) =>
      call<{ errors?: { pointer: string }[] }>(
        hub,
        keys[agency],
        'POST',
        `/complaints/${number}/consents`,
        value,
      );
    expect(await say('desk', { ...given, purpose: 'survey' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/purpose', message: expect.stringContaining('contact') }] },
    });
    expect((await say('desk', { ...given, agency: 'desk' })).body.errors?.[0]?.pointer).toBe('/agency');
    const ahead = new Date(Date.now() + 3_600_000).toISOString();
    expect((await say('desk', { ...given, givenAt: ahead })).body.errors?.[0]?.pointer).toBe('/givenAt');
    expect((await say('road', given)).status).toBe(403);
    expect((await say('other', given)).status).toBe(404);
    const none = await call(hub, keys.desk, 'POST', `/complaints/${number}/consent-withdrawals`, {
      agency: 'road',
      purpose: 'contact',
    });
    expect(none.status).toBe(404);
    expect(await list('desk', number)).toEqual([]);
  });

  it('is given, read and taken back at the SOAP door', async () => {
    const { receiptNumber: number } = (await file('SOAP 동의')).body;
    const ask = async (name: string, inside = '') => {
      const body = `<${name} xmlns="urn:minwon-hub:v1"><receiptNumber>${number}</receiptNumber>${inside}</${name}>`;
      const door = { url: `${hub.url}/soap/v1`, keys: { alpha: keys.desk ?? '' } };
      return (await sendTo(door, envelope(body))).xml;
    };
    const said = '<agency>road</agency><purpose>contact</purpose>';
    expect(await ask('GiveConsent', `<given>${said}<version>2026-1</version></given>`)).toContain(
      '<state>in_force</state>',
    );
    expect(await ask('ListConsents')).toMatch(/<onWithdrawal><stops>email<\/stops><stays>phone<\/stays>/);
    expect(await ask('WithdrawConsent', `<withdrawal>${said}</withdrawal>`)).toContain(
      '<state>withdrawn</state>',
    );
  });
});

describe('at the console', () => {
  const text = (html: string) =>
    html
      .replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ')
      .replaceAll(' ,', ',');

  it('a counsellor reads the words out, records it, and says what follows before it is taken back', async () => {
    const { receiptNumber: number } = (await file('전화로 동의')).body;
    await waitFor('the post', () => told(number).length === 1);
    const page = `/complaints/${number}/consents`;
    const empty = text((await admin.get(page)).text);
    expect(empty).toContain('동의가 아니라 법률에 따릅니다(민원 처리에 관한 법률 제16조·제20조');
    expect(empty).toContain('받은 동의가 없습니다.');
    // Required ones stand before the optional ones, apart.
    expect(empty.indexOf('필수 동의')).toBeLessThan(empty.indexOf('만족도 조사'));
    expect(empty.indexOf('만족도 조사')).toBeLessThan(empty.indexOf('선택 동의'));
    expect(empty.indexOf('선택 동의')).toBeLessThan(empty.indexOf('담당자의 직접 연락'));
    expect(empty).toContain(contact.text.ko);

    const hidden = { agency: 'road', purpose: 'contact', version: '2026-1' };
    const recorded = await admin.fill(page, page, hidden);
    expect(recorded.headers.get('location')).toBe(`${page}?done=consent_given`);
    await follow(number, '언제 됩니까?');
    await waitFor('the follow-up', () => told(number).length === 2);
    expect(told(number)[1]).toHaveProperty('email');
    const asked = `${page}/withdraw?agency=road&purpose=contact`;
    const before = await waitFor('what was sent', async () => {
      const shown = text((await admin.get(asked)).text);
      return shown.includes('게시판: ') && shown;
    });
    expect(before).toContain('더 보내지 않는 항목 전자우편 주소');
    expect(before).toContain('처리를 위해 계속 가는 항목(법률) 전화번호');
    expect(before).toContain('받은 기관이 지체 없이 파기해야 합니다');
    const ended = await admin.fill(asked, `${page}/withdraw`, {});
    expect(ended.headers.get('location')).toBe(`${page}?done=consent_withdrawn`);
    expect(text((await admin.get(page)).text)).toContain('철회됨');
    expect((await admin.get(asked)).status).toBe(404);
    const { rows } = await hub.store.pool.query(
      `select k.way, k.recorded_by, k.wording, k.withdrawn_by from consents k join complaints c on c.id = k.complaint_id
       where c.receipt_number = $1`,
      [number],
    );
    expect(rows).toEqual([
      { way: 'console', recorded_by: 'admin', wording: contact.text.ko, withdrawn_by: 'admin' },
    ]);
  });

  it('words that changed meanwhile are not recorded', async () => {
    const { receiptNumber: number } = (await file('바뀐 문구')).body;
    const page = `/complaints/${number}/consents`;
    const late = await admin.fill(page, page, { agency: 'road', purpose: 'contact', version: '2025-9' });
    expect(late.headers.get('location')).toBe(`${page}?done=consent_words`);
    expect(await list('desk', number)).toEqual([]);
  });

  it('an auditor sees them and can record nothing', async () => {
    const { receiptNumber: number } = (await file('감사')).body;
    const auditor = createVisitor(hub.url);
    await auditor.signIn('auditor');
    const page = `/complaints/${number}/consents`;
    const { status, text: html } = await auditor.get(page);
    expect(status).toBe(200);
    expect(html).not.toContain(`action="${page}"`);
    expect((await auditor.get(`${page}/withdraw?agency=road&purpose=contact`)).status).toBe(403);
  });
});

it('an agency asks once for each purpose', () => {
  const body = {
    code: 'town',
    name: { ko: '마을' },
    officers: [{ name: '김' }],
    consents: [contact, contact],
  };
  expect(checkDocument({ kind: 'agency', name: 'town', body }).map(({ pointer }) => pointer)).toEqual([
    '/consents/1/purpose',
  ]);
});
