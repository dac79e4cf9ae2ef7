import { DatabaseSync } from 'node:sqlite';
import { openFileStorage, type StoredFile } from '../file-storage.ts';

/** The city's services, by the names of its staff. */
export const services: Record<string, string> = {
  'ROAD-01': '도로 파손',
  'LIGHT-02': '가로등',
  'TRADE-03': '수출',
  'ETC-99': '기타',
};

/** The states of FixMyStreet's extension. */
export const states = [
  'open',
  'fixed',
  'closed',
  'in_progress',
  'action_scheduled',
  'investigating',
  'duplicate',
  'no_further_action',
  'not_councils_responsibility',
  'internal_referral',
  'for_triage',
  'cancelled',
  'reopen',
  'on_hold',
];

export interface NewRequest {
  service_code: string;
  description: string;
  lat?: string;
  long?: string;
  address_string?: string;
  first_name?: string;
  last_name?: string;
  email?: string;
  phone?: string;
  /** Present: the request is not public. */
  non_public?: string;
  attributes?: Record<string, string>;
  files?: StoredFile[];
}

export interface NewUpdate {
  description: string;
  status?: string;
  files?: StoredFile[];
}

export interface BoardUpdate extends Required<NewUpdate> {
  no: number;
  at: number;
}

export interface BoardRequest extends NewRequest {
  no: number;
  status: string;
  /** Seconds since 1970. */
  made: number;
  changed: number;
  files: StoredFile[];
  attributes: Record<string, string>;
}

const tables = `
  create table if not exists requests (no integer primary key autoincrement, made integer not null, changed integer not null, body text not null);
  create table if not exists updates (no integer primary key autoincrement, request integer not null, at integer not null, body text not null);
  create table if not exists keys (key text primary key, no integer not null);
  create table if not exists tokens (token text primary key, request integer not null, asked integer not null default 0);
`;

export type BoardStore = ReturnType<typeof openStore>;

export function openStore(file: string, now: () => Date) {
  const db = new DatabaseSync(file);
  db.exec(tables);
  const files = openFileStorage(db);
  const seconds = () => Math.floor(now().getTime() / 1000);
  const toRequest = (row: unknown) => {
    const { no, made, changed, body } = row as { no: number; made: number; changed: number; body: string };
    return { ...(JSON.parse(body) as BoardRequest), no, made, changed };
  };
  const toUpdate = (row: unknown) => {
    const { no, at, body } = row as { no: number; at: number; body: string };
    return { ...(JSON.parse(body) as BoardUpdate), no, at };
  };

  function find(no: number): BoardRequest | undefined {
    const row = db.prepare('select * from requests where no = ?').get(no);
    return row && toRequest(row);
  }

  function change(no: number, changes: Partial<BoardRequest>): BoardRequest | undefined {
    const request = find(no);
    if (!request) return undefined;
    const changed = { ...request, ...changes };
    db.prepare('update requests set changed = ?, body = ? where no = ?').run(
      seconds(),
      JSON.stringify(changed),
      no,
    );
    return changed;
  }

  return {
    files,
    find,
    change,
    add(request: NewRequest): number {
      const body = { attributes: {}, files: [], status: 'open', ...request };
      const sql = 'insert into requests (made, changed, body) values (?, ?, ?)';
      return Number(db.prepare(sql).run(seconds(), seconds(), JSON.stringify(body)).lastInsertRowid);
    },
    update(request: number, { status, ...update }: NewUpdate): number | undefined {
      const shown = status ?? find(request)?.status;
      if (!change(request, shown ? { status: shown } : {})) return undefined;
      const body = { files: [], ...update, status: shown };
      const sql = 'insert into updates (request, at, body) values (?, ?, ?)';
      return Number(db.prepare(sql).run(request, seconds(), JSON.stringify(body)).lastInsertRowid);
    },
    /** Newest first, as most servers list. Whole seconds; both ends are included. */
    list(
      by: 'made' | 'changed',
      from: number,
      to: number,
      page: { limit: number; offset: number; all: boolean },
    ) {
      const visible = page.all ? '' : "and json_extract(body, '$.non_public') is null";
      const sql = `select * from requests where ${by} between ? and ? ${visible} order by ${by} desc, no desc limit ? offset ?`;
      return db.prepare(sql).all(from, to, page.limit, page.offset).map(toRequest);
    },
    updates(from: number, to: number): (BoardUpdate & { request: number })[] {
      const sql = 'select * from updates where at between ? and ? order by at, no';
      return db
        .prepare(sql)
        .all(from, to)
        .map((row) => ({ ...toUpdate(row), request: (row as { request: number }).request }));
    },
    updatesOf: (request: number): BoardUpdate[] =>
      db.prepare('select * from updates where request = ? order by no').all(request).map(toUpdate),
    /** Runs `make` for a new key and stores its result. A known key returns the stored result. */
    once(key: string | undefined, make: () => number | undefined): number | undefined {
      const kept =
        key && (db.prepare('select no from keys where key = ?').get(key) as { no: number } | undefined);
      if (kept) return kept.no;
      const no = make();
      if (key && no !== undefined) db.prepare('insert into keys (key, no) values (?, ?)').run(key, no);
      return no;
    },
    giveToken(token: string, request: number): void {
      db.prepare('insert or ignore into tokens (token, request) values (?, ?)').run(token, request);
    },
    /** The number is ready after enough questions. */
    askToken(token: string, patience: number): { request: number | undefined } | undefined {
      db.prepare('update tokens set asked = asked + 1 where token = ?').run(token);
      const row = db.prepare('select request, asked from tokens where token = ?').get(token) as
        | { request: number; asked: number }
        | undefined;
      return row && { request: row.asked > patience ? row.request : undefined };
    },
    close: () => db.close(),
  };
}
