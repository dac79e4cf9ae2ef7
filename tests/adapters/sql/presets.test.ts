import { describe, expect, test } from 'vitest';
import { samples, toChange } from '../../../adapters/conformance/samples.ts';
import type { SqlSettings } from '../../../adapters/sql/config.ts';
import { listPresets } from '../../../adapters/sql/preset.ts';
import { inWords } from '../../support/in-words.ts';
import { hasMaria } from '../conformance/sql-fixture.ts';
import { bring, find, openProduct, type Product, push, readAll } from './open-product.ts';

/** Each preset against its product's tables on a real MariaDB, with the rights that it needs and no more. */

const { content } = samples.registered.data;
const { answer } = samples.answered.data;
const receiptNumber = '26-0000017-4';
const registered = toChange(samples.registered);
const followedUp = (ref: { externalId: string }) =>
  toChange({ type: 'followed_up', data: { followUp: { text: '언제까지인가요?' } } }, ref);

interface Case {
  tables: string;
  /** The offset of the times in its tables. */
  offset?: string;
  /** Signs of a title that does not fit. Null: its column takes more than any title has. */
  tooLong?: number | null;
  settings: Partial<SqlSettings>;
  /** A person files on the board itself: 홍길동 asks 자금 문의. */
  file(product: Product): Promise<unknown>;
  /** An officer answers that post there. */
  reply(product: Product, id: string): Promise<unknown>;
}

const rhymix: Case = {
  tables: 'rhymix2',
  settings: {
    preset: 'rhymix2',
    parameters: { prefix: 'rx_', module: '77', title: 'shown' },
  },
  file: ({ query }) =>
    query(`insert into rx_documents set document_srl = 50, module_srl = 77, title = '자금 문의', content = '<p>서류가 &lt;무엇&gt;인가요?</p>',
        user_name = '홍길동', nick_name = '길동', email_address = 'hong@company.example', regdate = '20261120120000', last_update = '20261120120000', list_order = -50`),
  reply: ({ query }, id) =>
    query(
      `insert into rx_comments set comment_srl = 51, module_srl = 77, document_srl = ?, member_srl = 5, user_id = 'admin', nick_name = '김담당', content = '<p>사업자등록증입니다</p>', regdate = '20261120121000'`,
      [id],
    ),
};

