import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Problem, wordReason } from '../../../../schemas/reason.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import {
  startWireBoards,
  toWireAgency,
  type WireBoards,
  type WirePost,
} from '../../../support/wire-board.ts';

let boards: WireBoards;
let hub: TestHub;

const good = { updatedAt: '2026-11-20T09:00:00+09:00' };

beforeAll(async () => {
  boards = await startWireBoards();
  boards.posts.set('bad', [
    { id: '1', title: '앞의 민원', ...good },
    { id: '2', title: '날짜가 틀린 민원', updatedAt: '2026-13-40T09:00:00+09:00' },
    { id: null, title: '번호가 없는 민원', ...good } as unknown as WirePost,
    { id: 'x'.repeat(5000), title: '번호가 너무 긴 민원', ...good },
    { id: '3', title: '뒤의 민원', updatedAt: '2026-11-20T09:01:00+09:00' },
  ]);
  const agencies = [toWireAgency(boards, 'bad', { read: true }), toWireAgency(boards, 'other')];
  hub = await startTestHub(agencies, { rules: [], default: 'other' });
});
afterAll(async () => {
  await hub.stop();
  await boards.close();
});

interface Item {
  external_id: string;
  outcome: string;
  owner: string | null;
  problems: Problem[] | null;
}
const readItems = async (): Promise<Item[]> =>
  (
    await hub.store.pool.query(
      'select external_id, outcome, owner, problems from raw_items order by received_at',
    )
  ).rows;

const readCursor = async () =>
  (await hub.store.pool.query("select polled_at, poll_error from boards where agency = 'bad'")).rows[0];

it('bad records are parked alone with owner and reason; the others come in, and the look ends well', async () => {
  await waitFor('all five records', async () => (await readItems()).length === 5);
  const items = await readItems();
  const applied = items.filter(({ outcome }) => outcome === 'applied');
  expect(applied.map(({ external_id }) => external_id).sort()).toEqual(['1', '3']);
  const parked = items.filter(({ outcome }) => outcome === 'parked');
  expect(parked.map(({ owner }) => owner)).toEqual(['administrator', 'administrator', 'administrator']);
  const found = parked.flatMap(({ problems }) => (problems ?? []).map(({ reason }) => reason));
  const reasons = found.map((reason) => wordReason(reason, 'en'));
  expect(reasons.filter((one) => one.startsWith('this record has no usable id'))).toHaveLength(2);
  expect(reasons.filter((one) => one.startsWith('the time of this record cannot be read'))).toHaveLength(1);
  for (const reason of found)
    expect(wordReason(reason, 'ko')).toMatch(/게시판에서 바로잡으면 저절로 들어옵니다/);
  expect(await readCursor()).toMatchObject({ poll_error: null });
});

it('a bad record is not parked again by each poll, and comes in when the board corrects it', async () => {
  const looks = () => boards.calls.filter(({ kind }) => kind === 'pull').length;
  const before = looks();
  await waitFor('three more looks', () => looks() > before + 3);
  expect(await readItems()).toHaveLength(5);
  const posts = boards.posts.get('bad') ?? [];
  posts[1] = { id: '2', title: '바로잡은 민원', updatedAt: '2026-11-20T09:02:00+09:00' };
  posts[2] = { id: '7', title: '번호가 생긴 민원', updatedAt: '2026-11-20T09:02:00+09:00' };
  await waitFor('the corrected records', async () => {
    const applied = (await readItems()).filter(({ outcome }) => outcome === 'applied');
    return ['1', '2', '3', '7'].every((id) => applied.some(({ external_id }) => external_id === id));
  });
});
