/** The sample agency's tables, with the names and habits of a legacy system. */
import { DatabaseSync } from 'node:sqlite';
import { openFileStorage, type StoredFile } from '../file-storage.ts';
import { BoardProblem } from './problem.ts';
import { boardTime } from './time.ts';

export type Row = Record<string, string>;
interface StoredPost extends Row {
  CVPL_NO: string;
  STTUS_CODE: string;
  LAST_UPDT_PNTTM: string;
}
export interface Cvpl {
  post: StoredPost;
  answers: Row[];
  questions: Row[];
  /** A file with a PART_NO belongs to that answer or question. */
  files: Row[];
}

const columns = {
  CVPL: [
    'CVPL_NO',
    'LINK_NO',
    'CVPL_SJ',
    'CVPL_CN',
    'CVPL_SE',
    'CTGRY_CODE',
    'AREA_NM',
    'APLCNT_NM',
    'CMPNY_NM',
    'EMAIL_ADRES',
    'HP1',
    'HP2',
    'HP3',
    'NTCN_MTHD',
    'STTUS_CODE',
    'FRST_REGIST_PNTTM',
    'LAST_UPDT_PNTTM',
    'TRNSF_INSTT_CODE',
    'TRNSF_RESN',
    'CNCL_RESN',
  ],
  ANSWER: [
    'ANSWER_NO',
    'CVPL_NO',
    'ANSWER_SE',
    'ANSWER_CN',
    'DEPT_NM',
    'CHARGER_NM',
    'CHARGER_TELNO',
    'ANSWER_PNTTM',
  ],
  ADD_QESTN: ['QESTN_NO', 'CVPL_NO', 'QESTN_CN', 'REGIST_PNTTM'],
  ATCH_FILE: ['ATCH_FILE_ID', 'CVPL_NO', 'PART_NO', 'FILE_NO', 'FILE_NM', 'FILE_SIZE'],
  LINK_KEY: ['LINK_KEY', 'CVPL_NO', 'PART_NO'],
} as const;
type Table = keyof typeof columns;

const schema = Object.entries(columns)
  .map(([table, names]) => {
    const [key, ...rest] = names;
    return `create table if not exists ${table} (${key} text primary key, ${rest.map((name) => `${name} text not null default ''`).join(', ')});`;
  })
  .join('\n');

export type Storage = ReturnType<typeof openStorage>;

