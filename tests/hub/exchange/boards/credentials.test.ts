import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { applyConfiguration } from '../../../../hub/configuration/changes/apply.ts';
import type { Agency } from '../../../../schemas/index.ts';
import { inWords } from '../../../support/in-words.ts';
import { openSender, type Sender, senderAgency } from '../../../support/sender.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { startWireBoards, toWireAgency, type WireBoards } from '../../../support/wire-board.ts';
import { writeFolder } from '../../configuration/example-folder.ts';

let boards: WireBoards;
let agencies: Agency[];
const routing = {
  rules: ['shut', 'alone', 'known'].map((code) => ({ when: { category: [code] }, to: code })),
  default: 'shut',
};
let hub: TestHub;
let sender: Sender;

beforeAll(async () => {
  boards = await startWireBoards();
  agencies = ['shut', 'alone', 'known'].map((code) =>
    toWireAgency(boards, code, { concurrency: 2, timeout: 2 }),
  );
  agencies.push(senderAgency);
  hub = await startTestHub(agencies, routing);
  sender = await openSender(hub);
});
afterAll(async () => {
  await boards.close();
  await hub.stop();
});
afterEach(() => {
  boards.behave = () => undefined;
});

const titlesFor = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, n) => `${prefix} ${n}`);
const effectsAt = (agency: string) => boards.effects.filter((effect) => effect.agency === agency);
const pushesTo = (agency: string) =>
  boards.calls.filter((call) => call.agency === agency && call.kind === 'push');
const query = async (text: string, values: unknown[]) => (await hub.store.pool.query(text, values)).rows;
const linksOf = (agency: string, state: string) =>
  query(`select id from links where agency = $1 and state = $2`, [agency, state]);
const readBoard = async (agency: string) =>
  (
    await query(
      `select unauthorised_since is not null as "isShut", extract(epoch from closed_until - now())::int as pause,
         last_error_at < now() - interval '1 second' as "isAtRest"
       from boards where agency = $1`,
      [agency],
    )
  )[0];
/** The pause is over, as far as the board's breaker is concerned. */
const endPause = (agency: string) =>
  query('update boards set closed_until = now() where agency = $1 returning agency', [agency]);
const isShut = (agency: string) =>
  waitFor('the board to be left alone', async () => {
    const board = await readBoard(agency);
    // Calls that were under way when it closed have said so too: each says again how long the pause is.
    return board?.isShut && board.isAtRest && board.pause > 0 && board;
  });

it('refused credentials stop the delivery, park nothing, and all goes out in order once they are right', async () => {
  let refused = true;
  boards.behave = ({ agency, kind }) =>
    refused && agency === 'shut' && kind === 'push' ? { status: 401 } : undefined;
  const titles = titlesFor('인증이 거절된 민원', 20);
  for (const title of titles) await sender.file(title, 'shut');
  const { pause } = await isShut('shut');
  // A minute, a tenth more or less.
  expect(pause).toBeGreaterThan(45);
  expect(pause).toBeLessThan(70);
  expect(await linksOf('shut', 'parked')).toEqual([]);
  const calls = pushesTo('shut').length;
  expect(calls, 'no more than were under way at once').toBeLessThanOrEqual(8);

  await endPause('shut');
  await waitFor('one more call', () => pushesTo('shut').length > calls);
  await isShut('shut');
  expect(pushesTo('shut').length - calls, 'one call to see').toBe(1);

  const alert = await waitFor(
    'the alert',
    async () => {
      const [found] = await query(
        "select items, state from alerts where condition = 'credentials-refused' and subject = $1 and state = 'open'",
        ['shut'],
      );
      return found;
    },
    20_000,
  );
  expect(inWords(alert.items)).toEqual(['delivery']);

  refused = false;
  await endPause('shut');
  await waitFor('all of them', () => effectsAt('shut').length === titles.length, 20_000);
  expect(new Set(effectsAt('shut').map(({ title }) => title))).toEqual(new Set(titles));
  expect(await linksOf('shut', 'parked')).toEqual([]);
  expect(await readBoard('shut')).toMatchObject({ isShut: false });
}, 60_000);

it('a configuration that is applied ends the pause at once', async () => {
  let refused = true;
  boards.behave = ({ agency }) => (refused && agency === 'known' ? { status: 403 } : undefined);
  await sender.file('설정을 고칠 민원', 'known');
  await isShut('known');
  refused = false;
  const folder = await writeFolder(
    Object.fromEntries([
      ...agencies.map((agency) => [
        `agencies/${agency.code}.yaml`,
        stringify(agency.code === 'known' ? { ...agency, phone: '02-123-4567' } : agency),
      ]),
      ['routing.yaml', stringify(routing)],
    ]),
  );
  await applyConfiguration(hub.store, folder, 'admin');
  await waitFor('the complaint', () => effectsAt('known').length === 1);
  expect(await linksOf('known', 'parked')).toEqual([]);
});

it('a single complaint that is refused while others are let in is parked, and holds up none of them', async () => {
  boards.behave = ({ agency, kind, title }) =>
    agency === 'alone' && kind === 'push' && title === '막힌 민원' ? { status: 403 } : undefined;
  await sender.file('막힌 민원', 'alone');
  await isShut('alone');
  await sender.file('지나가는 민원', 'alone');
  await waitFor(
    'the one to be parked',
    async () => {
      // A pause goes by, and with it the time that a call may take.
      await query("update attempts set finished_at = finished_at - interval '5 seconds' where $1 = outcome", [
        'refused',
      ]);
      await query('update boards set closed_until = now() where agency = $1', ['alone']);
      return (await linksOf('alone', 'parked')).length === 1;
    },
    20_000,
  );
  await waitFor('the other', () => effectsAt('alone').length === 1);
  await sender.file('나중 민원', 'alone');
  await waitFor('what comes later', () => effectsAt('alone').length === 2);
  expect(await readBoard('alone')).toMatchObject({ isShut: false });
}, 60_000);
