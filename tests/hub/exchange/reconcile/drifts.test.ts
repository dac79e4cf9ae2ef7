import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askWhatIsDue } from '../../../../hub/exchange/reconcile/schedule.ts';
import type { Agency } from '../../../../schemas/index.ts';
import { type RestBoard, startRestBoard } from '../../../boards/rest-board/index.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { createReconciler, inShort } from './reconciling.ts';

let folder: string;
let from: RestBoard;
let to: RestBoard;
let hub: TestHub;
let agencies: Agency[];

beforeAll(async () => {
  process.env.SBIZ_API_KEY = 'rest-key';
  folder = await mkdtemp(join(tmpdir(), 'minwon-hub-drifts-'));
  const file = (name: string) => join(folder, name);
  from = await startRestBoard({ agencyName: '보내는 기관', apiKey: 'rest-key', file: file('from.db') });
  to = await startRestBoard({ agencyName: '받는 기관', apiKey: 'rest-key', file: file('to.db') });
  agencies = [
    readBoardAgency('rest-board', 'sbiz', from.url),
    readBoardAgency('rest-board', 'other', to.url),
  ];
  hub = await startTestHub(agencies, { rules: [], default: 'other' });
});
afterAll(async () => {
  await hub.stop();
  await Promise.all([from.close(), to.close()]);
  await rm(folder, { recursive: true, force: true });
});

const there = (subject: string) => to.posts().find((post) => post.subject === subject);
const level = () =>
  waitFor('all links level', async () => {
    const { rows } = await hub.store.pool.query(
      'select exists (select from links where held < due or attempting is not null) as behind',
    );
    return !rows[0].behind;
  });

/** Behind the back of the board's program: nothing tells a poll of it. */
function alter(name: string, no: number, change: (post: Record<string, unknown>) => void, at: string) {
  const db = new DatabaseSync(join(folder, `${name}.db`));
  const row = db.prepare('select body from posts where no = ?').get(no) as { body: string };
  const post = JSON.parse(row.body);
  change(post);
  post.updDt = at;
  db.prepare('update posts set body = ?, updated = ? where no = ?').run(JSON.stringify(post), post.updDt, no);
  db.close();
}

async function relayed(subject: string): Promise<{ no: number; copy: number }> {
  const no = from.file({ subject });
  const copy = await waitFor('the complaint on the other board', () => there(subject)?.mwNo);
  await level();
  return { no, copy };
}

