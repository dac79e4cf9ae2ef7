import { describe, expect, test } from 'vitest';
import { samples, toChange } from '../../../../adapters/conformance/samples.ts';
import { inWords } from '../../../support/in-words.ts';
import { hasMaria } from '../../conformance/sql-fixture.ts';
import { bring, openProduct, type Product, readAll } from '../open-product.ts';

/** What is special about WordPress: who may answer, which posts are the board, and its counters. */

const open = (parameters = {}) =>
  openProduct({
    tables: 'wordpress',
    settings: { preset: 'wordpress', parameters: { category: '3', ...parameters } },
  });

async function file({ query }: Product, title: string, { category = 3, set = '' } = {}) {
  await query(
    `insert into wp_posts set post_author = 2, post_title = ?, post_content = '가\\r\\n\\r\\n나', post_date = '2026-11-20 12:00:00', post_modified = '2026-11-20 12:00:00' ${set}`,
    [title],
  );
  await query('insert into wp_term_relationships select max(ID), ? from wp_posts', [category]);
}

const comment = ({ query }: Product, user: number, text: string, set = '') =>
  query(
    `insert into wp_comments set comment_post_ID = 1, user_id = ?, comment_author = '누군가', comment_author_IP = '192.0.2.1', comment_content = ?, comment_date = '2026-11-20 12:10:00' ${set}`,
    [user, text],
  );

async function readOne(product: Product) {
  const pulled = await product.adapter.pull!(undefined, AbortSignal.timeout(10_000));
  const result = await product.adapter.normalise(pulled.posts[0]!.raw);
  if (!result.ok) throw new Error(JSON.stringify(result));
  return { ...result.post, aside: result.aside };
}
const texts = (parts: { text: string }[] = []) => parts.map(({ text }) => text);

describe.runIf(hasMaria())('WordPress', () => {
  test('the published and private posts of the category are the board', async () => {
    const product = await open();
    await file(product, '공개 & 글');
    await file(product, '비공개', { set: ", post_status = 'private'" });
    await file(product, '초안', { set: ", post_status = 'draft'" });
    await file(product, '휴지통', { set: ", post_status = 'trash'" });
    await file(product, '다른 분류', { category: 4 });
    await file(product, '쪽', { set: ", post_type = 'page'" });
    const { posts } = await readAll(product);
    expect(posts).toMatchObject([
      {
        content: {
          title: '공개 & 글',
          body: '가\n\n나',
          complainant: { name: '홍길동', email: 'hong@company.example' },
        },
      },
      { content: { title: '비공개' } },
    ]);
    expect(posts).toHaveLength(2);
  });

  test('editors, administrators and moderators answer; others are counted, also one who plays the hub', async () => {
    const product = await open();
    await file(product, '문의');
    await comment(product, 1, '관리자');
    await comment(product, 4, '편집자');
    await comment(product, 5, '댓글 관리 권한');
    await comment(product, 2, '글쓴이');
    await comment(product, 3, '편집자가 아니게 된 사람');
    await comment(product, 0, '허브라는 손님', ", comment_agent = 'minwon-hub 26-0000017-4/9 answer'");
    await comment(product, 4, '승인 전', ", comment_approved = '0'");
    await comment(product, 4, '다른 곳에서 인용함', ", comment_type = 'pingback'");
    const post = await readOne(product);
    expect(texts(post.answers)).toEqual(['관리자', '편집자', '댓글 관리 권한']);
    expect(texts(post.followUps)).toEqual(['글쓴이']);
    expect(post.aside?.note).toEqual({ code: 'comments_of_others', params: { n: 2 } });
  });

  test('roles and logins given as parameters answer', async () => {
    const product = await open({ officerRoles: 'subscriber', officers: 'kim' });
    await file(product, '문의');
    await comment(product, 1, '관리자');
    await comment(product, 3, '역할');
    await comment(product, 4, '로그인');
    expect(texts((await readOne(product)).answers)).toEqual(['역할', '로그인']);
  });

  test('what is brought is private, nobody’s, and counted as WordPress counts', async () => {
    const product = await open();
    const title = 'R&D <script>alert(1)</script> [gallery]';
    const content = { ...samples.registered.data.content, title, body: '첫 줄 [gallery]\n둘째 줄' };
    const ref = await bring(product, toChange({ type: 'registered', data: { content } }), '26-0000017-4/1');
    const { data } = samples.answered;
    await bring(product, toChange({ type: 'interim_answered', data }, ref), '26-0000017-4/2');
    await bring(product, toChange(samples.answered, ref), '26-0000017-4/3');
    expect(
      await product.query(
        'select post_author, post_status, post_title, post_name, comment_count from wp_posts',
      ),
    ).toEqual([
      {
        post_author: 0,
        post_status: 'private',
        post_title: 'R&amp;D &lt;script&gt;alert(1)&lt;/script&gt; &#91;gallery]',
        post_name: 'minwon-26-0000017-4',
        comment_count: 2,
      },
    ]);
    const { posts } = await readAll(product);
    expect(posts).toMatchObject([
      {
        receiptNumber: '26-0000017-4',
        content: { title, body: content.body },
        status: 'answered',
        answers: [{ interim: true }, { interim: false }],
      },
    ]);
  });

  test('a category that is not there is told', async () => {
    const product = await open({ category: '99' });
    const { lines } = await product.adapter.check(AbortSignal.timeout(10_000));
    expect(inWords(lines.filter(({ ok }) => !ok).map(({ detail }) => detail))).toEqual([
      expect.stringContaining('no category with the number'),
    ]);
  });

  test('no officer’s name runs a script on its pages, and every name comes back as it was written', async () => {
    const product = await open();
    const name = '<img src="x" onerror=alert(1)> 한&영';
    const ref = await bring(product, toChange(samples.registered), '26-0000017-4/1');
    const answer = { ...samples.answered.data.answer, officer: { name } };
    const answered = { type: 'answered', data: { ...samples.answered.data, answer } } as const;
    await bring(product, toChange(answered, ref), '26-0000017-4/2');
    expect(await product.query('select comment_author from wp_comments')).toEqual([
      { comment_author: '&lt;img src=&quot;x&quot; onerror=alert(1)&gt; 한&amp;영' },
    ]);
    expect(await readOne(product)).toMatchObject({ answers: [{ officer: { name } }] });
  });
});
