import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';

/** A file that comes to a board from a form or a test. */
export interface NewFile {
  name: string;
  content: Buffer;
}

export interface StoredFile {
  no: number;
  name: string;
  size: number;
}

const tables = `
  create table if not exists files (no integer primary key autoincrement, name text not null, size integer not null default 0);
  create table if not exists file_chunks (file integer not null, n integer not null, body blob not null, primary key (file, n));
`;

export type FileStorage = ReturnType<typeof openFileStorage>;

/** Stores files in a board's own database in pieces, so that no file is in memory as a whole. */
export function openFileStorage(db: DatabaseSync) {
  db.exec(tables);
  const begin = (name: string) =>
    Number(db.prepare('insert into files (name) values (?)').run(name).lastInsertRowid);
  const append = (no: number, n: number, body: Uint8Array) => {
    db.prepare('insert into file_chunks (file, n, body) values (?, ?, ?)').run(no, n, body);
    db.prepare('update files set size = size + ? where no = ?').run(body.length, no);
  };
  const find = (no: number) =>
    db.prepare('select no, name, size from files where no = ?').get(no) as unknown as StoredFile | undefined;

  function* read(no: number): Generator<Buffer> {
    const select = db.prepare('select body from file_chunks where file = ? and n = ?');
    for (let n = 0; ; n++) {
      const row = select.get(no, n) as { body: Uint8Array } | undefined;
      if (!row) return;
      yield Buffer.from(row.body);
    }
  }

  return {
    find,
    read,
    async save(name: string, content: AsyncIterable<Uint8Array>): Promise<StoredFile> {
      const no = begin(name);
      let n = 0;
      for await (const chunk of content) append(no, n++, chunk);
      return find(no) as StoredFile;
    },
    put({ name, content }: NewFile): StoredFile {
      const no = begin(name);
      append(no, 0, content);
      return find(no) as StoredFile;
    },
    /** SHA-256 of the stored content, in lower-case hexadecimal. */
    hash(no: number): string {
      const hash = createHash('sha256');
      for (const chunk of read(no)) hash.update(chunk);
      return hash.digest('hex');
    },
  };
}

/** Reads a form of a board's page: its text fields, and its files, which are stored at once. */
export async function readForm(
  parts: AsyncIterable<
    | { type: 'field'; fieldname: string; value: unknown }
    | { type: 'file'; filename: string; file: AsyncIterable<Uint8Array> }
  >,
  files: FileStorage,
): Promise<{ fields: Record<string, string>; stored: StoredFile[] }> {
  const fields: Record<string, string> = {};
  const stored: StoredFile[] = [];
  for await (const part of parts) {
    if (part.type === 'field') fields[part.fieldname] = String(part.value);
    // If no file was chosen, a browser sends a file without a name.
    else if (part.filename) stored.push(await files.save(part.filename, part.file));
    else for await (const _nothing of part.file);
  }
  return { fields, stored };
}
