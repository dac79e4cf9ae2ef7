import pino from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSigner } from '../../../hub/access/keys/signing-key.ts';
import { recountAll } from '../../../hub/insight/process/keep-process.ts';
import { listDestructions, planAgain, stopDestruction } from '../../../hub/retention/destructions.ts';
import { countOver } from '../../../hub/retention/find-over.ts';
import { endHold, holdComplaint, listHolds } from '../../../hub/retention/holds.ts';
import { announceWhatIsOver, runWhatIsDue } from '../../../hub/retention/keep-retention.ts';
import { digestNumbers, isAsSigned, type SignedReport } from '../../../hub/retention/report.ts';
import { toCutoff } from '../../../hub/retention/rules.ts';
import type { Agency } from '../../../schemas/index.ts';
import { type RestBoard, startRestBoard } from '../../boards/rest-board/index.ts';
import { type SoapBoard, startSoapBoard } from '../../boards/soap-board/index.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../support/test-hub.ts';
import { waitFor } from '../../support/wait-for.ts';
import { createReconciler } from '../exchange/reconcile/reconciling.ts';

let rest: RestBoard;
let soap: SoapBoard;
let hub: TestHub;
let agencies: Agency[];
const log = pino({ level: 'silent' });
const forEver = new AbortController().signal;
/** Words that must be nowhere when their complaint is destroyed. */
const toWords = (tag: string) => ({
  subject: `${tag}다리난간보수`,
  contents: `${tag}은행나무길끝의난간이흔들립니다`,
  writer: `남궁${tag}`,
  mail: `${tag}@example.kr`,
  answer: `${tag}난간을새것으로바꾸었습니다`,
  question: `${tag}언제끝납니까`,
  file: `${tag}사진기록.txt`,
});
const now = new Date('2026-12-01T09:00:00+09:00');
const monday = new Date('2026-12-14T02:00:00+09:00');

beforeAll(async () => {
  process.env.SBIZ_API_KEY = 'rest-key';
  process.env.TECHNO_PASSWORD = 'soap-password';
  rest = await startRestBoard({ agencyName: '소상공인지원원', apiKey: 'rest-key' });
  soap = await startSoapBoard({
    agencyName: '기술혁신진흥원',
    user: 'minwon-hub',
    password: 'soap-password',
  });
  agencies = [
    readBoardAgency('rest-board', 'sbiz', rest.url),
    {
      ...readBoardAgency('soap-board', 'techno', soap.url),
      retention: [{ years: 1, source: '기록관리기준표' }],
    },
  ];
  hub = await startTestHub(agencies, {
    rules: [{ when: { category: ['기술'] }, to: 'techno' }],
    default: 'sbiz',
  });
});
afterAll(async () => {
  await hub.stop();
  await Promise.all([rest.close(), soap.close()]);
});

const dependencies = () => ({
  store: hub.store,
  log,
  listAgencies: () => agencies,
  signer: () => openSigner(hub.store, undefined, 'audit'),
});
const query = async <T>(text: string, values: unknown[] = []) =>
  (await hub.store.pool.query(text, values)).rows as T[];

