import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSender, type Sender, senderAgency } from '../../../support/sender.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { type OfficeActions, openOffice } from '../../../support/test-office.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { startWireBoards, toWireAgency, type WireBoards } from '../../../support/wire-board.ts';

let boards: WireBoards;
let hub: TestHub;
let office: OfficeActions;
let sender: Sender;

beforeAll(async () => {
  boards = await startWireBoards();
  const agencies = [toWireAgency(boards, 'dst', { breaker: { failures: 1000 } }), senderAgency];
  hub = await startTestHub(agencies, { rules: [], default: 'dst' });
  office = openOffice(hub, agencies);
  sender = await openSender(hub);
});
afterAll(async () => {
  await office.close();
  await hub.stop();
  await boards.close();
});

const query = async (text: string, values: unknown[] = []) => (await hub.store.pool.query(text, values)).rows;
const seqsOf = (title: string) => boards.effects.filter((one) => one.title === title).map(({ seq }) => seq);
const linkOf = async (title: string) =>
  (
    await query(
      `select l.id, l.state, l.held, l.due from links l join complaints c on c.id = l.complaint_id
       where c.content->>'title' = $1 and l.agency = 'dst'`,
      [title],
    )
  )[0];
/** The sweep looks for what is due by then; a test need not wait for pauses that grow. */
const hurry = () => query("update links set next_at = now() where state = 'open' and held < due");
async function level(title: string): Promise<void> {
  await waitFor(
    `${title} level`,
    async () => {
      await hurry();
      const { held, due } = await linkOf(title);
      return held === due;
    },
    20_000,
  );
}

async function fileWithQuestions(title: string, questions: number): Promise<string> {
  const receiptNumber = await sender.file(title);
  for (let n = 1; n <= questions; n += 1) await sender.ask(receiptNumber, `${title}: 질의 ${n}`);
  return receiptNumber;
}

it('through failures of every kind, and a restart in the middle', async () => {
  const titles = ['가', '나', '다', '라'];
  let calls = 0;
  boards.behave = ({ kind }) => {
    calls += 1;
    if (kind === 'push' && calls % 5 === 0) return 'vanish';
    return calls % 3 === 0 ? { status: 503 } : undefined;
  };
  await Promise.all(titles.map((title) => fileWithQuestions(title, 6)));
  await waitFor(
    'a part of it',
    async () => {
      await hurry();
      return boards.effects.length >= 8;
    },
    20_000,
  );
  const another = await hub.startAnother();
  for (const title of titles) await level(title);
  await another.stop();
  boards.behave = () => undefined;
  // 1 registered, 2 assigned (not carried), then the questions.
  for (const title of titles) expect(seqsOf(title), title).toEqual([1, 3, 4, 5, 6, 7, 8]);
});

it('a poisoned event parks its link only; retried or passed over, it goes on where it stands', async () => {
  boards.behave = ({ title, seq }) => (title === '독' && seq === 4 ? { status: 422 } : undefined);
  await fileWithQuestions('독', 4);
  await waitFor('the parked link', async () => (await linkOf('독'))?.state === 'parked');
  await fileWithQuestions('이웃', 2);
  await level('이웃');
  expect(seqsOf('이웃')).toEqual([1, 3, 4]);
  expect(seqsOf('독')).toEqual([1, 3]);
  const { id } = await linkOf('독');
  await office.parked.retryLink(id, 'admin');
  await waitFor(
    'refused again',
    async () => boards.calls.filter((call) => call.title === '독' && call.seq === 4).length === 2,
  );
  await waitFor('parked again', async () => (await linkOf('독')).state === 'parked');
  expect(seqsOf('독')).toEqual([1, 3]);
  await office.parked.skipEvent(id, 'admin', '전화로 전달함');
  await level('독');
  expect(seqsOf('독')).toEqual([1, 3, 5, 6]);
});
