import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Hub } from '../../../../hub/app.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { createVisitors } from '../console-server.ts';
import { sampleDirectory } from '../sample-agencies.ts';
import { insertUsers } from '../sample-board.ts';

let hub: TestHub;
let second: Hub;
let visitors: ReturnType<typeof createVisitors>;
beforeAll(async () => {
  const agencies = sampleDirectory.listAgencies().map(({ board: _, ...agency }) => agency);
  hub = await startTestHub(agencies, { rules: [], default: 'road' });
  second = await hub.startAnother();
  await insertUsers(hub.store);
  visitors = createVisitors(() => hub.url);
});
afterAll(async () => {
  await second?.stop();
  await hub?.stop();
});

const page = '/rules/templates/ko/registered.email.txt';
const sms = '/rules/templates/ko/answered.sms.txt';
const words =
  'Subject: 새 문구 {{ receipt_number }}\n\n{{ agency.name }}에서 알려 드립니다. 접수번호 {{ receipt_number }}\n';
const write = async (path: string, source: string) =>
  (await visitors.as('admin')).fill(path, path, { source });

test('the list shows which words are the hub’s own and which were changed', async () => {
  const admin = await visitors.as('admin');
  const { text } = await admin.get('/rules/templates');
  // Fifteen notices in two languages with three files each, and the parts that they share.
  expect(text.match(/href="\/rules\/templates\/(ko|en)\/[a-z-]+\.(email|sms)\.(txt|html)"/g)).toHaveLength(
    90,
  );
  expect(text).toContain('/rules/templates/en/layout.html');
  expect(text).toContain('고친 안내문 0개');
});

test('a draft is previewed on made-up data, as mail and as text message with its bytes', async () => {
  const admin = await visitors.as('admin');
  const mail = (await admin.get(page)).text;
  expect(mail).toContain('홍길동님, 안녕하십니까.');
  const html = await admin.get(`${page}/html`);
  expect(html.text).toContain('<html lang="ko">');
  expect(html.headers.get('content-security-policy')).toContain('sandbox');
  await write(
    sms,
    'Subject: 결과\n\n{{ receipt_number }} {{ officer.department }} {{ officer.name }} {{ officer.contact }} {{ answer }}\n',
  );
  await write('/rules/templates/ko/withdrawn.sms.txt', 'Subject: 취하\n\n가나다 {{ receipt_number }}\n');
  // Three syllables of two bytes, a blank, and 14 signs of one: 26-0000-0123-4 has 14.
  expect((await admin.get('/rules/templates/ko/withdrawn.sms.txt')).text).toContain('21 / 90바이트');
  expect((await admin.get(sms)).text).toContain('/ 2000바이트');
});

test('what the law wants shown and is missing is named, and nothing can be applied without it', async () => {
  const admin = await visitors.as('admin');
  await write(
    sms,
    'Subject: 결과\n\n{{ receipt_number }} {{ officer.department }} {{ officer.name }} {{ answer }}\n',
  );
  const draft = (await admin.get(sms)).text;
  expect(draft).toContain('officer.contact');
  expect(draft).toMatch(/role="alert"[\s\S]*officer\.contact/);
  const review = (await admin.get(`${sms}/review`)).text;
  expect(review).not.toContain(`action="${sms}/apply"`);
  const forced = await admin.post(`${sms}/apply`, {
    formToken: /name="formToken" value="([^"]+)"/.exec(draft)?.[1] ?? '',
    mark: /name="mark" value="([^"]+)"/.exec(draft)?.[1] ?? '',
    note: '억지로',
  });
  expect(forced.status).toBe(422);
  await write(sms, 'Subject: 결과\n\n{{ receipt_number }}\n{% if answer %}\n');
  expect((await admin.get(sms)).text).toMatch(/<span class="number">4행<\/span>/);
  await admin.fill(sms, `${sms}/discard`, {});
});

test('what was typed over another window’s draft comes back', async () => {
  const admin = await visitors.as('admin');
  const kept = await admin.post(page, {
    formToken: /name="formToken" value="([^"]+)"/.exec((await admin.get(page)).text)?.[1] ?? '',
    mark: 'another',
    source: '내가 적은 <문구>',
  });
  expect(kept.status).toBe(409);
  expect(kept.text).toContain('내가 적은 &lt;문구&gt;');
});

test('a new text is in force in every process without a restart, and the default comes back', async () => {
  const admin = await visitors.as('admin');
  await write(page, words);
  const applied = await admin.fill(`${page}/review`, `${page}/apply`, { note: '쉬운 말로' });
  expect(applied.headers.get('location')).toBe(`${page}?done=rules_applied`);
  const register = async (title: string) => {
    const person = { name: '홍길동', email: 'hong@example.kr', notifyBy: 'email', language: 'ko' };
    await admin.fill('/register', '/register', { ...person, title, body: '내용', kind: 'query' });
    return waitFor(`the notice of ${title}`, async () => {
      const { rows } = await hub.store.pool.query(
        `select o.subject from outbox o join notices n on n.id = o.notice_id join complaints c on c.id = n.complaint_id
         where n.audience = 'complainant' and c.content ->> 'title' = $1`,
        [title],
      );
      return rows[0]?.subject as string | undefined;
    });
  };
  await waitFor('the new words in both processes', async () => {
    const subject = await register(`민원 ${Math.random()}`);
    return subject.startsWith('새 문구');
  });
  // Only the second process is left to send.
  for (let n = 0; n < 3; n += 1) expect(await register(`또 ${n}`)).toMatch(/^새 문구 /);

  await admin.fill(`${page}/review?remove=yes`, `${page}/apply`, { note: '기본으로' });
  await waitFor('the default words', async () =>
    (await register(`기본 ${Math.random()}`)).includes('민원이 접수되었습니다'),
  );
  expect((await admin.get(page)).text).toContain('허브의 기본 문구를 쓰고 있습니다.');
});

test('a test message goes to the person who asks, marked, by the queue of the notices', async () => {
  const admin = await visitors.as('admin');
  await write(page, words);
  const send = (address: string) => admin.fill(page, `${page}/trial`, { address });
  expect((await send('nobody')).headers.get('location')).toContain('done=trial_address');
  expect((await send('admin@example.kr')).headers.get('location')).toContain('done=trial_asked');
  const sent = await waitFor('the test message', async () => {
    const { rows } = await hub.store.pool.query('select * from trial_messages where state = $1', ['sent']);
    return rows[0];
  });
  expect(sent).toMatchObject({
    person: 'admin',
    address: 'admin@example.kr',
    subject: '[시험] 새 문구 26-0000-0123-4',
    provider: 'outbox',
  });
  expect(sent.text).toContain('실제 민원이 아닙니다');
  const { rows } = await hub.store.pool.query(
    `select count(*)::int as n from notices where address = 'admin@example.kr'`,
  );
  expect(rows).toEqual([{ n: 0 }]);
  const phone = await admin.fill(sms, `${sms}/trial`, { address: '02-123-4567' });
  expect(phone.headers.get('location')).toContain('done=trial_address');
  await write(page, 'Subject: x\n\nnothing\n');
  expect((await send('admin@example.kr')).headers.get('location')).toContain('done=trial_problems');
});
