import { sql } from 'kysely';
import { stringify } from 'yaml';
import type { Database } from '../store/database.ts';
import type { ChangeWay } from '../store/tables/column-types.ts';
import type { ConfigurationDocument, DocumentKey, DocumentKind } from './document.ts';

/** One applied version of one document. */
export interface VersionEntry {
  kind: DocumentKind;
  name: string;
  version: number;
  author: string;
  /** Why, in the author's words. Empty: nothing was said. */
  note: string;
  way: ChangeWay;
  appliedAt: Date;
  /** Whether this version took the document out of force. */
  removal: boolean;
  /** Its place among all versions, for {@link listVersions}. */
  mark: string;
}

export type StoredDocument = ConfigurationDocument & { version: number; author: string; appliedAt: Date };

const columns = ['kind', 'name', 'version', 'body', 'source', 'author', 'applied_at as appliedAt'] as const;

/** Versions from before sources were kept have none. Theirs is what an export of that time wrote. */
function withSource<Row extends { kind: DocumentKind; body: unknown; source: string | null }>(row: Row) {
  return { ...row, source: row.source ?? toSource(row.body) };
}

/** The YAML of a value that nobody wrote as text. */
export const toSource = (body: unknown): string => stringify(body, { lineWidth: 110 });

const newest = (db: Database) =>
  db
    .selectFrom('configurations')
    .distinctOn(['kind', 'name'])
    .select(columns)
    // The history of a document is not read for what is in force.
    .where('superseded', '=', false)
    .orderBy('kind')
    .orderBy('name')
    .orderBy('version', 'desc');

/** The documents in force, of one kind or of all: the highest version of each, unless it is a removal. */
export async function listInForce(db: Database, kind?: DocumentKind): Promise<StoredDocument[]> {
  const rows = await newest(db)
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind as DocumentKind))
    .execute();
  return rows.filter(({ body }) => body !== null).map(withSource);
}

/** One document in force. Undefined: there is none. */
export async function findInForce(db: Database, key: DocumentKey): Promise<StoredDocument | undefined> {
  const row = await newest(db).where('kind', '=', key.kind).where('name', '=', key.name).executeTakeFirst();
  return row && row.body !== null ? withSource(row) : undefined;
}

/** The names of the documents of one kind in force. */
export async function listNames(db: Database, kind: DocumentKind): Promise<string[]> {
  const rows = await db
    .selectFrom('configurations')
    .distinctOn('name')
    .select(['name', sql<boolean>`body is null`.as('removal')])
    .where('superseded', '=', false)
    .where('kind', '=', kind)
    .orderBy('name')
    .orderBy('version', 'desc')
    .execute();
  return rows.filter(({ removal }) => !removal).map(({ name }) => name);
}

/**
 * The applied versions, newest first; of one document or of all. `before`: only those that were applied before the
 * version with this mark.
 */
export async function listVersions(
  db: Database,
  of: { kind?: DocumentKind; name?: string; before?: string } = {},
  most = 100,
): Promise<VersionEntry[]> {
  return db
    .selectFrom('configurations')
    .select(['kind', 'name', 'version', 'author', 'note', 'way', 'applied_at as appliedAt', 'mark'])
    .select((eb) => eb('body', 'is', null).$castTo<boolean>().as('removal'))
    .$if(of.kind !== undefined, (query) => query.where('kind', '=', of.kind as DocumentKind))
    .$if(of.name !== undefined, (query) => query.where('name', '=', of.name as string))
    .$if(of.before !== undefined, (query) => query.where('mark', '<', of.before as string))
    .orderBy('mark', 'desc')
    .limit(most)
    .execute();
}

/** One version of a document. `body` null: a removal. Undefined: there is no such version. */
export async function findVersion(
  db: Database,
  { kind, name, version }: DocumentKey & { version: number },
): Promise<StoredDocument | undefined> {
  const row = await db
    .selectFrom('configurations')
    .select(columns)
    .where('kind', '=', kind)
    .where('name', '=', name)
    .where('version', '=', version)
    .executeTakeFirst();
  return row && withSource(row);
}

/** A document that changed. `body` null: it was removed. */
export type ChangedDocument = Pick<ConfigurationDocument, 'kind' | 'name' | 'body'>;

/** The mark of the newest version of all; 0: there is none. Marks grow in the order of commits. */
export async function findNewestMark(db: Database): Promise<string> {
  const row = await db
    .selectFrom('configurations')
    .select('mark')
    .orderBy('mark', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.mark ?? '0';
}

/** The documents with a version after the mark, as they are now; without a mark, all in force. */
export async function listChanged(db: Database, mark: string | undefined): Promise<ChangedDocument[]> {
  return db
    .selectFrom('configurations')
    .distinctOn(['kind', 'name'])
    .select(['kind', 'name', 'body'])
    .where('superseded', '=', false)
    .$if(mark !== undefined, (query) => query.where('mark', '>', mark as string))
    .orderBy('kind')
    .orderBy('name')
    .orderBy('version', 'desc')
    .execute();
}
