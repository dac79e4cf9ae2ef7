import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { beginMail, findDueMails } from '../../../../hub/access/accounts/account-mails.ts';
import { createUser } from '../../../../hub/access/people/users.ts';
import { pdf } from '../../../support/sample-files.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { createVisitor, toHidden } from '../console-server.ts';
import { sampleDirectory } from '../sample-agencies.ts';
import { insertUsers, samplePassword } from '../sample-board.ts';

let hub: TestHub;
const visitors = new Map<string, ReturnType<typeof createVisitor>>();

beforeAll(async () => {
  const agencies = sampleDirectory.listAgencies().map(({ board: _, ...agency }) => agency);
  const reviewing = agencies.map((agency) =>
    agency.code === 'road' ? { ...agency, answers: { review: { kinds: ['grievance' as const] } } } : agency,
  );
  hub = await startTestHub(reviewing, {
    rules: [{ to: 'road', when: { category: ['교통'] } }],
    default: 'tax',
  });
  await insertUsers(hub.store);
  const second = { login: 'road2', name: '최팀장', role: 'officer', agency: 'road' } as const;
  await createUser(hub.store, { ...second, password: samplePassword });
  for (const login of ['counsellor', 'tax', 'road', 'road2', 'admin']) {
    const visitor = createVisitor(hub.url);
    await visitor.signIn(login);
    visitors.set(login, visitor);
  }
});
afterAll(() => hub.stop());

const as = (login: string) => visitors.get(login) as ReturnType<typeof createVisitor>;

async function register(kind: string, more: object = {}): Promise<string> {
  const call = {
    name: '홍길동',
    phone: '010-1234-5678',
    language: 'ko',
    title: '처분을 바꿔 주십시오',
    body: '내용',
  };
  const sent = await as('counsellor').fill('/register', '/register', { ...call, kind, ...more });
  return sent.headers.get('location')?.split('?')[0] ?? '';
}
const answersOf = async (path: string): Promise<string[]> => {
  const { rows } = await hub.store.pool.query<{ text: string }>(
    `select e.data #>> '{answer,text}' as text from events e join complaints c on c.id = e.complaint_id
     where c.receipt_number = $1 and e.type = 'answered' order by e.seq`,
    [path.split('/').pop()],
  );
  return rows.map(({ text }) => text);
};
const officer = { officer: '이세무', contact: '051-123-4567' };
const parts = {
  asked: '과세를 취소해 달라고 하셨습니다.',
  result: 'partly',
  decided: '가산세만 취소합니다.',
  why: '본세는 기한을 넘겼습니다.',
  remedies: '90일 안에 심판청구',
};

describe('an answer to what asks for a decision', () => {
  test('is refused without its parts, each at its field with the article, and goes out as one text', async () => {
    const path = await register('grievance');
    const action = `${path}/answer`;
    const sent = await as('tax').fill(path, action, {
      ...officer,
      ...parts,
      why: '',
      remedies: '',
      contact: '',
    });
    expect(sent.status).toBe(422);
    expect(sent.text).toMatch(/id="answer-why-problem"><span>[^<]*법 제27조/);
    expect(sent.text).toMatch(/id="answer-remedies-problem"><span>[^<]*법 제27조/);
    expect(sent.text).toMatch(/id="answer-contact-problem"><span>[^<]*시행령 제31조/);
    expect(sent.text).toContain('가산세만 취소합니다.</textarea>');
    expect(sent.text).not.toContain('id="answer-decided-problem"');
    // What is accepted needs no way to object.
    const accepted = await as('tax').fill(path, action, {
      ...officer,
      ...parts,
      result: 'accepted',
      remedies: '',
    });
    expect(accepted.status).toBe(200);
    const asked = await as('tax').fill(path, action, { ...officer, ...parts });
    const text =
      '1. 민원 요지\n과세를 취소해 달라고 하셨습니다.\n\n2. 처리 결과\n[일부 수용]\n가산세만 취소합니다.\n\n' +
      '3. 이유\n본세는 기한을 넘겼습니다.\n\n4. 구제 방법\n90일 안에 심판청구';
    expect(asked.text).toContain(text);
    await as('tax').post(action, { ...toHidden(asked.text, action), confirmed: '1' });
    expect(await answersOf(path)).toEqual([text]);
    // One more is a second answer, and is called so.
    expect((await as('tax').get(path)).text).not.toContain('<h3>재답변');
    await as('tax').fill(path, action, { ...officer, ...parts, confirmed: '1' });
    expect(await answersOf(path)).toHaveLength(2);
    expect((await as('tax').get(path)).text).toContain('<h3>재답변');
  });

  test('is asked for by the kind that the agency gave the complaint', async () => {
    const path = await register('query');
    expect((await as('tax').get(path)).text).not.toContain('name="decided"');
    const step = `${path}/step-classified`;
    await as('tax').fill(`${path}?step=classified`, step, { as: 'grievance', reason: '시정을 구합니다' });
    expect((await as('tax').get(path)).text).toContain('name="decided"');
    const sent = await as('tax').fill(path, `${path}/answer`, { ...officer, ...parts, decided: '' });
    expect(sent.text).toMatch(/id="answer-decided-problem"/);
    // All steps have one kind of notice. The page says which step each notice tells of.
    const longer = { ...officer, amount: '2', reason: '현장을 봅니다', confirmed: '1' };
    await as('tax').fill(`${path}?step=extended`, `${path}/step-extended`, longer);
    expect((await as('tax').get(path)).text).toContain('처리 절차 안내: 처리기간 연장');
  });
});

