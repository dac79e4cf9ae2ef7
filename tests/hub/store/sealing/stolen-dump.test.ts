import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addFactor } from '../../../../hub/access/factors/factors.ts';
import { createUser } from '../../../../hub/access/people/users.ts';
import { startHub } from '../../../../hub/app.ts';
import { listDrafts, saveDraft } from '../../../../hub/complaints/drafts.ts';
import { listComplaints } from '../../../../hub/complaints/reading/search.ts';
import { askRelease } from '../../../../hub/complaints/reviews/reviews.ts';
import { writeNote } from '../../../../hub/desk/notes.ts';
import { saveFilter } from '../../../../hub/desk/saved-filters.ts';
import { planTrial } from '../../../../hub/notify/trials/trial-messages.ts';
import { readSettings } from '../../../../hub/settings.ts';
import type { Store } from '../../../../hub/store/database.ts';
import { openEmbeddedServer } from '../../../../hub/store/embedded/embedded-server.ts';
import { openConfiguredStore } from '../../../../hub/store/open.ts';
import { makeLocalKey } from '../../../../hub/store/sealing/key-encryption.ts';
import { startRestBoard } from '../../../boards/rest-board/index.ts';
import { configure, readBoardAgency } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';

/** What a thief looks for: no other text of this test contains any of it. */
const secrets = {
  name: '제갈소담',
  company: '너울가지공방',
  phone: '98765432',
  email: 'sodam.jegal@nowhere.example',
  title: '마을버스 배차간격',
  body: '막차가 사라졌습니다',
  answer: '증차를 검토하겠습니다',
  followUp: '언제부터인지 궁금합니다',
  file: '탄원서에 적힌 글월',
  fileName: '제갈소담_탄원서',
  draft: '쓰다 만 회신 문장',
  note: '담당자끼리 남긴 쪽지',
  review: '결재를 기다리는 답변',
  filter: '저장해 둔 찾기말',
  trial: '시험 문자 내용입니다',
  totp: 'JBSWY3DPEHPK3PXPZZ',
};
type Secret = keyof typeof secrets;

interface Stolen {
  /** All tables as text, without the keys. */
  dump: string;
  /** Every file of the server's data and of the attachments. */
  files: Buffer;
  found: string[];
}

async function runAndSteal(sealing: boolean): Promise<Stolen> {
  const folder = await mkdtemp(join(tmpdir(), 'minwon-hub-stolen-'));
  const keyFile = join(tmpdir(), `${folder.split('-').at(-1)}.sealing-key`);
  await writeFile(keyFile, makeLocalKey());
  const server = await openEmbeddedServer(folder);
  try {
    const settings = readSettings({
      DATABASE_URL: server.url,
      DATA_DIR: folder,
      ATTACHMENTS_DIR: join(folder, 'attachments'),
      PORT: '0',
      LOG_LEVEL: 'silent',
      ...(sealing && { SEALING_KEY: `file:${keyFile}` }),
    });
    const found = await live(settings);
    const dump = await dumpTables(server.url);
    await server.stop();
    return { dump, files: await readFiles(folder), found };
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
    await rm(keyFile, { force: true });
  }
}

/** A complaint with a file goes from one board to another and is answered; officers write what only the hub has. */
async function live(settings: ReturnType<typeof readSettings>): Promise<string[]> {
  process.env.SBIZ_API_KEY = 'rest-key';
  const near = await startRestBoard({ agencyName: '가까운 기관', apiKey: 'rest-key' });
  const far = await startRestBoard({ agencyName: '먼 기관', apiKey: 'rest-key' });
  const { store, stop } = await openConfiguredStore(settings);
  await configure(
    store,
    [readBoardAgency('rest-board', 'near', near.url), readBoardAgency('rest-board', 'far', far.url)],
    { rules: [{ when: { category: ['기술'] }, to: 'far' }], default: 'near' },
  );
  const hub = await startHub(settings, { log: pino({ level: 'silent' }) });
  try {
    const no = near.file(
      {
        subject: secrets.title,
        contents: secrets.body,
        ctgry: 'TECH',
        wrtr: {
          nm: secrets.name,
          corpNm: secrets.company,
          mail: secrets.email,
          hp: `010-${secrets.phone.slice(0, 4)}-${secrets.phone.slice(4)}`,
          ntcMthd: 'E',
        },
      },
      [{ name: `${secrets.fileName}.txt`, content: Buffer.from(`${secrets.file}\n`.repeat(100)) }],
    );
    const there = await waitFor('the post and its file on the other board', () => {
      const post = far.posts().find(({ subject }) => subject === secrets.title);
      return post && far.files(post.mwNo).length === 1 && post;
    });
    far.answer(there.mwNo, secrets.answer);
    await waitFor('the answer', () => JSON.stringify(near.posts()).includes(secrets.answer));
    near.followUp(no, secrets.followUp);
    await waitFor('the follow-up', () => JSON.stringify(far.posts()).includes(secrets.followUp));
    await write(store);
    await waitFor(
      'the message in the outbox',
      async () => (await store.pool.query('select from outbox')).rows.length > 0,
    );
    return await find(store);
  } finally {
    await hub.stop();
    await stop();
    await Promise.all([near.close(), far.close()]);
  }
}

