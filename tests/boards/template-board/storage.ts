import { DatabaseSync } from 'node:sqlite';

/** A post in the board's storage. Times are instants. The board's interface decides how they are written. */
export interface StoredPost {
  no: number;
  title: string;
  body: string;
  category: string | null;
  region: string | null;
  name: string;
  company: string | null;
  email: string | null;
  phone: string | null;
  notify: string | null;
  /** One of the board's own codes. */
  status: string;
  hubNo: string | null;
  created: string;
  changed: string;
  answers: StoredAnswer[];
}

interface StoredAnswer {
  no: number;
  text: string;
  department: string | null;
  officer: string | null;
  contact: string | null;
  created: string;
}

export type NewPost = Partial<Omit<StoredPost, 'no' | 'created' | 'changed' | 'answers'>>;
export type NewAnswer = Pick<StoredAnswer, 'text'> & Partial<StoredAnswer>;

export type Storage = ReturnType<typeof openStorage>;

const empty = { category: null, region: null, company: null, email: null, phone: null, notify: null };
const sample = { ...empty, title: '문의', body: '내용', name: '홍길동', status: 'NEW', hubNo: null };

/** The board's own database: posts as documents, and the keys of earlier calls. */
export function openStorage(now: () => Date) {
  const database = new DatabaseSync(':memory:');
  database.exec(`create table posts (no integer primary key, changed text, post text);
    create table keys (key text primary key, reply text)`);

  const find = (no: number): StoredPost | undefined => {
    const row = database.prepare('select post from posts where no = ?').get(no);
    return row && JSON.parse(String(row.post));
  };
  const save = (post: StoredPost) =>
    void database
      .prepare('insert or replace into posts (no, changed, post) values (?, ?, ?)')
      .run(post.no, post.changed, JSON.stringify(post));

  return {
    find,
    add(given: NewPost): StoredPost {
      const no = Number(database.prepare('select coalesce(max(no), 0) + 1 as next from posts').get()?.next);
      const at = now().toISOString();
      const post = { ...sample, ...given, no, created: at, changed: at, answers: [] };
      save(post);
      return post;
    },
    /** False: there is no such post. */
    change(no: number, changes: NewPost): boolean {
      const post = find(no);
      if (post) save({ ...post, ...changes, changed: now().toISOString() });
      return post !== undefined;
    },
    /** The number of the answer. Undefined: there is no such post. */
    answer(no: number, given: NewAnswer): number | undefined {
      const post = find(no);
      if (!post) return undefined;
      const at = now().toISOString();
      const number = post.answers.length + 1;
      const answer = { department: null, officer: null, contact: null, ...given, no: number, created: at };
      save({ ...post, changed: at, answers: [...post.answers, answer] });
      return number;
    },
    /** Posts changed at or after `since` (an instant, or '' for all), the oldest change first. */
    listChanged: (since: string, size: number, offset: number): StoredPost[] =>
      database
        .prepare('select post from posts where changed >= ? order by changed, no limit ? offset ?')
        .all(since, size, offset)
        .map(({ post }) => JSON.parse(String(post))),
    list: (): StoredPost[] =>
      database
        .prepare('select post from posts order by no')
        .all()
        .map(({ post }) => JSON.parse(String(post))),
    /** The reply to the first call with this key. */
    findKey(key: string): unknown {
      const row = database.prepare('select reply from keys where key = ?').get(key);
      return row && JSON.parse(String(row.reply));
    },
    keep: (key: string, reply: unknown) =>
      void database.prepare('insert into keys (key, reply) values (?, ?)').run(key, JSON.stringify(reply)),
    close: () => database.close(),
  };
}