describe('a drift', () => {
  it('of a post that no poll has seen: it is taken in, once', async () => {
    await relayed('먼저 온 민원');
    // Filed with an old time, as a late import is: before the place where polling stands.
    from.setClock(() => new Date('2026-01-05T00:00:00Z'));
    const no = from.file({ subject: '늦게 올린 민원' });
    from.setClock();
    const { compare, repair } = createReconciler(hub);
    const report = await compare('sbiz');
    expect(inShort(report)).toEqual([`missing_here ${no}`]);
    expect(there('늦게 올린 민원')).toBeUndefined();
    await repair('sbiz', report);
    await waitFor('it on the other board', () => there('늦게 올린 민원'));
    expect(inShort(await compare('sbiz'))).toEqual([]);
  });

  it('of an answer that was altered on the copy is reported; a person leaves it, and it stays quiet', async () => {
    const { no, copy } = await relayed('답변이 바뀔 민원');
    to.answer(copy, '바른 답변');
    await waitFor('the answer', () => from.posts().find(({ mwNo }) => mwNo === no)?.replies.length === 1);
    await level();
    alter(
      'from',
      no,
      (post) => {
        (post.replies as { cn: string }[])[0]!.cn = '<p>남이 고친 답변</p>';
      },
      '2026-01-01 00:00:00.000',
    );
    const { compare, actions } = createReconciler(hub);
    const report = await compare('sbiz');
    expect(inShort(report)).toEqual([`differs ${no} answer: person`]);
    await expect(actions.repair(report.id, { all: true }, 'admin')).rejects.toMatchObject({ kind: 'gone' });
    await actions.dismiss(report.id, [String(report.drifts[0]?.id)], 'admin', '기관이 고친 것');
    expect(inShort(await compare('sbiz'))).toEqual([]);
  });

  it('of answer and text: those that the board lost come back, the owner of each field wins', async () => {
    const { no, copy } = await relayed('여러 곳이 다른 민원');
    from.followUp(no, '사라질 질의');
    from.edit(no, { contents: '<p>고친 본문</p>' });
    await waitFor('both there', () => there('여러 곳이 다른 민원')?.addQs.length === 1);
    await waitFor('the new text', () => there('여러 곳이 다른 민원')?.contents.includes('고친 본문'));
    await level();
    // A status that the hub has not seen there yet says nothing for certain.
    await waitFor('its status, as a poll sees it', async () => {
      const { rows } = await hub.store.pool.query(
        "select seen ->> 'status' as status from links where agency = 'other' and external_id = $1",
        [String(copy)],
      );
      return rows[0]?.status;
    });
    alter(
      'to',
      copy,
      (post) => {
        post.addQs = [];
        post.contents = '<p>남이 쓴 본문</p>';
        post.replies = [
          {
            type: 'FINAL',
            cn: '<p>아무도 듣지 못한 답변</p>',
            replyNo: 900,
            regDt: '2026-11-20 00:00:00.000',
          },
        ];
        post.state = 'DONE';
      },
      '2026-01-01 00:00:00.000',
    );
    const { compare, repair } = createReconciler(hub);
    const report = await compare('other');
    expect(inShort(report)).toEqual([
      `differs ${copy} text: bring answers: take follow_ups: bring status: take`,
    ]);
    await repair('other', report);
    const whole = there('여러 곳이 다른 민원');
    expect(whole?.contents).toContain('고친 본문');
    expect(whole?.addQs.map(({ cn }) => cn)).toEqual([expect.stringContaining('사라질 질의')]);
    await waitFor('the answer on the first board', () =>
      from
        .posts()
        .find(({ mwNo }) => mwNo === no)
        ?.replies[0]?.cn.includes('아무도 듣지 못한'),
    );
    expect(inShort(await compare('other'))).toEqual([]);
  });

  it('of a second post under one receipt number is unknown to us, and for a person', async () => {
    const { copy } = await relayed('두 번 적힌 민원');
    const number = there('두 번 적힌 민원')?.hubNo;
    const second = to.file({ subject: '사람이 베낀 글' });
    await waitFor('it in the hub', async () => {
      const { rows } = await hub.store.pool.query(
        "select 1 from raw_items where agency = 'other' and external_id = $1",
        [String(second)],
      );
      return rows.length > 0;
    });
    await hub.store.pool.query(
      "update links set external_id = 'elsewhere' where agency = 'other' and external_id = $1",
      [String(copy)],
    );
    const { compare } = createReconciler(hub);
    const report = await compare('other');
    expect(report.drifts).toContainEqual(
      expect.objectContaining({
        kind: 'unknown',
        externalId: String(copy),
        parts: [{ part: 'post', remedy: 'person', events: [], found: number }],
      }),
    );
    await hub.store.pool.query("update links set external_id = $1 where external_id = 'elsewhere'", [
      String(copy),
    ]);
  });
});

describe('what is merely under way', () => {
  it('is no drift: a board that is behind, and what was written while it was read', async () => {
    const { compare } = createReconciler(hub);
    const { no } = await relayed('밀린 민원');
    to.faults.mode = 'busy429';
    from.followUp(no, '밀린 질의');
    await waitFor('the link behind', async () => {
      const { rows } = await hub.store.pool.query(
        "select 1 from links where agency = 'other' and held < due",
      );
      return rows.length > 0;
    });
    const report = await compare('sbiz');
    expect(inShort(report)).toEqual([]);
    to.faults.mode = 'none';
    const busy = await compare('other');
    expect(busy.drifts.filter(({ kind }) => kind !== 'unknown')).toEqual([]);
    await level();
  });

  it('with since only what changed is asked for, and nothing is called missing', async () => {
    const { compare } = createReconciler(hub);
    const report = await compare('other', new Date(Date.now() + 3_600_000));
    expect(report).toMatchObject({ posts: 0, drifts: [] });
  });
});

describe('the schedule', () => {
  it('asks once after each time of day, for agencies that were there before', async () => {
    const { store } = hub;
    const tomorrow = new Date(Date.now() + 25 * 3_600_000);
    const at = (reconcileAt: string) =>
      agencies.map((agency) => ({
        ...agency,
        board: agency.board && { ...agency.board, reconcileAt },
      })) as Agency[];
    expect(await askWhatIsDue(store, at('never'), tomorrow)).toEqual([]);
    await store.pool.query("update configurations set applied_at = now() - interval '30 days'");
    await store.pool.query("update reconciliations set asked_at = now() - interval '3 days', state = 'done'");
    expect((await askWhatIsDue(store, at('03:00'))).sort()).toEqual(['other', 'sbiz']);
    expect(await askWhatIsDue(store, at('03:00'))).toEqual([]);
    await waitFor('both', async () => {
      const { rows } = await store.pool.query(
        "select 1 from reconciliations where asked_by is null and state = 'done'",
      );
      return rows.length === 2;
    });
  });
});
