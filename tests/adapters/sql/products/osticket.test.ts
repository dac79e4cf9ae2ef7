import { describe, expect, test } from 'vitest';
import { samples, toChange } from '../../../../adapters/conformance/samples.ts';
import { hasMaria } from '../../conformance/sql-fixture.ts';
import { bring, openProduct, readAll } from '../open-product.ts';

/** What is special about osTicket: what its pages make of titles and names. */

const { content } = samples.registered.data;
const open = () =>
  openProduct({
    tables: 'osticket',
    settings: { preset: 'osticket', parameters: { topic: '1', user: '1' } },
  });

/**
 * A title; its subject, from which the pages of osTicket 1.18 show that title (they decode once, clean, and escape what
 * is no entity: Format::htmlchars with `sanitize`); and its HTML, because they show an entry's title as it is stored.
 */
const titles = [
  ['R&D 과제 문의', 'R&D 과제 문의', 'R&D 과제 문의'],
  ['3 < 5 & "따옴표"', '3 < 5 & "따옴표"', '3 &lt; 5 & "따옴표"'],
  [
    'R&D <script>alert(1)</script> 신청',
    'R&D &amp;lt;script>alert(1)&amp;lt;/script> 신청',
    'R&D &lt;script>alert(1)&lt;/script> 신청',
  ],
  ['HTML의 &lt; 표기', 'HTML의 &amp;amp;lt; 표기', 'HTML의 &amp;lt; 표기'],
  ['&amp;lt; 뜻', '&amp;amp;amp;lt; 뜻', '&amp;amp;lt; 뜻'],
  ['a<b', 'a&amp;lt;b', 'a&lt;b'],
  ['<!-- 뺄 것 --> &#60;', '&amp;lt;!-- 뺄 것 --> &amp;amp;#60;', '&lt;!-- 뺄 것 --> &amp;#60;'],
] as const;

describe.runIf(hasMaria())('osTicket', () => {
  test.each(titles)('the title %s stands on its pages as it was written', async (title, subject, html) => {
    const product = await open();
    const registered = { type: 'registered', data: { content: { ...content, title } } } as const;
    await bring(product, toChange(registered), '26-0000017-4/1');
    expect(await product.query('select value from ost_form_entry_values where field_id = 20')).toEqual([
      { value: subject },
    ]);
    expect(await product.query('select subject from ost_ticket__cdata')).toEqual([{ subject }]);
    expect(await product.query('select title from ost_thread_entry')).toEqual([{ title: html }]);
    expect((await readAll(product)).posts).toMatchObject([{ content: { title } }]);
  });

  test('no name runs a script on its pages, and every name comes back as it was written', async () => {
    const product = await open();
    const name = '<img src=x onerror=alert(1)> &lt; 이한빛';
    const shown = '&lt;img src=x onerror=alert(1)> &amp;lt; 이한빛';
    const complainant = { ...content.complainant, name };
    const registered = { type: 'registered', data: { content: { ...content, complainant } } } as const;
    const ref = await bring(product, toChange(registered), '26-0000017-4/1');
    const answer = { ...samples.answered.data.answer, officer: { name } };
    const answered = { type: 'answered', data: { ...samples.answered.data, answer } } as const;
    await bring(product, toChange(answered, ref), '26-0000017-4/2');
    // Pages show a user's own name in place of the poster, so an entry belongs to nobody.
    expect(await product.query('select poster, user_id from ost_thread_entry')).toEqual([
      { poster: shown, user_id: 0 },
      { poster: shown, user_id: 0 },
    ]);
    expect((await readAll(product)).posts).toMatchObject([
      { content: { complainant: { name } }, answers: [{ officer: { name } }] },
    ]);
  });

  test('a ticket that osTicket has begun and not finished is no post yet', async () => {
    const product = await open();
    await product.query(
      "insert into ost_ticket set number = '123456', user_id = 2, topic_id = 1, created = now(), updated = now()",
    );
    expect((await readAll(product)).ids).toEqual([]);
    await product.query('update ost_ticket set status_id = 1');
    const pulled = await product.adapter.pull!(undefined, AbortSignal.timeout(10_000));
    expect(pulled.posts.map(({ externalId }) => externalId)).toEqual(['1']);
  });

  test('further questions are the complainant’s, those of earlier hubs too', async () => {
    const product = await open();
    const ref = await bring(product, toChange(samples.registered), '26-0000017-4/1');
    const followedUp = { type: 'followed_up', data: { followUp: { text: '언제까지인가요?' } } } as const;
    await bring(product, toChange(followedUp, ref), '26-0000017-4/2');
    await product.query(
      "insert into ost_thread_entry set thread_id = 1, user_id = 1, type = 'M', body = '전에 물은 것', created = now()",
    );
    expect((await readAll(product)).posts).toMatchObject([
      { followUps: [{ text: '언제까지인가요?' }, { text: '전에 물은 것' }] },
    ]);
  });

  test('what people of the desk write in a title is read as it is kept', async () => {
    const product = await open();
    await bring(product, toChange(samples.registered), '26-0000017-4/1');
    await product.query("update ost_form_entry_values set value = 'R&D 3 < 5' where field_id = 20");
    expect((await readAll(product)).posts).toMatchObject([{ content: { title: 'R&D 3 < 5' } }]);
  });
});
