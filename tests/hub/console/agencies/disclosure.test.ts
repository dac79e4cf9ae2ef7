import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Agency } from '../../../../schemas/index.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { createVisitor } from '../console-server.ts';
import { insertComplaint, insertUsers } from '../sample-board.ts';

const plain: Agency = { code: 'plain', name: { ko: '기본 기관' }, officers: [{ name: '김' }] };
const chosen: Agency = {
  ...{ code: 'chosen', name: { ko: '고른 기관' }, officers: [{ name: '이' }] },
  disclosure: { assignee: ['name', 'phone'], standIns: { phone: '+82100000000' } },
};
let hub: TestHub;
let visitor: ReturnType<typeof createVisitor>;

beforeAll(async () => {
  hub = await startTestHub([plain, chosen], { rules: [], default: 'plain' });
  await insertUsers(hub.store);
  visitor = createVisitor(hub.url);
  await visitor.signIn('admin');
});
afterAll(() => hub.stop());

/** The card of an agency, as text. */
async function readCard(code: string): Promise<string> {
  const { text } = await visitor.get(`/agencies/${code}`);
  const card = /<section class="card" aria-labelledby="disclosure">(.*?)<\/section>/s.exec(text)?.[1] ?? '';
  return card
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll(' ,', ',')
    .trim();
}

test('the page of an agency says which items it gets in each role, and whether somebody chose them', async () => {
  const lean = await readCard('plain');
  expect(lean).toContain(
    '접수기관 기본 이름, 업체·단체, 회신받을 연락처, 전자우편 주소, 전화번호, 첨부 파일',
  );
  expect(lean).toContain('처리기관 기본 이름, 업체·단체, 회신받을 연락처, 첨부 파일');
  expect(lean).toContain('협조기관 기본 가린 이름, 첨부 파일');
  expect(lean).toContain('공유기관 기본 없음(가린 이름만)');
  const own = await readCard('chosen');
  expect(own).toContain('처리기관 기관 설정 이름, 전화번호');
  expect(own).toContain('대신 적는 값 전화번호 → +82100000000');
});

test('the log of provisions says what was sent and what was not', async () => {
  const { id, links } = await insertComplaint(hub.store, { origin: 'plain', assignee: 'chosen' });
  const { rows } = await hub.store.pool.query(
    `insert into provisions (complaint_id, agency, way, recipient, seq, items, withheld, purpose, basis, certain, source)
     values ($1, 'chosen', 'board', '', 1, '{name,phone,text}', '{email,files}', 'handling', 'act_16', true, $2)
     returning (select receipt_number from complaints where id = $1) as number`,
    [id, links.chosen],
  );
  const { text } = await visitor.get(`/provisions?number=${rows[0].number}`);
  const line = text
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll(' ,', ',');
  expect(line).toContain('이름, 전화번호, 민원 내용 보내지 않음: 전자우편 주소, 첨부 파일');
  const csv = await visitor.get(`/provisions/csv?number=${rows[0].number}`);
  const [head, row] = csv.text.trim().split(/\r?\n/);
  expect(head?.split(',').at(-1)).toBe('withheld');
  expect(row).toMatch(/email files$/);
});