const reader = 'USRCNFRM_00000000009';
const cases: Record<string, Case> = {
  'gnuboard5-board': {
    tables: 'gnuboard5',
    settings: { preset: 'gnuboard5-board', parameters: { board: 'minwon', title: 'shown' } },
    file: async ({ query }) => {
      await query(`insert into g5_write_minwon set wr_num = -1, wr_subject = '자금 문의', wr_content = '서류가 <무엇>인가요?',
        mb_id = 'hong', wr_name = '홍길동', wr_email = 'hong@company.example', wr_ip = '192.0.2.1', wr_datetime = '2026-11-20 12:00:00', wr_last = '2026-11-20 12:00:00'`);
      await query('update g5_write_minwon set wr_parent = wr_id');
    },
    reply: ({ query }, id) =>
      query(
        `insert into g5_write_minwon set wr_num = -1, wr_parent = ?, wr_is_comment = 1, wr_comment = 1, mb_id = 'admin',
        wr_name = '김담당', wr_content = '사업자등록증입니다', wr_ip = '192.0.2.2', wr_datetime = '2026-11-20 12:10:00'`,
        [id],
      ),
  },
  'gnuboard5-qa': {
    tables: 'gnuboard5',
    settings: { preset: 'gnuboard5-qa' },
    file: async ({ query }) => {
      await query(`insert into g5_qa_content set qa_num = -1, qa_name = '홍길동', qa_email = 'hong@company.example', qa_hp = '010-1234-5678',
        qa_sms_recv = 1, qa_subject = '자금 문의', qa_content = '서류가 <무엇>인가요?', qa_ip = '192.0.2.1', qa_datetime = '2026-11-20 12:00:00'`);
      await query('update g5_qa_content set qa_parent = qa_id, qa_related = qa_id');
    },
    reply: async ({ query }, id) => {
      await query(
        `insert into g5_qa_content set qa_type = 1, qa_status = 1, qa_parent = ?, qa_related = ?, qa_ip = '192.0.2.2', qa_name = '김담당',
        qa_content = '사업자등록증입니다', qa_datetime = '2026-11-20 12:10:00'`,
        [id, id],
      );
      await query('update g5_qa_content set qa_status = 1 where qa_id = ?', [id]);
    },
  },
  rhymix2: rhymix,
  xe1: {
    ...rhymix,
    settings: { preset: 'xe1', parameters: { prefix: 'rx_', module: '77', title: 'shown' } },
  },
  'egov-bbs': {
    tables: 'egov',
    settings: {
      preset: 'egov-bbs',
      parameters: { board: 'BBSMSTR_000000000001', reader, title: 'shown' },
    },
    file: ({ query }) =>
      query(`insert into COMTNBBS set NTT_ID = 500, BBS_ID = 'BBSMSTR_000000000001', NTT_NO = 1, NTT_SJ = '자금 문의', NTT_CN = '서류가 &lt;무엇&gt;인가요?',
        ANSWER_AT = 'N', PARNTSCTT_NO = 0, ANSWER_LC = 0, SORT_ORDR = 500, USE_AT = 'Y', NTCR_ID = 'USRCNFRM_00000000001', NTCR_NM = '홍길동', FRST_REGISTER_ID = 'USRCNFRM_00000000001', FRST_REGIST_PNTTM = '2026-11-20 12:00:00'`),
    reply: ({ query }, id) =>
      query(
        `insert into COMTNBBS set NTT_ID = 499, BBS_ID = 'BBSMSTR_000000000001', NTT_NO = 2, NTT_SJ = 'RE', NTT_CN = '사업자등록증입니다',
        ANSWER_AT = 'Y', PARNTSCTT_NO = ?, ANSWER_LC = 1, SORT_ORDR = 500, USE_AT = 'Y', NTCR_ID = 'kim', NTCR_NM = '김담당', FRST_REGISTER_ID = '${reader}', FRST_REGIST_PNTTM = '2026-11-20 12:10:00'`,
        [id],
      ),
  },
  'egov-qna': {
    tables: 'egov',
    settings: { preset: 'egov-qna', parameters: { title: 'shown' } },
    file: ({ query }) =>
      query(`insert into COMTNQAINFO set QA_ID = 'QA_00000000000000030', QESTN_SJ = '자금 문의', QESTN_CN = '서류가 <무엇>인가요?', WRITNG_DE = '20261120',
        EMAIL_ADRES = 'hong@company.example', QNA_PROCESS_STTUS_CODE = '1', WRTER_NM = '홍길동', AREA_NO = '010', MIDDLE_TELNO = '1234', END_TELNO = '5678'`),
    reply: ({ query }, id) =>
      query(
        `update COMTNQAINFO set ANSWER_CN = '사업자등록증입니다', ANSWER_DE = '20261120', QNA_PROCESS_STTUS_CODE = '3' where QA_ID = ?`,
        [id],
      ),
  },
  kboard: {
    tables: 'kboard',
    settings: { preset: 'kboard', parameters: { board: '3', title: 'shown' } },
    file: async ({ query }) => {
      await query(`insert into wp_kboard_board_content set board_id = 3, parent_uid = 0, member_display = '홍길동', title = '자금 문의',
        content = '서류가 &lt;무엇&gt;인가요?', date = '20261120120000', \`update\` = '20261120120000'`);
      await query(
        `insert into wp_kboard_board_option set content_uid = 1, option_key = 'tel', option_value = '01012345678'`,
      );
    },
    reply: ({ query }, id) =>
      query(
        `insert into wp_kboard_comments set content_uid = ?, user_uid = 1, user_display = '김담당', content = '사업자등록증입니다', created = '20261120121000'`,
        [id],
      ),
  },
  osticket: {
    tables: 'osticket',
    offset: '+00:00',
    settings: { preset: 'osticket', parameters: { topic: '1', user: '1' } },
    file: async ({ query }) => {
      await query(`insert into ost_ticket set number = '123456', user_id = 2, status_id = 1, topic_id = 1, lastupdate = '2026-11-20 12:00:00',
        created = '2026-11-20 12:00:00', updated = '2026-11-20 12:00:00'`);
      await query(
        `insert into ost_thread set object_id = 1, object_type = 'T', lastmessage = '2026-11-20 12:00:00', created = '2026-11-20 12:00:00'`,
      );
      await query(`insert into ost_thread_entry set thread_id = 1, user_id = 2, type = 'M', flags = 65, poster = '홍길동',
        body = '<p>서류가 &lt;무엇&gt;인가요?</p>', created = '2026-11-20 12:00:00'`);
      await query(
        `insert into ost_form_entry set form_id = 2, object_id = 1, created = '2026-11-20 12:00:00'`,
      );
      await query(`insert into ost_form_entry_values set entry_id = 1, field_id = 20, value = '자금 문의'`);
    },
    reply: async ({ query }, id) => {
      await query(`insert into ost_thread_entry set thread_id = 1, staff_id = 1, type = 'R', poster = '김담당', format = 'text',
        body = '사업자등록증입니다', created = '2026-11-20 12:10:00'`);
      await query(`update ost_thread set lastresponse = '2026-11-20 12:10:00' where object_id = ?`, [id]);
    },
  },
  wordpress: {
    tables: 'wordpress',
    tooLong: 65_536,
    settings: { preset: 'wordpress', parameters: { category: '3' } },
    file: async ({ query }) => {
      await query(`insert into wp_posts set post_author = 2, post_title = '자금 문의', post_status = 'private',
        post_content = '<!-- wp:paragraph -->\n<p>서류가 &lt;무엇&gt;인가요?</p>\n<!-- /wp:paragraph -->', post_date = '2026-11-20 12:00:00', post_modified = '2026-11-20 12:00:00'`);
      await query('insert into wp_term_relationships values (1, 3)');
    },
    reply: ({ query }, id) =>
      query(
        `insert into wp_comments set comment_post_ID = ?, user_id = 4, comment_author = '김담당', comment_author_IP = '192.0.2.2', comment_content = '사업자등록증입니다', comment_date = '2026-11-20 12:10:00'`,
        [id],
      ),
  },
  webform7: {
    tables: 'webform7',
    offset: '+09:00',
    tooLong: null,
    settings: {
      preset: 'webform7',
      parameters: { form: '1', title: '1', body: '2', name: '3', email: '4', state: '5', answer: '6' },
    },
    file: async ({ query }) => {
      const at = Date.parse('2026-11-20T12:00:00+09:00') / 1000;
      await query(
        'insert into webform_submissions set nid = 1, `serial` = 1, uid = 0, submitted = ?, completed = ?, modified = ?',
        [at, at, at],
      );
      await query(`insert into webform_submitted_data values (1, 1, 1, '0', '자금 문의'), (1, 1, 2, '0', '서류가 <무엇>인가요?'), (1, 1, 3, '0', '홍길동'),
        (1, 1, 4, '0', 'hong@company.example'), (1, 1, 5, '0', ''), (1, 1, 6, '0', '')`);
    },
    reply: async ({ query }, id) => {
      await query(
        `update webform_submitted_data set data = if(cid = 5, 'answered', '사업자등록증입니다') where sid = ? and cid > 4`,
        [id],
      );
      await query('update webform_submissions set modified = modified + 600 where sid = ?', [id]);
    },
  },
};

