import { DatabaseSync } from 'node:sqlite';
import { openFileStorage, type StoredFile } from '../file-storage.ts';

/** The board's own codes, which differ from the hub's on purpose. */
export const categories: Record<string, string> = {
  FUND: '자금 지원',
  EXPORT: '수출 지원',
  TECH: '기술 지원',
  LABOR: '인력·노무',
  ETC: '기타',
};
export const states: Record<string, string> = {
  RCPT: '접수',
  ASGN: '담당자 배정',
  PROC: '처리 중',
  SUPP: '보완 요청',
  DONE: '답변 완료',
  END: '종결',
  CNCL: '취하',
  TRNS: '이송',
};

interface Writer {
  nm: string;
  corpNm?: string | null;
  mail?: string | null;
  hp?: string | null;
  /** How the writer wants to be notified: E-mail or SMS. */
  ntcMthd?: string | null;
}

export interface NewPost {
  subject: string;
  contents: string;
  ctgry?: string | null;
  rgn?: string | null;
  wrtr: Writer;
  hubNo?: string | null;
}

export interface NewReply {
  type: 'FINAL' | 'MID';
  cn: string;
  dept?: string | null;
  chrg?: string | null;
  tel?: string | null;
}

/** A file of a post, a reply or a question. */
export interface BoardFile {
  fileNo: number;
  fileNm: string;
  fileSz: number;
}

/** The owner of a file. Without either field it is the post itself. */
export interface FilePlace {
  replyNo?: number;
  seq?: number;
}

/** What somebody who is signed in writes below a post. */
export interface Comment {
  /** The address with which he or she signed in. */
  mail: string;
  cn: string;
}

/** A step of the procedure, as the officer enters it. */
export interface NewStep {
  type: 'SUPREQ' | 'EXT' | 'STOP' | 'GO' | 'REF';
  /** What is demanded. */
  cn?: string;
  rsn?: string;
  /** By when. */
  tmlmt?: string;
  days?: number;
  /** How to object. */
  rmdy?: string;
  /** Why the clock stands. */
  grnd?: 'HEAR' | 'TEST';
}

export interface BoardPost extends Required<Omit<NewPost, 'wrtr'>> {
  mwNo: number;
  state: string;
  wrtr: Required<Writer>;
  regDt: string;
  updDt: string;
  atchFiles: BoardFile[];
  replies: (NewReply & { replyNo: number; regDt: string; atchFiles: BoardFile[] })[];
  addQs: { seq: number; cn: string; regDt: string; atchFiles: BoardFile[] }[];
  /** Absent: nobody has commented. */
  cmts?: (Comment & { cmtNo: number; regDt: string })[];
  /** Absent: no step was taken. */
  stps?: (NewStep & { stpNo: number; regDt: string; dept: string; chrg: string; tel: string })[];
  /** When the office took it in. Absent: not told. */
  rcptDt?: string;
  trnsf: { to: string; rsn: string } | null;
  cnclRsn: string | null;
}

export type PostChanges = Partial<
  Pick<
    BoardPost,
    'subject' | 'contents' | 'ctgry' | 'rgn' | 'state' | 'trnsf' | 'cnclRsn' | 'hubNo' | 'rcptDt'
  >
>;

const tables = `
  pragma journal_mode = wal;
  pragma synchronous = normal;
  create table if not exists posts (
    no integer primary key autoincrement, updated text not null, hub_no text unique, body text not null
  );
  create index if not exists posts_by_change on posts (updated, no);
  create table if not exists parts (no integer primary key autoincrement, post integer not null);
  create table if not exists keys (key text primary key, status integer not null, reply text not null);
`;

export type BoardStore = ReturnType<typeof openStore>;

