import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RestBoard, startRestBoard } from '../../../boards/rest-board/index.ts';
import { inWords } from '../../../support/in-words.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { type OfficeActions, openOffice } from '../../../support/test-office.ts';
import { waitFor } from '../../../support/wait-for.ts';

let from: RestBoard;
let to: RestBoard;
let hub: TestHub;
let office: OfficeActions;

beforeAll(async () => {
  process.env.SBIZ_API_KEY = 'rest-key';
  from = await startRestBoard({ agencyName: '보내는 기관', apiKey: 'rest-key' });
  to = await startRestBoard({ agencyName: '받는 기관', apiKey: 'rest-key' });
  const agencies = [
    readBoardAgency('rest-board', 'sbiz', from.url),
    readBoardAgency('rest-board', 'other', to.url),
  ];
  hub = await startTestHub(agencies, { rules: [], default: 'other' }, { METRICS_PORT: '0' });
  office = openOffice(hub, agencies);
});
afterAll(async () => {
  await office.close();
  await hub.stop();
  await Promise.all([from.close(), to.close()]);
});

const titles = () => to.posts().map(({ subject }) => subject);

async function parkedItem(): Promise<{ id: string; body: string }> {
  return waitFor('the parked item', async () => {
    const { rows } = await hub.store.pool.query("select id, body from raw_items where outcome = 'parked'");
    return rows[0];
  });
}

describe('a parked item', () => {
  it('is applied after its data was corrected, and once', async () => {
    from.file({ subject: '분류가 틀린 민원', ctgry: 'WRONG' });
    const { id, body } = await parkedItem();
    expect(await office.parked.retryItem(id, 'admin')).toMatchObject({ outcome: 'parked', rawItemId: id });
    const corrected = { ...JSON.parse(body), ctgry: 'FUND' };
    expect(await office.parked.retryItem(id, 'admin', corrected)).toMatchObject({ outcome: 'applied' });
    await waitFor('the complaint on the other board', () => titles().includes('분류가 틀린 민원'));
    await expect(office.parked.retryItem(id, 'admin')).rejects.toMatchObject({ kind: 'gone' });
    const { rows } = await hub.store.pool.query('select outcome, decided_by from raw_items where id = $1', [
      id,
    ]);
    expect(rows).toEqual([{ outcome: 'applied', decided_by: 'admin' }]);
  });

  it('that nobody needs is discarded with the reason, and kept', async () => {
    from.file({ subject: '버릴 민원', ctgry: 'WRONG' });
    const { id } = await parkedItem();
    await office.parked.discardItem(id, 'admin', '시험 글');
    const { rows } = await hub.store.pool.query(
      'select outcome, note, decided_by from raw_items where id = $1',
      [id],
    );
    expect(inWords(rows)).toEqual([{ outcome: 'discarded', note: '시험 글', decided_by: 'admin' }]);
    expect(titles()).not.toContain('버릴 민원');
  });
});

describe('a parked link', () => {
  const parkedLink = () =>
    waitFor('the parked link', async () => {
      const { rows } = await hub.store.pool.query("select id, held from links where state = 'parked'");
      return rows[0] as { id: string; held: number } | undefined;
    });

  it('goes on where it stands when the board takes it again', async () => {
    to.faults.mode = 'errorIn200';
    from.file({ subject: '거절된 민원' });
    const { id } = await parkedLink();
    to.faults.mode = 'none';
    await office.parked.retryLink(id, 'admin');
    await waitFor('the complaint on the other board', () => titles().includes('거절된 민원'));
    await expect(office.parked.retryLink(id, 'admin')).rejects.toMatchObject({ kind: 'gone' });
  });

  it('passes over one event when a person says so', async () => {
    const no = from.file({ subject: '추가 질의가 막힌 민원' });
    await waitFor('the complaint on the other board', () => titles().includes('추가 질의가 막힌 민원'));
    to.faults.mode = 'errorIn200';
    from.followUp(no, '막힌 질의');
    const { id, held } = await parkedLink();
    to.faults.mode = 'none';
    await office.parked.skipEvent(id, 'admin', '전화로 전달함');
    from.followUp(no, '다음 질의');
    const asked = () => to.posts().find(({ subject }) => subject === '추가 질의가 막힌 민원')?.addQs ?? [];
    await waitFor('the next question', () => asked().length === 1);
    expect(asked()[0]?.cn).toContain('다음 질의');
    const { rows } = await hub.store.pool.query("select seq, reason from attempts where outcome = 'skipped'");
    expect(inWords(rows)).toEqual([{ seq: held + 1, reason: 'admin: 전화로 전달함' }]);
  });

  it('goes on with the post that a person has found on the board', async () => {
    const taken = to.posts()[0]?.mwNo;
    to.faults.mode = 'errorIn200';
    const no = from.file({ subject: '게시판에 이미 있는 민원' });
    const { id } = await parkedLink();
    const there = to.file({ subject: '손으로 옮긴 민원' });
    await expect(office.parked.skipEvent(id, 'admin', '이미 있음', String(taken))).rejects.toMatchObject({
      kind: 'taken',
    });
    await office.parked.skipEvent(id, 'admin', '이미 있음', String(there));
    to.faults.mode = 'none';
    from.followUp(no, '이어지는 질의');
    await waitFor('the question', () => to.posts().find(({ mwNo }) => mwNo === there)?.addQs.length === 1);
  });
});