/** Every row of every table of the hub, as text. */
async function dump(): Promise<string> {
  const tables = await query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'rehearsal', 'trial')`,
  );
  const parts: string[] = [];
  for (const { name } of tables)
    parts.push(
      ...(await query<{ row: string }>(`select t::text as row from ${name} t`)).map(({ row }) => row),
    );
  return parts.join('\n');
}

/** A complaint from one board that another agency answered, all of it brought, and completed in spring 2024. */
async function fileAndAnswer(tag: string): Promise<{ no: number; receiptNumber: string; id: string }> {
  const words = toWords(tag);
  const no = rest.file(
    {
      ...{ subject: words.subject, contents: words.contents, ctgry: 'TECH' },
      wrtr: { nm: words.writer, mail: words.mail, hp: '010-7777-1234', ntcMthd: 'E' },
    },
    [{ name: words.file, content: Buffer.from(`파일 ${tag}`) }],
  );
  const there = await waitFor('the copy', () =>
    soap.posts().find(({ post }) => post.CVPL_SJ === words.subject),
  );
  rest.followUp(no, words.question);
  await waitFor('the question', () => JSON.stringify(soap.posts()).includes(words.question));
  soap.answer(String(there.post.CVPL_NO), words.answer);
  await waitFor('the answer on its board', () =>
    rest.posts().find((post) => post.mwNo === no && JSON.stringify(post).includes(words.answer)),
  );
  const find = () =>
    query<{ id: string; receiptNumber: string }>(
      `select id, receipt_number as "receiptNumber" from complaints c where content ->> 'title' = $1
         and not exists (select from links l where l.complaint_id = c.id and l.held < l.due)
         and not exists (select from notices n where n.complaint_id = c.id and n.state = 'due')
         and exists (select from attachments a where a.complaint_id = c.id and a.state = 'held')
         and exists (select from events e where e.complaint_id = c.id and e.type = 'answered')`,
      [words.subject],
    );
  const found = await waitFor('all of it brought', async () => (await find())[0]);
  // People of the hub wrote about it too.
  await query(
    "insert into notes (id, complaint_id, agency, author, body) values (gen_random_uuid(), $1, 'techno', 'kim', $2)",
    [found.id, words.contents],
  );
  await query("update complaints set updated_at = '2024-04-05T10:00:00+09:00' where id = $1", [found.id]);
  return { no, ...found };
}

interface Sum {
  agency: string;
  kind: string;
  counts: Record<string, number>;
}

/** The sums of figures, once nothing waits to be counted: duties of the hub count a moment after a complaint changed. */
const readSums = async () => {
  await waitFor('the figures and their sums', async () => {
    const [open] = await query<{ n: string }>(
      'select (select count(*) from unmeasured) + (select count(*) from process_stale) as n',
    );
    return Number(open?.n) === 0;
  });
  return query<Sum>('select * from process_sums order by agency, kind, month');
};
/** Complaints of techno in the sums of all kinds, whatever the month. */
const countCases = (sums: Sum[]) =>
  sums
    .filter(({ agency, kind }) => agency === 'techno' && kind === '')
    .reduce((all, { counts }) => all + (counts.cases ?? 0), 0);

const state = async () => (await listDestructions(hub.store)).find((one) => one.state !== 'done');

it('what is over is announced, held, stopped, planned anew, destroyed wholly, and does not come back', async () => {
  const first = await fileAndAnswer('하늘');
  const held = await fileAndAnswer('보류');
  const young = await fileAndAnswer('보존');
  await query("update complaints set updated_at = '2025-01-01T00:00:00+09:00' where id = $1", [young.id]);
  const over = {
    agency: 'techno',
    kinds: ['law_query', 'query', 'suggestion', 'other', 'grievance', 'statutory'],
    cutoff: toCutoff(1, now),
  } as const;
  expect(await countOver(hub.store.pool, { ...over, kinds: [...over.kinds] })).toEqual({
    all: 2,
    held: 0,
    underWay: 0,
  });

  // Announced once, for the Monday after next week.
  await announceWhatIsOver(dependencies(), now);
  await announceWhatIsOver(dependencies(), now);
  const [announced, ...others] = await listDestructions(hub.store);
  expect(others).toEqual([]);
  expect(announced).toMatchObject({
    agency: 'techno',
    years: 1,
    expected: 2,
    state: 'announced',
    plannedAt: monday,
  });

  // Held by a person; its own number twice is one hold, and a wrong one is told.
  const by = 'admin';
  const hold = { receiptNumber: held.receiptNumber, reason: '소송 중', by };
  expect(await holdComplaint(hub.store, hold)).toBe('held');
  expect(await holdComplaint(hub.store, hold)).toBe('held_before');
  expect(await holdComplaint(hub.store, { ...hold, receiptNumber: '00-0000-0000-0' })).toBe('unknown');

  // Stopped, nothing happens on the day; planned again, people have a week again.
  const id = announced?.id as string;
  expect(await stopDestruction(hub.store, { id, by, reason: '검토' })).toBe(true);
  await runWhatIsDue(dependencies(), forEver, monday);
  expect(await state()).toMatchObject({ state: 'stopped', reason: '검토', removed: {} });
  expect(await planAgain(hub.store, { id, by }, monday)).toBe(true);
  await runWhatIsDue(dependencies(), forEver, monday);
  expect(await state()).toMatchObject({
    state: 'announced',
    plannedAt: new Date('2026-12-21T02:00:00+09:00'),
  });

  const before = await dump();
  for (const word of Object.values(toWords('하늘'))) expect(before).toContain(word);
  const figures = await readSums();
  expect(countCases(figures)).toBe(3);
  await runWhatIsDue(dependencies(), forEver, new Date('2026-12-21T02:00:00+09:00'));

  // One went, with every word that only it had.
  const [done] = await listDestructions(hub.store);
  expect(done).toMatchObject({ state: 'done', removed: { complaints: 1, attachments: 1 } });
  const after = await dump();
  for (const word of Object.values(toWords('하늘'))) expect(after).not.toContain(word);
  for (const word of Object.values(toWords('보류'))) expect(after).toContain(word);
  const [row] = await query<{ status: string; destroyed: boolean; title: string }>(
    "select status, destroyed_at is not null as destroyed, content ->> 'title' as title from complaints where id = $1",
    [first.id],
  );
  expect(row).toEqual({ status: 'answered', destroyed: true, title: '파기됨' });
  // Counted again from what is left of it, it is in the sums as before.
  await recountAll(hub.store, by);
  expect(await readSums()).toEqual(figures);

  // The report is signed, and says what is left.
  const [signed] = await query<SignedReport>(
    'select report, public_key as "publicKey", signature from destructions where id = $1',
    [id],
  );
  expect(signed?.report).toMatchObject({
    complaints: 1,
    receiptNumbers: digestNumbers([first.receiptNumber]),
    left: { all: 1, held: 1, underWay: 0 },
  });
  expect(isAsSigned(signed as SignedReport)).toBe(true);
  const altered = {
    ...(signed as SignedReport),
    report: { ...(signed as SignedReport).report, complaints: 2 },
  };
  expect(isAsSigned(altered)).toBe(false);

  // The boards still show their posts: no drift, nothing parked, no new complaint.
  for (const agency of ['sbiz', 'techno'])
    expect(
      (await createReconciler(hub).compare(agency)).drifts.filter(({ state: of }) => of === 'open'),
    ).toEqual([]);
  const parked = () =>
    query<{ problems: unknown }>("select problems from raw_items where outcome = 'parked'");
  expect(await parked()).toEqual([]);
  // Somebody writes below the old post: a person has to look, and nothing is added to what was emptied.
  rest.followUp(first.no, '이어서 묻습니다.');
  const [item] = await waitFor('the parked item', async () =>
    (await parked()).length > 0 ? parked() : undefined,
  );
  expect(JSON.stringify(item)).toContain('complaint_destroyed');
  expect(
    await query('select from events where complaint_id = $1 and type = $2', [first.id, 'followed_up']),
  ).toHaveLength(1);

  // The hold is ended: next time it goes too. With the young one nothing may happen.
  const [standing] = await listHolds(hub.store);
  expect(await endHold(hub.store, { id: standing?.id as string, by })).toBe(true);
  await announceWhatIsOver(dependencies(), now);
  await runWhatIsDue(dependencies(), forEver, new Date('2027-01-01T00:00:00+09:00'));
  const gone = await query<{ id: string }>('select id from complaints where destroyed_at is not null');
  expect(gone.map((one) => one.id).sort()).toEqual([first.id, held.id].sort());
  const last = await dump();
  for (const word of Object.values(toWords('보류'))) expect(last).not.toContain(word);
  for (const word of Object.values(toWords('보존'))) expect(last).toContain(word);
}, 240_000);

it('a rule that is longer now holds, and one that is gone stops it', async () => {
  const { id, receiptNumber } = await fileAndAnswer('바뀐');
  await announceWhatIsOver(dependencies(), now);
  const kept = agencies;
  agencies = agencies.map((agency) => ({ ...agency, retention: [{ years: 5, source: '바뀐 기준' }] }));
  await runWhatIsDue(dependencies(), forEver, monday);
  const destroyed = () =>
    query<{ at: Date | null }>('select destroyed_at as at from complaints where id = $1', [id]);
  expect((await destroyed())[0]?.at).toBeNull();
  expect(
    (await listDestructions(hub.store)).find(
      (one) => one.state === 'done' && one.expected === 1 && one.removed.complaints === undefined,
    ),
  ).toBeDefined();

  agencies = kept;
  await announceWhatIsOver(dependencies(), now);
  agencies = agencies.map(({ retention: _gone, ...agency }) => agency);
  await runWhatIsDue(dependencies(), forEver, monday);
  expect(await state()).toMatchObject({ state: 'stopped', decidedBy: 'hub' });
  expect((await destroyed())[0]?.at).toBeNull();
  agencies = kept;
  expect(receiptNumber).toMatch(/^\d\d-/);
}, 240_000);