/** Opens the board's database. Every change is one statement or one transaction of one process. */
export function openStorage(file: string, clock: () => Date) {
  const db = new DatabaseSync(file);
  db.exec(`pragma journal_mode = wal; ${schema}
    create index if not exists CVPL_CHANGED on CVPL (LAST_UPDT_PNTTM, CVPL_NO);
    create index if not exists ANSWER_OF on ANSWER (CVPL_NO);
    create index if not exists QESTN_OF on ADD_QESTN (CVPL_NO);
    create index if not exists FILE_OF on ATCH_FILE (CVPL_NO);`);
  const files = openFileStorage(db);
  const all = (sql: string, ...values: (string | number)[]) => db.prepare(sql).all(...values) as Row[];

  function insert(table: Table, row: Row) {
    const names = columns[table].filter((name) => row[name] !== undefined);
    const marks = names.map(() => '?').join(', ');
    db.prepare(`insert into ${table} (${names.join(', ')}) values (${marks})`).run(
      ...names.map((name) => row[name] ?? ''),
    );
  }
  function nextNumber(table: Table, prefix: string): string {
    const [row] = all(`select count(*) + 1 as n from ${table}`);
    return `${prefix}${String(row?.n).padStart(6, '0')}`;
  }
  const parts = (no: string) => ({
    answers: all('select * from ANSWER where CVPL_NO = ? order by ANSWER_NO', no),
    questions: all('select * from ADD_QESTN where CVPL_NO = ? order by QESTN_NO', no),
    files: all('select * from ATCH_FILE where CVPL_NO = ? order by ATCH_FILE_ID', no),
  });
  const whole = (posts: Row[]): Cvpl[] =>
    posts.map((post) => ({ post: post as StoredPost, ...parts(String(post.CVPL_NO)) }));

  return {
    /** From this time on (inclusive), in the order of changes. */
    list(from: string, page: number, size: number): Cvpl[] {
      const sql =
        'select * from CVPL where LAST_UPDT_PNTTM >= ? order by LAST_UPDT_PNTTM, CVPL_NO limit ? offset ?';
      return whole(all(sql, from, size, (page - 1) * size));
    },
    /** In the order of numbers, which never changes. */
    listByNumber(after: string, from: string, size: number): Cvpl[] {
      const sql = 'select * from CVPL where CVPL_NO > ? and LAST_UPDT_PNTTM >= ? order by CVPL_NO limit ?';
      return whole(all(sql, after, from, size));
    },
    count(from: string): number {
      return Number(all('select count(*) as n from CVPL where LAST_UPDT_PNTTM >= ?', from)[0]?.n);
    },
    newest: (): Cvpl[] => whole(all('select * from CVPL order by CVPL_NO desc limit 100')),
    byLinkNo: (linkNo: string): Cvpl[] => whole(all('select * from CVPL where LINK_NO = ?', linkNo)),
    byKey: (key: string): Row | undefined => all('select * from LINK_KEY where LINK_KEY = ?', key)[0],
    get(no: string): Cvpl {
      const [found] = whole(all('select * from CVPL where CVPL_NO = ?', no));
      if (!found) throw new BoardProblem('E004', `민원을 찾을 수 없습니다: ${no}`);
      return found;
    },
    file(row: Row): string {
      const now = boardTime(clock());
      const no = nextNumber('CVPL', `${now.slice(0, 4)}-`);
      insert('CVPL', { FRST_REGIST_PNTTM: now, ...row, CVPL_NO: no, LAST_UPDT_PNTTM: now });
      return no;
    },
    change(no: string, values: Row) {
      const names = Object.keys(values);
      const set = names.map((name) => `${name} = ?, `).join('');
      db.prepare(`update CVPL set ${set}LAST_UPDT_PNTTM = ? where CVPL_NO = ?`).run(
        ...names.map((name) => values[name] ?? ''),
        boardTime(clock()),
        no,
      );
    },
    addAnswer(row: Row): string {
      const no = nextNumber('ANSWER', 'A');
      insert('ANSWER', { ...row, ANSWER_NO: no, ANSWER_PNTTM: boardTime(clock()) });
      return no;
    },
    addQuestion(row: Row): string {
      const no = nextNumber('ADD_QESTN', 'Q');
      insert('ADD_QESTN', { ...row, QESTN_NO: no, REGIST_PNTTM: boardTime(clock()) });
      return no;
    },
    files,
    byFileId: (id: string): Row | undefined => all('select * from ATCH_FILE where ATCH_FILE_ID = ?', id)[0],
    /** Attaches a stored file to the complaint, or to its answer or question. */
    addFile(CVPL_NO: string, PART_NO: string, file: StoredFile): string {
      const ATCH_FILE_ID = nextNumber('ATCH_FILE', 'FILE_');
      const row = { FILE_NO: String(file.no), FILE_NM: file.name, FILE_SIZE: String(file.size) };
      insert('ATCH_FILE', { ATCH_FILE_ID, CVPL_NO, PART_NO, ...row });
      this.change(CVPL_NO, {});
      return ATCH_FILE_ID;
    },
    /** Does the work once for each key. The same key gives the same result and never a second row. */
    once(key: string, work: () => Row): Row {
      const done = key ? this.byKey(key) : undefined;
      if (done) return done;
      db.exec('begin immediate');
      try {
        const result = work();
        if (key) insert('LINK_KEY', { ...result, LINK_KEY: key });
        db.exec('commit');
        return result;
      } catch (error) {
        db.exec('rollback');
        throw error;
      }
    },
    close: () => db.close(),
  };
}