describe('deadlines', () => {
  it('are told once before and once after, while the clock runs', async () => {
    from.file({ subject: '기한이 지난 민원' });
    await waitFor('the complaint', () => titles().includes('기한이 지난 민원'));
    const set = (due: string) =>
      hub.store.pool.query(
        `update complaints set due_at = now() + $1::interval, remind_at = now() where content->>'title' = '기한이 지난 민원'`,
        [due],
      );
    const told = async () => {
      const { rows } = await hub.store.pool.query(
        `select n.template from notices n join complaints c on c.id = n.complaint_id
         where c.content->>'title' = '기한이 지난 민원' and n.seq = 0 order by n.template`,
      );
      return rows.map(({ template }) => template);
    };
    await set('1 hour');
    await waitFor('the warning', async () => (await told()).length === 1);
    expect(await told()).toEqual(['deadline-near']);
    await set('-1 hour');
    await waitFor('the notices of the missed deadline', async () => (await told()).length === 3);
    expect(await told()).toEqual(['deadline-near', 'delayed', 'overdue']);
    // After an extension another deadline comes near. The same one again is no news.
    await set('2 hours');
    await waitFor('the second warning', async () => (await told()).length === 4);
    await hub.store.pool.query(
      "update complaints set remind_at = now() where content->>'title' = '기한이 지난 민원'",
    );
    await waitFor('the look', async () => {
      const { rows } = await hub.store.pool.query(
        "select from complaints where content->>'title' = '기한이 지난 민원' and remind_at > now()",
      );
      return rows.length === 1;
    });
    expect(await told()).toEqual(['deadline-near', 'deadline-near', 'delayed', 'overdue']);
  });

  it('are not all that officers are reminded of: word of the progress is owed every 30 days, told once', async () => {
    const subject = '오래 걸리는 민원';
    from.file({ subject });
    await waitFor('the complaint', () => titles().includes(subject));
    const { rows: set } = await hub.store.pool.query(
      `update complaints set taken_in_at = now() - interval '31 days', owed_at = now() where content->>'title' = $1 returning taken_in_at`,
      [subject],
    );
    const told = async () => {
      const { rows } = await hub.store.pool.query(
        `select n.about from notices n join complaints c on c.id = n.complaint_id where c.content->>'title' = $1 and n.template = 'owed'`,
        [subject],
      );
      return rows.map(({ about }) => about);
    };
    const looked = async () => {
      const { rows } = await hub.store.pool.query(
        `select owed_at > now() + interval '20 days' as moved from complaints where content->>'title' = $1`,
        [subject],
      );
      return rows[0].moved;
    };
    await waitFor('the look', looked);
    const day = new Date(set[0].taken_in_at.getTime() + (30 * 24 + 9) * 3_600_000).toISOString().slice(0, 10);
    expect(await told()).toEqual([`progress ${day}`]);
    await hub.store.pool.query("update complaints set owed_at = now() where content->>'title' = $1", [
      subject,
    ]);
    await waitFor('the second look', looked);
    expect(await told()).toEqual([`progress ${day}`]);
  });
});

describe('the server', () => {
  it('tells whether it lives and is ready, and what waits', async () => {
    expect((await fetch(`${hub.url}/health/live`)).status).toBe(200);
    expect((await fetch(`${hub.url}/health/ready`)).status).toBe(200);
    // Not where everybody comes.
    expect(await (await fetch(`${hub.url}/metrics`)).text()).not.toContain('hub_');
    const metrics = await (await fetch(hub.metricsUrl ?? '')).text();
    expect(metrics).toMatch(/hub_complaints_changed_total\{agency="other"\} [1-9]/);
    expect(metrics).toMatch(/hub_links_worked_total\{agency="other",end="level"\} [1-9]/);
  });
});
