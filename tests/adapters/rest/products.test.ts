import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkBoardSettings, createAdapter } from '../../../adapters/registry.ts';
import { Agency, compile } from '../../../schemas/index.ts';
import { inWords } from '../../support/in-words.ts';

const folder = new URL('../../../adapters/rest/products/', import.meta.url);
const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml'));
const readProduct = async (name: string) =>
  parse(await readFile(new URL(name, folder), 'utf8')) as Agency & { board: NonNullable<Agency['board']> };

test.each(files)('%s is a valid configuration', async (name) => {
  const agency = await readProduct(name);
  expect(compile(Agency)(agency)).toMatchObject({ ok: true });
  expect(checkBoardSettings(agency.board)).toEqual([]);
});

test('the README names every file', async () => {
  const readme = await readFile(new URL('README.md', folder), 'utf8');
  for (const name of files) expect(readme).toContain(`](${name})`);
});

async function normalise(name: string, raw: unknown) {
  const { code: agency, board } = await readProduct(name);
  const adapter = createAdapter(board, { agency, timeZone: 'Asia/Seoul', secret: () => '' });
  const result = await adapter.normalise(raw);
  await adapter.close();
  return inWords(result);
}

/** An issue as Redmine 5 gives it, with one note of each kind of person. */
test('redmine.yaml: notes by officer, passer-by, writer and hub; files of the post and of a note', async () => {
  const by = (id: number, name: string) => ({ id, name });
  const note = (id: number, user: object, notes: string | null, minute: number, details: object[] = []) => ({
    id,
    user,
    notes,
    created_on: `2026-11-20T01:0${minute}:00Z`,
    private_notes: false,
    details,
  });
  const file = (id: number, filename: string, minute: number) => ({
    id,
    filename,
    filesize: 3,
    content_type: 'text/plain',
    created_on: `2026-11-20T01:0${minute}:00Z`,
  });
  const resolved = { property: 'attr', name: 'status_id', old_value: '1', new_value: '3' };
  const attached = { property: 'attachment', name: '2', old_value: null, new_value: '점검표.txt' };
  const raw = {
    officers: [6],
    me: 5,
    issue: {
      author: by(8, '홍길동'),
      attachments: [file(1, '사진.txt', 0), file(2, '점검표.txt', 5), file(3, '숨은 메모의 파일.txt', 2)],
      journals: [
        note(1, by(6, '김담당'), '확인 중입니다', 1),
        note(2, by(9, '지나가던 시민'), '저도요', 2),
        note(3, by(8, '홍길동'), '언제요?', 3),
        note(4, by(6, '김담당'), null, 4, [{ property: 'attr', name: 'done_ratio', new_value: '50' }]),
        note(5, by(6, '김담당'), '고쳤습니다', 5, [attached, resolved]),
        note(6, by(5, '연계'), '[민원인 추가 질의]', 6),
      ],
    },
    item: {
      id: 2,
      subject: '가로등 고장',
      description: '꺼져 있습니다',
      status: { id: 3, name: '해결' },
      author: by(8, '홍길동'),
      custom_fields: [{ id: 1, name: '접수번호', value: '' }],
      created_on: '2026-11-20T01:00:00Z',
      updated_on: '2026-11-20T01:06:00Z',
    },
  };
  expect(await normalise('redmine.yaml', raw)).toMatchObject({
    ok: true,
    post: {
      content: { title: '가로등 고장', body: '꺼져 있습니다', attachments: [{ id: '1', name: '사진.txt' }] },
      status: 'answered',
      answers: [
        { id: '1', interim: true, text: '확인 중입니다', attachments: [] },
        { id: '5', interim: false, text: '고쳤습니다', attachments: [{ id: '2', name: '점검표.txt' }] },
      ],
      followUps: [{ id: '3', text: '언제요?' }],
    },
    aside: { note: expect.stringContaining('1') },
  });
});

test('rt.yaml: the text of a transaction, plain or HTML; who is staff; what was resolved', async () => {
  const at = (second: number) => `2026-11-20T01:00:${String(second).padStart(2, '0')}Z`;
  const person = (id: string, staff: number) => ({ id, name: `이름 ${id}`, email: `${id}@x.example`, staff });
  const raw = {
    transactions: [
      { id: '1', type: 'Create', by: 'hong', at: at(0) },
      { id: '2', type: 'Correspond', by: 'kim', at: at(10) },
      { id: '3', type: 'Correspond', by: 'park', at: at(20) },
      { id: '4', type: 'Correspond', by: 'hong', at: at(30) },
      { id: '5', type: 'Correspond', by: 'hub', at: at(35) },
      { id: '6', type: 'Correspond', by: 'kim', at: at(40) },
      { id: '7', type: 'Status', by: 'kim', at: at(41) },
    ],
    parts: [{ id: '61', of: '6', type: 'text/plain', name: '점검표.txt', size: 3 }],
    texts: ['신호가 짧습니다', '확인 중', '저도요', '언제요?', '허브의 글', '늘렸습니다'].map((text, n) => ({
      of: String(n + 1),
      text,
    })),
    people: [person('hong', 0), person('kim', 1), person('park', 0), person('hub', 1)],
    item: {
      id: '7',
      title: '횡단보도',
      status: 'resolved',
      requestor: 'hong',
      created: at(0),
      updated: at(41),
    },
  };
  expect(await normalise('rt.yaml', raw)).toMatchObject({
    ok: true,
    post: {
      content: { body: '신호가 짧습니다', complainant: { name: '이름 hong', email: 'hong@x.example' } },
      status: 'answered',
      answers: [
        { id: '2', interim: true, text: '확인 중', officer: { name: '이름 kim' } },
        {
          id: '6-final',
          interim: false,
          text: '늘렸습니다',
          attachments: [{ id: '61', name: '점검표.txt' }],
        },
      ],
      followUps: [{ id: '4', text: '언제요?' }],
    },
  });
});

test('znuny.yaml: articles by agents, by the writer and by others; what is lost and what was closed', async () => {
  const at = (second: number) => `2026-11-20T01:00:${String(second).padStart(2, '0')}Z`;
  const article = (id: number, role: string, by: number, from: string, text: string) => ({
    id: String(id),
    role,
    by,
    from,
    at: at(id),
    type: id === 15 ? 'text/html' : 'text/plain',
    text,
    files: [],
  });
  const hong = '"홍길동" <Hong@x.example>';
  const raw = {
    articles: [
      article(10, 'customer', 1, hong, '요금이 많습니다'),
      article(11, 'agent', 3, '김담당', '확인 중'),
      article(12, 'customer', 1, '박 <park@x.example>', '저도요'),
      article(13, 'customer', 1, 'hong@x.example', '언제요?'),
      article(14, 'agent', 2, '연계', '허브의 글'),
      article(15, 'agent', 3, '김담당', '<p>고쳤습니다</p>'),
    ],
    closed: [at(15)],
    item: { id: '3', title: '수도 요금', state: 'closed successful', created: at(10), changed: at(15) },
  };
  expect(await normalise('znuny.yaml', raw)).toMatchObject({
    ok: true,
    post: {
      content: { body: '요금이 많습니다', complainant: { name: '홍길동', email: 'hong@x.example' } },
      status: 'answered',
      answers: [
        { id: '11', interim: true, text: '확인 중', officer: { name: '김담당' } },
        { id: '15-final', interim: false, text: '고쳤습니다' },
      ],
      followUps: [{ id: '13', text: '언제요?' }],
    },
    aside: { note: expect.stringContaining('1') },
  });
});
