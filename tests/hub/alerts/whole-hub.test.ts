import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Hub } from '../../../hub/app.ts';
import { addDays, toLedgerDay } from '../../../hub/exchange/ledger/days.ts';
import { isBalanced, readLedger } from '../../../hub/exchange/ledger/ledger.ts';
import { type RestBoard, startRestBoard } from '../../boards/rest-board/index.ts';
import { startHttpSink } from '../../sinks/http-sink.ts';
import { startSmtpSink } from '../../sinks/smtp-sink.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../support/test-hub.ts';
import { waitFor } from '../../support/wait-for.ts';

let from: RestBoard;
let to: RestBoard;
let hub: TestHub;
let second: Hub;
let sink: Awaited<ReturnType<typeof startSmtpSink>>;
let gateway: Awaited<ReturnType<typeof startHttpSink>>;
const posts: string[] = [];

beforeAll(async () => {
  process.env.SBIZ_API_KEY = 'rest-key';
  from = await startRestBoard({ agencyName: '보내는 기관', apiKey: 'rest-key' });
  to = await startRestBoard({ agencyName: '받는 기관', apiKey: 'rest-key' });
  sink = await startSmtpSink();
  gateway = await startHttpSink(0, ({ body }) => {
    posts.push(body);
    return { status: 200, body: 'ok' };
  });
  const agencies = [
    readBoardAgency('rest-board', 'sbiz', from.url),
    readBoardAgency('rest-board', 'other', to.url),
  ];
  hub = await startTestHub(
    agencies,
    { rules: [], default: 'other' },
    {
      SMTP_URL: sink.url,
      ALERT_EMAIL: 'op@hub.example.kr, night@hub.example.kr',
      ALERT_WEBHOOK_URL: gateway.url,
      METRICS_PORT: '0',
    },
  );
  second = await hub.startAnother();
});
afterAll(async () => {
  await second.stop();
  await hub.stop();
  await Promise.all([from.close(), to.close(), sink.close(), gateway.close()]);
});

const sql = (text: string, values: unknown[] = []) => hub.store.pool.query(text, values);

it('the ledger of a hub at work balances, and its numbers are those of the boards', async () => {
  for (let n = 0; n < 5; n += 1) from.file({ subject: `민원 ${n}` });
  from.file({ subject: '분류가 틀린 민원', ctgry: 'WRONG' });
  const [first] = await waitFor(
    'the complaints on the other board',
    () => to.posts().length === 5 && to.posts(),
  );
  to.answer(first!.mwNo, '처리했습니다.');
  await waitFor('the answer', () => from.posts().some(({ replies }) => replies.length > 0));
  await waitFor('that all is level', async () => {
    const { rows } = await sql(`select count(*)::int as n from links where held < due`);
    return rows[0].n === 0;
  });
  const today = toLedgerDay(new Date());
  const rows = await readLedger(hub.store, { from: addDays(today, -1), to: today });
  expect(rows.every(isBalanced)).toBe(true);
  const sum = (agency: string, read: (row: (typeof rows)[number]) => number) =>
    rows.filter((row) => row.agency === agency).reduce((total, row) => total + read(row), 0);
  expect(sum('sbiz', ({ received }) => received.parked)).toBe(1);
  // Each of five complaints: registration and assignment.
  expect(sum('other', ({ due }) => due.held)).toBe(10);
  // Each of five assignments; the answer, and what of the progress came with it.
  const { rows: told } = await sql(
    `select count(*)::int as n from events e join links l on l.complaint_id = e.complaint_id and l.agency = 'other'
     where e.link_id = l.id`,
  );
  expect(sum('sbiz', ({ due }) => due.held)).toBe(5 + told[0].n);
});

it('the operator is told once by two processes, at each address, and /metrics counts', async () => {
  await sql(
    `insert into alerts (id, condition, subject, state, since, seen_at, opened_at, count, items)
     values ($1, 'items-parked', 'sbiz', 'open', now() - interval '2 minutes', now(), now() - interval '2 minutes', 1, '[]')
     on conflict (condition, subject) do update set state = 'open', opened_at = excluded.opened_at`,
    [uuid()],
  );
  const alertMails = async () =>
    (await sink.mails()).filter(({ subject }) => subject?.startsWith('[민원 허브 경보]'));
  await waitFor('the mails', async () => (await alertMails()).length >= 2, 20_000);
  await waitFor('the webhook', () => posts.length > 0);
  // Two more looks of each process.
  const { rows } = await sql(`select max(checked_at) as at from alert_checks`);
  await waitFor(
    'further looks',
    async () =>
      ((await sql('select 1 from alert_checks where checked_at > $1', [rows[0].at])).rowCount ?? 0) > 0,
    20_000,
  );
  const mails = await alertMails();
  expect(mails.map(({ envelope }) => envelope.to).sort()).toEqual([
    ['night@hub.example.kr'],
    ['op@hub.example.kr'],
  ]);
  expect(mails[0]?.text).toContain('받은 자료 보류 (1)');
  expect(posts).toHaveLength(1);
  const metrics = await (await fetch(hub.metricsUrl ?? '')).text();
  expect(metrics).toMatch(/hub_alerts_open\{of="items-parked"\} 1\n/);
});