/** The agency's database. Every change moves `updDt`, by which changes are listed. */
export function openStore(file: string, now: () => Date) {
  const db = new DatabaseSync(file);
  db.exec(tables);
  const files = openFileStorage(db);
  const toPost = (row: unknown) => JSON.parse((row as { body: string }).body) as BoardPost;
  const one = (sql: string, ...values: (string | number)[]) => {
    const row = db.prepare(sql).get(...values);
    return row === undefined ? undefined : toPost(row);
  };

  function save(post: BoardPost): BoardPost {
    const sql = 'update posts set updated = ?, hub_no = ?, body = ? where no = ?';
    db.prepare(sql).run(post.updDt, post.hubNo, JSON.stringify(post), post.mwNo);
    return post;
  }

  const find = (no: number) => one('select body from posts where no = ?', no);

  function change(no: number, apply: (post: BoardPost) => Partial<BoardPost>): BoardPost | undefined {
    const post = find(no);
    return post && save({ ...post, ...apply(post), updDt: toBoardTime(now()) });
  }

  function newPartNo(post: number): number {
    return Number(db.prepare('insert into parts (post) values (?)').run(post).lastInsertRowid);
  }

  return {
    find,
    change,
    findByHubNo: (hubNo: string) => one('select body from posts where hub_no = ?', hubNo),
    add(post: NewPost): BoardPost {
      const at = toBoardTime(now());
      // The number is part of the body, so two statements are needed. Both succeed or neither, also inside `once`.
      db.exec('savepoint adding');
      try {
        const added = db.prepare("insert into posts (updated, body) values (?, '')").run(at);
        const saved = save(emptyPost(Number(added.lastInsertRowid), at, post));
        db.exec('release adding');
        return saved;
      } catch (error) {
        db.exec('rollback to adding; release adding');
        throw error;
      }
    },
    reply(no: number, reply: NewReply): number | undefined {
      const replyNo = newPartNo(no);
      const entry = { ...reply, replyNo, regDt: toBoardTime(now()), atchFiles: [] };
      const state = reply.type === 'FINAL' ? 'DONE' : 'PROC';
      return change(no, ({ replies }) => ({ replies: [...replies, entry], state })) && replyNo;
    },
    ask(no: number, cn: string): number | undefined {
      const seq = newPartNo(no);
      const entry = { seq, cn, regDt: toBoardTime(now()), atchFiles: [] };
      return change(no, ({ addQs }) => ({ addQs: [...addQs, entry] })) && seq;
    },
    comment(no: number, comment: Comment): number | undefined {
      const cmtNo = newPartNo(no);
      const entry = { ...comment, cmtNo, regDt: toBoardTime(now()) };
      return change(no, ({ cmts = [] }) => ({ cmts: [...cmts, entry] })) && cmtNo;
    },
    step(no: number, step: NewStep): number | undefined {
      const stpNo = newPartNo(no);
      const officer = { dept: '민원지원부', chrg: '김담당', tel: '02-123-4567' };
      const entry = { ...step, ...officer, stpNo, regDt: toBoardTime(now()) };
      const state = { SUPREQ: 'SUPP', REF: 'END' }[step.type as string];
      return change(no, ({ stps = [] }) => ({ stps: [...stps, entry], ...(state && { state }) })) && stpNo;
    },
    files,
    /** Attaches a stored file to the post, or to its reply or question. Undefined: there is no such place. */
    attach(no: number, { no: fileNo, name, size }: StoredFile, { replyNo, seq }: FilePlace = {}) {
      const post = find(no);
      const target = replyNo
        ? post?.replies.find((reply) => reply.replyNo === replyNo)
        : seq
          ? post?.addQs.find((question) => question.seq === seq)
          : post;
      if (!post || !target) return undefined;
      target.atchFiles.push({ fileNo, fileNm: name, fileSz: size });
      return change(no, () => post);
    },
    remove: (no: number) => void db.prepare('delete from posts where no = ?').run(no),
    /** The oldest change first. */
    listChanged(since: string, limit: number, offset: number): BoardPost[] {
      const sql = 'select body from posts where updated >= ? order by updated, no limit ? offset ?';
      return db.prepare(sql).all(since, limit, offset).map(toPost);
    },
    /** In the order of numbers, which never changes. */
    listByNumber: (after: number, since: string, limit: number): BoardPost[] =>
      db
        .prepare('select body from posts where no > ? and updated >= ? order by no limit ?')
        .all(after, since, limit)
        .map(toPost),
    /** The newest post first. */
    listNewest: (limit: number, offset: number): BoardPost[] =>
      db.prepare('select body from posts order by no desc limit ? offset ?').all(limit, offset).map(toPost),
    count: () => Number((db.prepare('select count(*) as n from posts').get() as { n: number }).n),
    findKey: (key: string) =>
      db.prepare('select status, reply from keys where key = ?').get(key) as
        | { status: number; reply: string }
        | undefined,
    /** Does the work and stores its reply under the key. Both succeed or neither. */
    once(key: string, work: () => { status: number; reply: object }): { status: number; reply: object } {
      db.exec('begin immediate');
      try {
        const result = work();
        const sql = 'insert into keys (key, status, reply) values (?, ?, ?)';
        db.prepare(sql).run(key, result.status, JSON.stringify(result.reply));
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

function emptyPost(mwNo: number, at: string, post: NewPost): BoardPost {
  const { nm, corpNm = null, mail = null, hp = null, ntcMthd = null } = post.wrtr;
  return {
    mwNo,
    subject: post.subject,
    contents: post.contents,
    ctgry: post.ctgry ?? null,
    rgn: post.rgn ?? null,
    hubNo: post.hubNo ?? null,
    wrtr: { nm, corpNm, mail, hp, ntcMthd },
    state: 'RCPT',
    regDt: at,
    updDt: at,
    atchFiles: [],
    replies: [],
    addQs: [],
    trnsf: null,
    cnclRsn: null,
  };
}

/** For example 2026-11-20 09:30:00.123: Korean time without an offset. */
function toBoardTime(date: Date): string {
  return new Date(date.getTime() + 9 * 3_600_000).toISOString().slice(0, 23).replace('T', ' ');
}