describe('an answer that a second person releases', () => {
  const action = (path: string) => `${path}/answer`;
  const decideAs = async (login: string, path: string, decision: string, comment = '') => {
    const { text } = await as(login).get(path);
    const [, address = '', formToken = ''] = [
      '',
      new RegExp(`${path}/reviews/[0-9a-f-]+`).exec(text)?.[0] ?? `${path}/reviews/none`,
      /name="formToken" value="([^"]+)"/.exec(text)?.[1] ?? '',
    ];
    return as(login).post(`${address}/${decision}`, { formToken, comment });
  };
  const writeAs = (login: string, path: string, more: object = {}) =>
    as(login).fill(path, action(path), { ...officer, ...parts, confirmed: '1', ...more });

  test('waits, is returned with a comment, mended and released by somebody else', async () => {
    const path = await register('grievance', { category: '교통' });
    const asked = await as('road').fill(path, action(path), { ...officer, ...parts });
    expect(asked.text).toContain('결재 올리기');
    expect((await writeAs('road', path)).headers.get('location')).toBe(`${path}?done=review_asked`);
    expect(await answersOf(path)).toEqual([]);
    // Nobody releases his own, and no second answer is written beside it.
    const own = await as('road').get(path);
    expect(own.text).toContain('결재 대기');
    expect((await as('counsellor').get(path)).text).not.toContain('가산세만 취소합니다.');
    expect(own.text).not.toContain('/release"');
    expect(own.text).not.toContain('id="form-answer"');
    const address = /\/complaints\/[^"]+\/reviews\/[0-9a-f-]+/.exec(own.text)?.[0] ?? '';
    const formToken = /name="formToken" value="([^"]+)"/.exec(own.text)?.[1] ?? '';
    expect((await as('road').post(`${address}/release`, { formToken })).status).toBe(422);
    const again = await as('road').post(action(path), {
      formToken,
      key: 'k2',
      ...officer,
      ...parts,
      confirmed: '1',
    });
    expect(again.status).toBe(422);
    expect(again.text).toContain('결재를 기다리는 답변이 있습니다');
    expect((await as('road2').get('/')).text).toContain('결재할 답변');

    const empty = await decideAs('road2', path, 'return');
    expect(empty.status).toBe(422);
    expect(empty.text).toContain('반려 사유를 적으십시오');
    const returned = await decideAs('road2', path, 'return', '기한을 <b>바로</b> 적으십시오');
    expect(returned.headers.get('location')).toBe(`${path}?done=review_returned`);
    const home = (await as('road').get('/')).text;
    expect(home).toContain('돌려받은 기안');
    expect(home).toContain('기한을 &lt;b&gt;바로&lt;/b&gt; 적으십시오');
    const open = (await as('road').get(`${path}?draft=answer`)).text;
    expect(open).toContain('가산세만 취소합니다.</textarea>');

    await writeAs('road', path, { remedies: '60일 안에 이의신청' });
    const released = await decideAs('road2', path, 'release');
    expect(released.headers.get('location')).toBe(`${path}?done=review_released`);
    expect(await answersOf(path)).toEqual([expect.stringContaining('60일 안에 이의신청')]);
    expect((await decideAs('road2', path, 'release')).status).toBe(404);
    const { rows } = await hub.store.pool.query(
      "select action, actor from audit_entries where action like 'answer.%' and subject = $1 order by id",
      [`complaint ${path.split('/').pop()}`],
    );
    expect(rows).toEqual([
      { action: 'answer.review_asked', actor: 'road' },
      { action: 'answer.returned', actor: 'road2' },
      { action: 'answer.review_asked', actor: 'road' },
      { action: 'answer.released', actor: 'road2' },
    ]);
  });

  test('is taken back by its author, and brings its files once it is released', async () => {
    const path = await register('grievance', { category: '교통' });
    await writeAs('road', path);
    const taken = await decideAs('road', path, 'withdraw');
    expect(taken.headers.get('location')).toBe(`${path}?done=review_withdrawn`);
    const form = new FormData();
    const hidden = toHidden((await as('road').get(path)).text, action(path));
    for (const [name, value] of Object.entries({ ...hidden, ...officer, ...parts, confirmed: '1' }))
      form.append(name, value);
    form.append('file', new Blob([new Uint8Array(pdf())]), '결정서.pdf');
    await as('road').call(action(path), { method: 'POST', body: form });
    const { rows } = await hub.store.pool.query(
      "select kept_until > now() + interval '80 days' as kept from uploads where name = '결정서.pdf'",
    );
    expect(rows).toEqual([{ kept: true }]);
    expect((await decideAs('tax', path, 'release')).status).toBe(404);
    // Given back, it has its file still, which goes up again with the mended answer.
    await decideAs('road2', path, 'return', '금액을 적으십시오');
    const open = (await as('road').get(`${path}?draft=answer`)).text;
    const [, id = ''] = /name="uploaded" value="([^"]+)" checked> 결정서\.pdf/.exec(open) ?? [];
    const mended = new FormData();
    const again = { ...toHidden(open, action(path)), ...officer, ...parts, uploaded: id, confirmed: '1' };
    for (const [name, value] of Object.entries(again)) mended.append(name, value);
    await as('road').call(action(path), { method: 'POST', body: mended });
    await decideAs('admin', path, 'release');
    expect(await answersOf(path)).toHaveLength(1);
    expect((await as('road').get(path)).text).toContain('결정서.pdf');
  });

  test('is told to those who may release it, by mail, as long as it waits', async () => {
    const { pool } = hub.store;
    await pool.query(
      "update users set email = login || '@agency.example' where login in ('road', 'road2', 'tax')",
    );
    const path = await register('grievance', { category: '교통' });
    await writeAs('road', path);
    const number = path.split('/').pop();
    const { rows: mails } = await pool.query(
      "select id, address, facts from account_mails where kind = 'answer_waiting' and facts ->> 'number' = $1",
      [number],
    );
    // Nobody of another agency, and not the person who wrote it.
    expect(mails).toMatchObject([{ address: 'road2@agency.example', facts: { author: '박도로' } }]);
    // Without a mail server its text is kept.
    const text = await waitFor('the mail goes out', async () => {
      const { rows } = await pool.query('select kept from account_mails where id = $1', [mails[0].id]);
      return (rows[0]?.kept as string | null) ?? undefined;
    });
    expect(text).toContain(`민원 ${number}에 박도로 님이 쓴 답변이 결재를 기다립니다.`);
    for (const secret of ['홍길동', '처분을 바꿔', '가산세']) expect(text).not.toContain(secret);
    // Decided before the mail went out, it goes to nobody.
    const begin = async () => {
      // Tomorrow, so that the hub itself leaves it alone.
      const tomorrow = new Date(Date.now() + 24 * 3_600_000);
      await pool.query("update account_mails set state = 'due', next_at = $1 where id = $2", [
        tomorrow,
        mails[0].id,
      ]);
      const due = await findDueMails(hub.store, tomorrow, [], 50);
      const found = due.find(({ id }) => id === mails[0].id);
      return found && (await beginMail(hub.store, found, tomorrow));
    };
    expect(await begin()).toMatchObject({ login: 'road2', token: null });
    await decideAs('road2', path, 'return', '금액을 적으십시오');
    expect(await begin()).toBeUndefined();
  });

  test('is needed for the kinds of that agency alone', async () => {
    const query = await register('query', { category: '교통' });
    await as('road').fill(query, action(query), { ...officer, text: '네', confirmed: '1' });
    expect(await answersOf(query)).toEqual(['네']);
  });
});