test('every preset is tested', () => {
  expect(Object.keys(cases).sort()).toEqual(listPresets());
});

describe.runIf(hasMaria()).each(Object.entries(cases))(
  'preset %s',
  (_name, { tables, offset = '+09:00', tooLong = 2001, settings, file, reply }) => {
    test.each(['utf8mb4', 'utf8', 'euckr'])('in a database of charset %s', async (charset) => {
      const product = await openProduct({ tables, charset, settings });
      const { lines } = await product.adapter.check(AbortSignal.timeout(10_000));
      expect(inWords(lines.filter(({ ok }) => !ok))).toEqual([]);
      expect(inWords(lines)).not.toContainEqual(expect.objectContaining({ what: 'rights beyond need' }));

      await file(product);
      const first = await readAll(product);
      expect(first.posts).toMatchObject([
        {
          content: {
            title: '자금 문의',
            body: '서류가 <무엇>인가요?',
            complainant: { name: '홍길동' },
            filedAt: expect.stringMatching(
              new RegExp(`^2026-11-20T(12|00):00:00${offset.replace('+', '\\+')}$`),
            ),
          },
        },
      ]);
      expect(first.posts[0]?.answers ?? []).toEqual([]);
      expect(first.posts[0]).not.toHaveProperty('receiptNumber');
      await reply(product, first.ids[0]!);
      const next = await readAll(product, first.cursor);
      expect(next.posts).toMatchObject([{ answers: [{ text: '사업자등록증입니다' }] }]);
      expect((await readAll(product, next.cursor)).ids).toEqual([]);

      const ref = await bring(product, registered, `${receiptNumber}/1`);
      expect(await bring(product, registered, `${receiptNumber}/1`)).toEqual(ref);
      expect(await find(product, registered, `${receiptNumber}/1`)).toEqual(ref);
      const answered = toChange(samples.answered, ref);
      expect(await find(product, answered, `${receiptNumber}/2`)).toBeUndefined();
      const part = await bring(product, answered, `${receiptNumber}/2`);
      expect(await bring(product, answered, `${receiptNumber}/2`)).toEqual(part);
      expect(await find(product, answered, `${receiptNumber}/2`)).toEqual(part);
      if (product.adapter.carries.has('followed_up')) {
        await bring(product, followedUp(ref), `${receiptNumber}/3`);
        await bring(product, followedUp(ref), `${receiptNumber}/3`);
      }

      const { posts, ids } = await readAll(product, next.cursor);
      expect(ids).toEqual([ref.externalId]);
      expect(posts).toMatchObject([
        {
          receiptNumber,
          content: {
            title: content.title,
            body: content.body,
            complainant: { name: content.complainant.name },
          },
          answers: [{ text: answer.text, ...(part.partId && { id: part.partId }) }],
        },
      ]);
      if (product.adapter.carries.has('followed_up'))
        expect(posts[0]?.followUps).toMatchObject([{ text: '언제까지인가요?' }]);
      if (product.adapter.carries.has('status_changed')) {
        await bring(product, toChange(samples.inProgress, ref), `${receiptNumber}/4`);
        expect((await readAll(product)).posts.at(-1)).toMatchObject({ status: 'in_progress' });
      }
    });

    test('a post that is gone, and a text that does not fit, are refused before anything is written', async () => {
      const product = await openProduct({ tables, charset: 'euckr', settings });
      const gone = await push(product, toChange(samples.answered, { externalId: '9999' }), 'k/1');
      expect(inWords(gone)).toMatchObject({ kind: 'refused', reason: expect.stringContaining('has no row') });
      const long = { ...content, title: '가'.repeat(tooLong ?? 1), body: '좋아요 😀' };
      const outcome = await push(product, toChange({ type: 'registered', data: { content: long } }), 'k/2');
      expect(inWords(outcome)).toMatchObject({
        kind: 'refused',
        fields: expect.arrayContaining([
          ...(tooLong === null
            ? []
            : [
                {
                  pointer: expect.any(String),
                  message: expect.stringMatching(
                    new RegExp(`^has ${tooLong} characters; the column holds \\d+$`),
                  ),
                },
              ]),
          { pointer: expect.any(String), message: expect.stringContaining('😀 (U+1F600)') },
        ]),
      });
      expect((await readAll(product)).ids).toEqual([]);
    });
  },
);
