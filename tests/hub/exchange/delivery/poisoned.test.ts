import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { wordReason } from '../../../../schemas/reason.ts';
import { openSender, type Sender, senderAgency } from '../../../support/sender.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { startWireBoards, toWireAgency, type WireBoards } from '../../../support/wire-board.ts';

/** A board that closes would be left alone for longer than any test waits. */
const breaker = { failures: 3, pause: 600, longestPause: 600 };
const agencies = {
  beside: { breaker },
  alone: { breaker },
  probed: { breaker: { failures: 2, pause: 1, longestPause: 1 } },
  away: { breaker, askable: false, onUnknown: 'resend' as const },
};
type Code = keyof typeof agencies;

let boards: WireBoards;
let hub: TestHub;
let sender: Sender;

beforeAll(async () => {
  boards = await startWireBoards();
  const wired = Object.entries(agencies).map(([code, connection]) => toWireAgency(boards, code, connection));
  const rules = wired.map(({ code }) => ({ when: { category: [code] }, to: code }));
  hub = await startTestHub([...wired, senderAgency], { rules, default: 'beside' });
  sender = await openSender(hub);
});
afterAll(async () => {
  await hub.stop();
  await boards.close();
});
beforeEach(() => {
  boards.behave = ({ kind, title }) =>
    kind === 'push' && title.startsWith('poison') ? { status: 500 } : undefined;
});

const query = async (text: string, values: unknown[] = []) => (await hub.store.pool.query(text, values)).rows;
const callsFor = (title: string) =>
  boards.calls.filter((call) => call.title === title && call.kind === 'push');
const isThere = (title: string) => boards.effects.some((effect) => effect.title === title);
const readBoard = async (code: Code) =>
  (await query('select failures, closed_until from boards where agency = $1', [code]))[0];
/** What waits for its pause waits no longer. */
const hurry = (code: Code) =>
  query("update links set next_at = now() where agency = $1 and state = 'open' and held < due", [code]);

async function failAgain(code: Code, title: string): Promise<void> {
  const before = callsFor(title).length;
  // Looked at first: a second try would count towards closing the board.
  await waitFor(`${title} to fail again`, async () => {
    if (callsFor(title).length > before) return true;
    await hurry(code);
    return false;
  });
}

it('two messages that a board always answers with 500 hold up no other', async () => {
  await sender.file('poison 1', 'beside');
  await sender.file('poison 2', 'beside');
  for (let n = 0; n < 3; n += 1)
    for (const title of ['poison 1', 'poison 2']) await failAgain('beside', title);
  await sender.file('healthy 1', 'beside');
  await waitFor('the healthy one', () => isThere('healthy 1'));
  expect(await readBoard('beside')).toMatchObject({ closed_until: null });
});

it('a message that fails while others get through is parked in the end, with owner and reason', async () => {
  await sender.file('poison 3', 'alone');
  const parked = () =>
    query("select last_error, owner, attempting from links where agency = 'alone' and state = 'parked'");
  for (let n = 0; n < 9 && (await parked()).length === 0; n += 1) {
    await failAgain('alone', 'poison 3');
    await sender.file(`beside ${n}`, 'alone');
    await waitFor('another to get through', () => isThere(`beside ${n}`));
  }
  const [link] = await waitFor('the parked link', async () => {
    const links = await parked();
    return links.length > 0 && links;
  });
  expect(link.owner).toBe('담당자');
  expect(wordReason(link.last_error, 'en')).toMatch(
    /^the board failed at this 8 times while it took others: HTTP 500/,
  );
  expect(wordReason(link.last_error, 'ko')).toMatch(/^게시판이 다른 건은 받으면서 이 건은 8번 실패했습니다/);
  expect(link.attempting, 'the board may hold it: it is asked before it is sent again').toBe(1);
  expect(await readBoard('alone')).toMatchObject({ closed_until: null });
});

it('a board that closed is tried with another message than those that failed', async () => {
  await sender.file('poison 4', 'probed');
  await sender.file('poison 5', 'probed');
  await waitFor('the breaker to close', async () => (await readBoard('probed'))?.closed_until);
  const before = boards.calls.length;
  await sender.file('healthy 2', 'probed');
  // The poisoned ones are due, and have waited for longer.
  await query("update links set next_at = now() - interval '1 hour' where agency = 'probed' and tries > 0");
  await waitFor('the healthy one', () => isThere('healthy 2'));
  const pushes = boards.calls
    .slice(before)
    .filter(({ kind, agency }) => kind === 'push' && agency === 'probed');
  expect(pushes[0]?.title).toBe('healthy 2');
});

it('a board that is away is left alone, though it cannot be asked', async () => {
  boards.behave = ({ agency }) => (agency === 'away' ? { status: 500 } : undefined);
  for (let n = 0; n < 3; n += 1) await sender.file(`waiting ${n}`, 'away');
  await waitFor('the breaker to close', async () => (await readBoard('away'))?.closed_until);
  const before = boards.calls.length;
  await sender.file('waiting 4', 'away');
  await sender.file('healthy 3', 'beside');
  await waitFor('the other agency', () => isThere('healthy 3'));
  expect(boards.calls.slice(before).filter(({ agency }) => agency === 'away')).toEqual([]);
});
