import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { destroyComplaints } from '../../../../hub/retention/destroy-complaints.ts';
import { openConfiguredStore } from '../../../../hub/store/open.ts';
import { makeLocalKey } from '../../../../hub/store/sealing/key-encryption.ts';
import { type RestBoard, startRestBoard } from '../../../boards/rest-board/index.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { createVisitors } from '../../console/console-server.ts';
import { insertUsers } from '../../console/sample-board.ts';

const law = '고용보험법 시행령 제145조의2';
let folder: string;
let boards: RestBoard[];
let hub: TestHub;
const visitAs = createVisitors(() => hub.url).as;

beforeAll(async () => {
  process.env.SBIZ_API_KEY = 'rest-key';
  folder = await mkdtemp(join(tmpdir(), 'minwon-hub-kept-'));
  await writeFile(join(folder, 'key'), makeLocalKey());
  boards = await Promise.all(
    ['도로과', '세무과'].map((agencyName) => startRestBoard({ agencyName, apiKey: 'rest-key' })),
  );
  hub = await start(sealing());
  await insertUsers(hub.store);
});
afterAll(async () => {
  await hub.stop();
  await Promise.all(boards.map((board) => board.close()));
  await rm(folder, { recursive: true });
});

const sealing = () => ({ SEALING_KEY: `file:${join(folder, 'key')}` });

/** `tax` answers, and a law names it for resident registration numbers alone; `road` has none. */
const start = (environment: Record<string, string>) => {
  const [road, tax] = boards as [RestBoard, RestBoard];
  return startTestHub(
    [
      readBoardAgency('rest-board', 'road', road.url),
      {
        ...readBoardAgency('rest-board', 'tax', tax.url),
        uniqueIdentifiers: { allow: [{ kind: 'rrn', law }] },
      },
    ],
    { rules: [], default: 'tax' },
    environment,
  );
};

// Of nobody: no office has the digits 0000. Both check digits are right.
const rrn = '000101-4000016';
const card = '4000-0000-0000-0002';

async function fileAndWait(
  board: RestBoard | undefined,
  other: RestBoard | undefined,
  subject: string,
): Promise<void> {
  board?.file({ subject, contents: `주민번호 ${rrn}, 다시 000101 4000016. 카드 ${card}` });
  await waitFor('the post on the board that answers', () =>
    other?.posts().find((post) => post.subject === subject),
  );
}

it('keeps what a law names for the agency that answers, sealed, and shows it there with a reason alone', async () => {
  const [road, tax] = boards;
  await fileAndWait(road, tax, '실업급여 문의');
  expect(JSON.stringify(tax?.posts())).not.toContain('4000016');
  const { rows } = await hub.store.pool.query(
    'select agency, kind, law, value, complaint_id from kept_identifiers',
  );
  // The card has no law, and the same number written twice is one.
  expect(rows).toMatchObject([{ agency: 'tax', kind: 'rrn', law }]);
  expect(rows[0].value).toMatch(/^\$sealed1\$t/);

  const { rows: found } = await hub.store.pool.query('select receipt_number from complaints');
  const at = `/complaints/${found[0].receipt_number}`;
  const tax1 = await visitAs('tax');
  expect((await tax1.get(at)).text).toContain(`href="${at}/numbers"`);
  const asked = await tax1.get(`${at}/numbers`);
  expect(asked.text).toContain(law);
  expect(asked.text).not.toContain(rrn);
  const refused = await tax1.fill(`${at}/numbers`, `${at}/numbers`, { reason: ' ' });
  expect(refused.status).toBe(422);
  expect(refused.text).not.toContain(rrn);
  const shown = await tax1.fill(`${at}/numbers`, `${at}/numbers`, { reason: '수급 자격 조회' });
  expect(shown.text).toContain(rrn);
  expect(shown.headers.get('cache-control')).toContain('no-store');
  const { rows: log } = await hub.store.pool.query(
    "select actor, purpose, reason, items from access_entries where purpose = 'numbers'",
  );
  expect(log).toMatchObject([{ actor: 'tax', reason: '수급 자격 조회', items: ['numbers'] }]);

  // The agency where it was written has no law, the contact centre and the administrator are no agency.
  for (const login of ['road', 'counsellor', 'admin', 'auditor']) {
    const visitor = await visitAs(login);
    const page = await visitor.get(at);
    expect(page.status, login).toBe(200);
    expect(page.text, login).not.toContain(`${at}/numbers`);
    expect(page.text, login).not.toContain('4000016');
    const own = await visitor.get(`${at}/numbers`);
    expect(own.text, login).not.toContain(law);
  }
});

it('the complainant is told what is kept by which law, and what is masked', async () => {
  const opened = await openConfiguredStore({ DATABASE_URL: hub.store.url, DATA_DIR: folder, ...sealing() });
  try {
    const text = await waitFor('the message', async () => {
      const { rows } = await opened.store.pool.query<{ text: string }>(
        `select o.text from outbox o join notices n on n.id = o.notice_id where n.template = 'registered' and n.channel = 'email'`,
      );
      return rows[0]?.text;
    });
    expect(text).toContain(`암호화하여 보관합니다(주민등록번호: ${law})`);
    expect(text).toContain('적어 주신 번호(카드번호)는 일부를 가리고');
  } finally {
    await opened.stop();
  }
});

it('a destroyed complaint keeps none', async () => {
  const { rows } = await hub.store.pool.query('select id from complaints');
  await destroyComplaints(
    hub.store.pool,
    rows.map(({ id }) => id),
    '00000000-0000-7000-8000-000000000000',
  );
  expect((await hub.store.pool.query('select 1 from kept_identifiers')).rowCount).toBe(0);
});

it('without a key nothing is kept in the clear', async () => {
  const [road, tax] = boards;
  const clear = await start({});
  try {
    await fileAndWait(road, tax, '열쇠 없는 허브');
    expect((await clear.store.pool.query('select 1 from kept_identifiers')).rowCount).toBe(0);
  } finally {
    await clear.stop();
  }
});
