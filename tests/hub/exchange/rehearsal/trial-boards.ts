import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAgentToken } from '../../../../hub/access/keys/agent-keys.ts';
import type { Agency } from '../../../../schemas/index.ts';
import { createDatabase, readSqlAgency, secret } from '../../../adapters/conformance/sql-fixture.ts';
import { type RestBoard, startRestBoard } from '../../../boards/rest-board/index.ts';
import { startSoapBoard } from '../../../boards/soap-board/index.ts';
import { type AgentProcess, createAgentProcess } from '../../../support/processes/agent-process.ts';
import { openSyncDatabase } from '../../../support/servers/sync-database.ts';
import { readBoardAgency, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';

/** A board with an agency's engineer before it. */
export interface TrialBoard {
  agency: Agency;
  /** The numbers of the posts whose title has this in it. */
  find(part: string): string[];
  /** Files a complaint as a person does on the board's pages. */
  file(title: string): string;
  answer(id: string, text: string): void;
  /** Everything that anybody answered to a post. */
  answersOf(id: string): string;
  posts(): number;
  /** All that it holds of its posts. */
  dump(): string;
  /** Starts the agent beside it. Absent: the hub reaches it itself. */
  connect?(hub: TestHub): Promise<void>;
  close(): Promise<void>;
}

async function openRest(): Promise<TrialBoard> {
  process.env.SBIZ_API_KEY = 'rest-key';
  const board = await startRestBoard({ agencyName: '소상공인지원원', apiKey: 'rest-key' });
  return { agency: readBoardAgency('rest-board', 'sbiz', board.url), ...toRestBoard(board) };
}

const toRestBoard = (board: RestBoard): Omit<TrialBoard, 'agency'> => ({
  find: (part) => board.posts().flatMap(({ mwNo, subject }) => (subject.includes(part) ? String(mwNo) : [])),
  file: (subject) => String(board.file({ subject })),
  answer: (id, text) => void board.answer(Number(id), text),
  answersOf: (id) => JSON.stringify(board.posts().find(({ mwNo }) => mwNo === Number(id))?.replies),
  posts: () => board.posts().length,
  dump: () => JSON.stringify(board.posts()),
  close: () => board.close(),
});

async function openSoap(): Promise<TrialBoard> {
  process.env.TECHNO_PASSWORD = 'soap-password';
  const board = await startSoapBoard({
    agencyName: '기술혁신진흥원',
    user: 'minwon-hub',
    password: 'soap-password',
  });
  return {
    agency: readBoardAgency('soap-board', 'techno', board.url),
    find: (part) =>
      board.posts().flatMap(({ post }) => (String(post.CVPL_SJ).includes(part) ? String(post.CVPL_NO) : [])),
    file: (title) => board.file({ CVPL_SJ: title }),
    answer: (id, text) => void board.answer(id, text),
    answersOf: (id) => JSON.stringify(board.posts().find(({ post }) => String(post.CVPL_NO) === id)),
    posts: () => board.posts().length,
    dump: () => JSON.stringify(board.posts()),
    close: () => board.close(),
  };
}

async function openSql(): Promise<TrialBoard> {
  process.env.TEXTILE_DB_PASSWORD = secret;
  const { port, name, admin } = await createDatabase('postgres');
  const database = openSyncDatabase('postgres', admin);
  const agency = await readSqlAgency();
  if (!agency.board) throw new Error('no board');
  const filesIn = await mkdtemp(join(tmpdir(), 'trial-board-'));
  const settings = {
    ...agency.board.settings,
    filesIn,
    dialect: 'postgres',
    port,
    database: name,
    user: name,
  };
  const rows = (sql: string, values: unknown[] = []) =>
    database.query(sql, values) as Record<string, unknown>[];
  return {
    agency: { ...agency, board: { ...agency.board, pollEvery: 0.2, settling: 0.5, settings } },
    find: (part) =>
      rows('select no from minwon where position($1 in subject) > 0', [part]).map(({ no }) => String(no)),
    file: (title) =>
      String(
        rows(
          `insert into minwon (subject, contents, category, region, writer, email, notify, created, updated)
           values ($1, '원단 시험을 받으려면?', '기타', '대구', '김섬유', 'kim@textile.example', 'E', now() at time zone 'Asia/Seoul', now() at time zone 'Asia/Seoul') returning no`,
          [title],
        )[0]?.no,
      ),
    answer(id, text) {
      rows(
        "insert into minwon_reply (minwon_no, kind, contents, created) values ($1, 'FINAL', $2, now() at time zone 'Asia/Seoul') returning no",
        [id, text],
      );
      rows(
        "update minwon set state = 'DONE', replies = replies + 1, updated = now() at time zone 'Asia/Seoul' where no = $1 returning no",
        [id],
      );
    },
    answersOf: (id) => JSON.stringify(rows('select contents from minwon_reply where minwon_no = $1', [id])),
    posts: () => rows('select no from minwon').length,
    dump: () => JSON.stringify(rows('select * from minwon')),
    async close() {
      await database.close();
      await rm(filesIn, { recursive: true, force: true });
    },
  };
}

/** The same board, which only an agent beside it reaches, with a key that the hub has not. */
async function openBehindAgent(): Promise<TrialBoard> {
  const board = await startRestBoard({ agencyName: '소상공인지원원', apiKey: 'far-key' });
  const agency = readBoardAgency('rest-board', 'far', board.url);
  let agent: AgentProcess | undefined;
  return {
    ...toRestBoard(board),
    agency: { ...agency, ...(agency.board && { board: { ...agency.board, via: 'agent' } }) },
    async connect({ store, url }) {
      const { token } = await createAgentToken(store, 'far', 'test');
      agent = await createAgentProcess({ hub: url, token, environment: { SBIZ_API_KEY: 'far-key' } });
      agent.start();
      await waitFor(
        'the agent',
        async () => (await store.pool.query('select from agents where heartbeat_at is not null')).rowCount,
      );
    },
    async close() {
      await agent?.remove();
      await board.close();
    },
  };
}

export const trialBoards = { rest: openRest, soap: openSoap, sql: openSql, 'agent’s': openBehindAgent };
