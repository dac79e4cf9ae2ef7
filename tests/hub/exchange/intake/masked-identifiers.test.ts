import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RestBoard, startRestBoard } from '../../../boards/rest-board/index.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { createReconciler } from '../reconcile/reconciling.ts';

let origin: RestBoard;
let assignee: RestBoard;
let hub: TestHub;

beforeAll(async () => {
  process.env.SBIZ_API_KEY = 'rest-key';
  origin = await startRestBoard({ agencyName: '보내는 기관', apiKey: 'rest-key' });
  assignee = await startRestBoard({ agencyName: '받는 기관', apiKey: 'rest-key' });
  hub = await startTestHub(
    [readBoardAgency('rest-board', 'sbiz', origin.url), readBoardAgency('rest-board', 'other', assignee.url)],
    { rules: [], default: 'other' },
  );
});
afterAll(async () => {
  await hub.stop();
  await Promise.all([origin.close(), assignee.close()]);
});

const level = () =>
  waitFor('all links level', async () => {
    const { rows } = await hub.store.pool.query(
      `select exists (select from links where held < due or attempting is not null) or exists (select from notices where state = 'due')
        as behind`,
    );
    return !rows[0].behind;
  });

/** The tables in which a text stands, in whatever column. */
async function findTables(text: string): Promise<string[]> {
  const { rows } = await hub.store.pool.query<{ name: string }>(
    `select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace`,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const hit = await hub.store.pool.query(
      `select from "${name}" t where to_jsonb(t)::text like '%' || $1 || '%' limit 1`,
      [text],
    );
    if (hit.rowCount) found.push(name);
  }
  return found;
}

it('a number that may not be kept is masked before anything is stored, and the person is told', async () => {
  // Of nobody: no office has the digits 0000. The check digit is right.
  const [birth, rest] = ['000101', '4000016'];
  const card = ['4000', '0000', '0000', '0002'];
  const no = origin.file(
    {
      subject: `등본 요청 ${birth}-${rest}`,
      contents: `주민번호 ${birth}${rest} 입니다. 카드는 ${card.join('-')}`,
    },
    [{ name: `등본_${birth}-${rest}.txt`, content: Buffer.from('내용') }],
  );
  const there = await waitFor('the complaint on the other board', () => assignee.posts()[0]);
  await level();
  expect(there.subject).toBe(`등본 요청 ${birth}-*******`);
  expect(there.contents).toContain(`${birth}*******`);
  expect(there.contents).toContain('****-****-****-0002');
  origin.followUp(no, `제 번호는 ${birth}-${rest}이 맞습니다.`);
  await waitFor('the follow-up on the other board', () =>
    JSON.stringify(assignee.posts()[0]).includes(`제 번호는 ${birth}-*******이`),
  );
  await level();
  const account = '301-0123-4567-81';
  assignee.answer(
    there.mwNo,
    `수수료는 농협 계좌 ${account}(우리 시청)으로 내십시오. ${birth}-${rest} 확인했습니다.`,
  );
  await waitFor('the answer on the first board', () =>
    JSON.stringify(origin.posts()[0]).includes(
      `농협 계좌 ${account}(우리 시청)으로 내십시오. ${birth}-*******`,
    ),
  );
  await level();
  expect(await findTables(rest)).toEqual([]);
  expect(await findTables(card.join('-'))).toEqual([]);
  const masked = await hub.store.pool.query(
    'select masked from raw_items where masked is not null order by id',
  );
  expect(masked.rows[0]).toEqual({ masked: { rrn: 3, card: 1 } });
  const { rows: told } = await hub.store.pool.query(
    `select o.text from outbox o join notices n on n.id = o.notice_id where n.template = 'registered' and n.channel = 'email'`,
  );
  expect(told[0]?.text).toContain('주민등록번호, 카드번호');
  // The board still shows what was written there. It is the same text, so nothing differs and nothing is news again.
  const reconciler = createReconciler(hub);
  expect((await reconciler.compare('sbiz')).drifts).toEqual([]);
  expect((await reconciler.compare('other')).drifts).toEqual([]);
  const { rows: events } = await hub.store.pool.query(
    `select type from events where type in ('revised', 'followed_up', 'answered') order by at`,
  );
  expect(events).toEqual([{ type: 'followed_up' }, { type: 'answered' }]);
});
