import { describe, expect, test } from 'vitest';
import { samples, toChange } from '../../../../adapters/conformance/samples.ts';
import { inWords } from '../../../support/in-words.ts';
import { hasMaria } from '../../conformance/sql-fixture.ts';
import { bring, openProduct, type Product, push, readAll } from '../open-product.ts';

/** What is special about Drupal's Webform: who can set an answer, rows that are not there, and times in seconds. */

const open = (parameters = {}) =>
  openProduct({
    tables: 'webform7',
    settings: {
      preset: 'webform7',
      parameters: {
        form: '1',
        title: '1',
        body: '2',
        name: '3',
        email: '4',
        state: '5',
        answer: '6',
        ...parameters,
      },
    },
  });

/** 2026-11-20 12:00 in Korea. */
const noon = Date.UTC(2026, 10, 20, 3) / 1000;

interface Filed {
  uid?: number;
  draft?: number;
  form?: number;
  address?: string;
  at?: number;
}

/** Files as the form does. Returns the submission's number. */
async function file(
  { query }: Product,
  fields: Record<number, string>,
  { uid = 0, draft = 0, form = 1, address = '192.0.2.1', at = noon }: Filed = {},
): Promise<number> {
  await query(
    'insert into webform_submissions (nid, `serial`, uid, is_draft, submitted, completed, modified, remote_addr) select ?, count(*) + 1, ?, ?, ?, ?, ?, ? from webform_submissions s',
    [form, uid, draft, at, at, at, address],
  );
  const [row] = await query('select max(sid) as sid from webform_submissions');
  const sid = Number(row?.sid);
  for (const [cid, data] of Object.entries(fields))
    await query("insert into webform_submitted_data values (?, ?, ?, '0', ?)", [form, sid, cid, data]);
  return sid;
}

const filed = { 1: '제목', 2: '내용', 3: '이름', 4: '' };

describe.runIf(hasMaria())('Drupal Webform', () => {
  test('finished submissions of the form are the board', async () => {
    const product = await open();
    await file(product, { ...filed, 2: '가\r\n나', 4: 'kim@home.example' });
    await file(product, { ...filed, 1: '회원', 3: ' ' }, { uid: 2 });
    await file(product, filed, { draft: 1 });
    await file(product, filed, { form: 2 });
    const { posts } = await readAll(product);
    expect(posts).toMatchObject([
      {
        content: {
          body: '가\n나',
          filedAt: '2026-11-20T12:00:00+09:00',
          complainant: { name: '이름', email: 'kim@home.example' },
        },
      },
      { content: { title: '회원', complainant: { name: 'hong', email: 'hong@company.example' } } },
    ]);
    expect(posts).toHaveLength(2);
  });

  test('what changed since is found by seconds, and nothing before', async () => {
    const product = await open();
    await file(product, filed);
    const { cursor } = await readAll(product);
    expect((await readAll(product, cursor)).ids).toEqual([]);
    const late = await file(product, filed, { at: noon + 3600 });
    expect((await readAll(product, cursor)).ids).toEqual([String(late)]);
  });

  test('an answer counts only with a state that no citizen can set', async () => {
    const product = await open();
    await file(product, { ...filed, 5: 'answered', 6: '답변입니다' });
    await file(product, { ...filed, 5: 'in_progress', 6: '쓰는 중' });
    await file(product, { ...filed, 5: 'answered', 6: ' ' });
    const { posts } = await readAll(product);
    expect(posts.map(({ status, answers }) => [status, answers?.map(({ text }) => text)])).toEqual([
      ['answered', ['답변입니다']],
      ['in_progress', []],
      ['answered', []],
    ]);
    await product.query('update webform_component set extra = \'a:1:{s:7:"private";b:0;}\' where cid = 5');
    const open_ = await readAll(product);
    expect(open_.posts.map(({ status, answers }) => [status, answers?.length])).toEqual([
      ['received', 0],
      ['received', 0],
      ['received', 0],
    ]);
    const { lines } = await product.adapter.check(AbortSignal.timeout(10_000));
    expect(inWords(lines.filter(({ ok }) => !ok).map(({ detail }) => detail))).toEqual([
      expect.stringContaining('could set the state'),
    ]);
  });

  test('the right to edit one’s own submissions is told', async () => {
    const product = await open();
    await product.query("insert into role_permission values (2, 'edit own webform submissions')");
    const { lines } = await product.adapter.check(AbortSignal.timeout(10_000));
    expect(inWords(lines.filter(({ ok }) => !ok).map(({ detail }) => detail))).toEqual([
      expect.stringContaining('Edit own webform submissions'),
    ]);
  });

  test('an answer also reaches what was filed before the form had its field', async () => {
    const product = await open();
    const sid = await file(product, { 1: '제목', 2: '내용', 3: '이름' });
    const answered = toChange(samples.answered, { externalId: String(sid) });
    await bring(product, answered, '26-0000017-4/2');
    await bring(product, answered, '26-0000017-4/2');
    const rows = await product.query(
      'select cid, data from webform_submitted_data where cid > 4 order by cid',
    );
    expect(rows).toEqual([
      { cid: 5, data: 'answered' },
      { cid: 6, data: expect.stringContaining(samples.answered.data.answer.text) },
    ]);
    expect((await readAll(product)).posts).toMatchObject([
      { answers: [{ text: samples.answered.data.answer.text }] },
    ]);
    const elsewhere = await file(product, filed, { form: 2 });
    const outcome = await push(product, toChange(samples.answered, { externalId: String(elsewhere) }), 'k/1');
    expect(outcome.kind).toBe('refused');
  });

  test('what is brought is nobody’s, numbered on, and no citizen’s submission passes for it', async () => {
    const product = await open();
    await file(product, filed);
    const ref = await bring(product, toChange(samples.registered), '26-0000017-4/1');
    expect(
      await product.query(
        'select `serial`, uid, is_draft, remote_addr from webform_submissions where sid = ?',
        [ref.externalId],
      ),
    ).toEqual([{ serial: 2, uid: 0, is_draft: 0, remote_addr: '[minwon-hub 26-0000017-4/1]' }]);
    await file(product, filed, { uid: 2, address: '[minwon-hub 26-0000099-9/1]' });
    const { posts } = await readAll(product);
    expect(posts.map(({ receiptNumber }) => receiptNumber)).toEqual([undefined, undefined, '26-0000017-4']);
  });
});