async function write(store: Store): Promise<void> {
  const { rows } = await store.pool.query<{ id: string; receipt_number: string }>(
    'select id, receipt_number from complaints',
  );
  const [complaint] = rows;
  if (!complaint) throw new Error('there is no complaint');
  const { id: complaintId, receipt_number: receiptNumber } = complaint;
  const login = 'kim';
  const user = await createUser(store, {
    login,
    name: '김담당',
    role: 'counsellor',
    password: 'correct horse battery 7!',
  });
  const place = { userId: user.id, complaintId, form: 'answer' };
  await saveDraft(store, place, { text: secrets.draft });
  const note = { key: crypto.randomUUID(), complaintId, receiptNumber, body: secrets.note, mentioned: [] };
  await writeNote(store, user, note);
  await askRelease(store, {
    ...{ authorName: user.name, reviewers: undefined },
    ...{
      complaintId,
      receiptNumber,
      agency: 'far',
      form: 'answer',
      author: login,
      authorId: user.id,
      seq: 1,
    },
    fields: { text: secrets.review },
    files: [],
  });
  await saveFilter(store, user.id, { name: '내 목록', query: `text=${secrets.filter}` });
  await planTrial(store, {
    person: login,
    channel: 'sms',
    address: `+8210${secrets.phone}`,
    language: 'ko',
    template: 'answered',
    subject: '시험',
    text: secrets.trial,
  });
  const factor = { kind: 'totp' as const, name: '전화기', secret: secrets.totp, step: 1 };
  await store.db.transaction().execute((trx) => addFactor(trx, { id: user.id, login }, factor));
  expect((await listDrafts(store, place)).get('answer')?.fields.text).toBe(secrets.draft);
}

/** What people type to find it, and whether they do. */
async function find(store: Store): Promise<string[]> {
  const asked: Record<string, Parameters<typeof listComplaints>[1]> = {
    'words of the title': { text: '마을버스' },
    'a single syllable': { text: '막' },
    'a name': { text: secrets.name },
    'another name': { text: '제갈공명' },
    'a telephone number': { text: '01098765432', person: { phone: `+8210${secrets.phone}` } },
    'an e-mail address': { text: secrets.email, person: { email: secrets.email.toUpperCase() } },
    'another telephone number': { text: '01098765433', person: { phone: '+821098765433' } },
  };
  const found: string[] = [];
  await waitFor(
    'the words of the complaint',
    async () => (await listComplaints(store, { text: '마을버스' })).rows.length > 0,
  );
  for (const [what, filter] of Object.entries(asked)) {
    const { rows } = await listComplaints(store, filter);
    if (rows.length === 1 && rows[0]?.title === secrets.title && rows[0].complainant === secrets.name)
      found.push(what);
    else expect(rows).toEqual([]);
  }
  return found;
}

/** As a dump has it: every row of every table as text, read by a client without keys. */
async function dumpTables(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows: tables } = await client.query<{ name: string }>(
    "select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema')",
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await client.query<{ row: string }>(`select t::text as row from ${name} t`);
    texts.push(`-- ${name}`, ...rows.map(({ row }) => row));
  }
  await client.end();
  return texts.join('\n');
}

async function readFiles(folder: string): Promise<Buffer> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const wanted = entries.filter((entry) => entry.isFile());
  return Buffer.concat(
    await Promise.all(wanted.map((entry) => readFile(join(entry.parentPath, entry.name)))),
  );
}

const listFound = (seen: (text: string) => boolean) =>
  (Object.keys(secrets) as Secret[]).filter(
    (what) => seen(secrets[what]) || seen(encodeURIComponent(secrets[what])),
  );

describe.each([
  ['sealing off', false],
  ['sealing on', true],
])('a stolen dump, %s', (_name, sealing) => {
  let stolen: Stolen;
  beforeAll(async () => {
    stolen = await runAndSteal(sealing);
  }, 240_000);
  afterAll(() => {
    stolen = undefined as unknown as Stolen;
  });
  // What the tables do not hold: contents of files lie in the store of attachments.
  const inTables = (Object.keys(secrets) as Secret[]).filter((what) => what !== 'file');

  it('shows what the run left in the tables only where sealing is off', () => {
    expect(listFound((text) => stolen.dump.includes(text))).toEqual(sealing ? [] : inTables);
  });

  it('and so do the files of the server, its write-ahead log and the attachments', () => {
    expect(listFound((text) => stolen.files.includes(text))).toEqual(sealing ? [] : Object.keys(secrets));
  });

  it('people find the complaint either way', () => {
    expect(stolen.found).toEqual([
      'words of the title',
      'a single syllable',
      'a name',
      'a telephone number',
      'an e-mail address',
    ]);
  });
});
