import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Agency } from '../../../schemas/index.ts';
import { type RestBoard, startRestBoard } from '../../boards/rest-board/index.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../support/test-hub.ts';
import { waitFor } from '../../support/wait-for.ts';
import { hasMaria } from '../conformance/sql-fixture.ts';
import { openProduct, type Product } from './open-product.ts';

/** A whole hub between a board with an interface and a GNUBoard that is nothing but tables. */

let rest: RestBoard;
let hub: TestHub | undefined;
beforeAll(async () => {
  process.env.SBIZ_API_KEY = 'rest-key';
  process.env.DB = 'db-secret';
  rest = await startRestBoard({ agencyName: '소상공인지원원', apiKey: 'rest-key' });
});
afterAll(() => rest.close());

async function startHubFor({ settings }: Product): Promise<TestHub> {
  const { dialect, host, port, database, user, password } = settings;
  const place = { dialect, host, port, database, user, password };
  const textile: Agency = {
    code: 'textile',
    name: { ko: '섬유산업진흥원' },
    officers: [{ name: '최담당', email: 'officer@textile.example' }],
    board: {
      adapter: 'sql',
      networks: ['127.0.0.0/8'],
      pollEvery: 0.2,
      settings: { ...place, preset: 'gnuboard5-board', parameters: { board: 'minwon' } },
    },
  };
  const routing = { rules: [{ when: { category: ['기술'] }, to: 'textile' }], default: 'sbiz' };
  return startTestHub([readBoardAgency('rest-board', 'sbiz', rest.url), textile], routing);
}

describe.runIf(hasMaria())('a hub between a REST board and GNUBoard', () => {
  test('complaints, answers and questions go both ways, each once', async () => {
    const product = await openProduct({
      tables: 'gnuboard5',
      charset: 'euckr',
      settings: { preset: 'gnuboard5-board', parameters: { board: 'minwon' } },
    });
    const { query } = product;
    hub = await startHubFor(product);
    try {
      const no = rest.file({ subject: '기술개발 과제 문의', ctgry: 'TECH' });
      const there = await waitFor('the complaint on GNUBoard', async () => {
        const [row] = await query(
          `select wr_id, wr_num, wr_10 from g5_write_minwon where wr_content like '▷ 제목: 기술개발 과제 문의%' and wr_10 not like '%~'`,
        );
        return row;
      });
      await query(
        `insert into g5_write_minwon set wr_num = ?, wr_parent = ?, wr_is_comment = 1, wr_comment = 1, mb_id = 'kim', wr_name = '최담당', wr_ip = '192.0.2.2',
          wr_content = '다음 달에 공고합니다.', wr_datetime = utc_timestamp() + interval 9 hour`,
        [there.wr_num, there.wr_id],
      );
      await query(
        'update g5_write_minwon set wr_comment = 1, wr_last = utc_timestamp() + interval 9 hour where wr_id = ?',
        [there.wr_id],
      );
      const answered = await waitFor('the answer on the REST board', () => {
        const post = rest.posts().find(({ mwNo }) => mwNo === no);
        return post?.replies.length ? post : undefined;
      });
      expect(answered.replies.map(({ cn }) => cn)).toEqual([
        expect.stringContaining('다음 달에 공고합니다.'),
      ]);
      rest.followUp(no, '공고문은 어디에 올라옵니까?');
      await waitFor('the question on GNUBoard', async () => {
        const [row] = await query(
          `select wr_comment from g5_write_minwon where wr_id = ? and wr_comment = 2`,
          [there.wr_id],
        );
        return row;
      });

      await query(`insert into g5_write_minwon set wr_num = -90, wr_subject = '자금 문의', wr_content = '서류가 무엇인가요?', ca_name = '자금', mb_id = 'hong',
        wr_ip = '192.0.2.1', wr_name = '홍길동', wr_datetime = utc_timestamp() + interval 9 hour, wr_last = utc_timestamp() + interval 9 hour`);
      const filed = await waitFor('the complaint on the REST board', () =>
        rest.posts().find(({ subject }) => subject === '자금 문의'),
      );
      rest.answer(filed.mwNo, '사업자등록증입니다.');
      const held = await waitFor('the answer on GNUBoard', async () => {
        const [row] =
          await query(`select p.wr_1, c.wr_content, c.wr_9, c.wr_10 from g5_write_minwon p join g5_write_minwon c on c.wr_parent = p.wr_id
          where p.wr_num = -90 and c.wr_is_comment = 1 and c.wr_10 not like '%~'`);
        return row;
      });
      expect(held).toMatchObject({
        wr_1: '답변완료',
        wr_9: 'answer',
        wr_content: expect.stringContaining('사업자등록증입니다.'),
      });

      // Our own comment comes back with the next look at the board, and is nobody's news.
      await waitFor('the echo', async () => {
        const { rows } = await hub!.store.pool.query(
          `select 1 from raw_items where body like '%사업자등록증입니다%' and agency = 'textile'`,
        );
        return rows.length > 0;
      });
      const { rows: events } = await hub.store.pool.query(
        `select type, count(*)::int as n from events where type in ('registered', 'answered', 'followed_up') group by type order by type`,
      );
      expect(events).toEqual([
        { type: 'answered', n: 2 },
        { type: 'followed_up', n: 1 },
        { type: 'registered', n: 2 },
      ]);
      expect(
        (await hub.store.pool.query(`select outcome, problems from raw_items where outcome = 'parked'`)).rows,
      ).toEqual([]);
      expect(
        (await hub.store.pool.query(`select last_error from links where state = 'parked'`)).rows,
      ).toEqual([]);
    } finally {
      await hub.stop();
    }
  });
});
