import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createDatabase, secret as databasePassword } from '../../../adapters/conformance/sql-fixture.ts';
import { startRestBoard } from '../../../boards/rest-board/index.ts';
import { startSoapBoard } from '../../../boards/soap-board/index.ts';

/** A board that runs, and what its administrator would tell the hub's. */
export interface AcceptanceBoard {
  /** The board's part of its worked example: what an administrator pastes. */
  text: string;
  /** Field of the form by its pointer, and what is typed there: where the board is, and where its secret is found. */
  fields: Record<string, string>;
  /** The number of the post with this title, when the board holds it. */
  find(title: string): Promise<string | undefined>;
  /** An officer answers on the board. */
  answer(post: string, text: string): Promise<void>;
  close(): Promise<void>;
}

/** Everything from `board:` on, with comments. */
async function readBoardText(folder: string): Promise<string> {
  const file = new URL(`../../../boards/${folder}/agency.yaml`, import.meta.url);
  const text = await readFile(file, 'utf8');
  return text.slice(text.indexOf('\nboard:\n') + 1);
}

/** Its secret stands in the environment of the hub. */
export async function openRestBoard(): Promise<AcceptanceBoard> {
  process.env.ACCEPTANCE_REST_KEY = 'rest-key';
  const board = await startRestBoard({ agencyName: '소상공인지원원', apiKey: 'rest-key' });
  board.file({ subject: '예전부터 있던 글' });
  return {
    text: await readBoardText('rest-board'),
    fields: {
      '/board/settings/endpoint': board.url,
      '/board/settings/auth/secret': 'env:ACCEPTANCE_REST_KEY',
    },
    find: async (title) => {
      const post = board.posts().find(({ subject }) => subject.includes(title));
      return post && String(post.mwNo);
    },
    answer: async (post, text) => void board.answer(Number(post), text),
    close: async () => {
      delete process.env.ACCEPTANCE_REST_KEY;
      await board.close();
    },
  };
}

/** Its secret stands in a file. */
export async function openSoapBoard(): Promise<AcceptanceBoard> {
  const folder = await mkdtemp(join(tmpdir(), 'soap-secret-'));
  const secret = join(folder, 'password');
  await writeFile(secret, 'soap-password\n');
  const board = await startSoapBoard({
    agencyName: '기술혁신진흥원',
    user: 'minwon-hub',
    password: 'soap-password',
  });
  board.file({ CVPL_SJ: '예전부터 있던 글' });
  return {
    text: await readBoardText('soap-board'),
    fields: {
      '/board/settings/wsdl': board.wsdlUrl,
      '/board/settings/endpoint': board.url,
      '/board/settings/auth/password': `file:${secret}`,
    },
    find: async (title) => board.posts().find(({ post }) => post.CVPL_SJ?.includes(title))?.post.CVPL_NO,
    answer: async (post, text) => void board.answer(post, text),
    close: async () => {
      await board.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Tables of a PostgreSQL server, with a user of the hub's own. */
export async function openSqlBoard(): Promise<AcceptanceBoard> {
  process.env.ACCEPTANCE_SQL_PASSWORD = databasePassword;
  const { port, name, admin } = await createDatabase('postgres');
  const client = new pg.Client(admin);
  await client.connect();
  const now = "(now() at time zone 'Asia/Seoul')::timestamp(3)";
  await client.query(
    `insert into minwon (subject, contents, writer, created, updated) values ('예전부터 있던 글', '내용', '홍길동', ${now}, ${now})`,
  );
  const filesIn = await mkdtemp(join(tmpdir(), 'sql-files-'));
  return {
    text: await readBoardText('sql-board'),
    fields: {
      '/board/settings/dialect': 'postgres',
      '/board/settings/host': '127.0.0.1',
      '/board/settings/port': String(port),
      '/board/settings/database': name,
      '/board/settings/user': name,
      '/board/settings/password': 'env:ACCEPTANCE_SQL_PASSWORD',
      '/board/settings/filesIn': filesIn,
    },
    find: async (title) => {
      const { rows } = await client.query('select no from minwon where strpos(subject, $1) > 0', [title]);
      return rows[0] && String(rows[0].no);
    },
    answer: async (post, text) => {
      await client.query(
        `insert into minwon_reply (minwon_no, kind, contents, officer, created) values ($1, 'FINAL', $2, '최담당', ${now})`,
        [post, text],
      );
      await client.query(`update minwon set state = 'DONE', updated = ${now} where no = $1`, [post]);
    },
    close: async () => {
      delete process.env.ACCEPTANCE_SQL_PASSWORD;
      await client.end();
      await rm(filesIn, { recursive: true });
    },
  };
}
