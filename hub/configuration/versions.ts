import type { Database } from '../store/database.ts';
import type { ConfigurationDocument, DocumentKind } from './document.ts';

/** One applied version of one document. */
export interface VersionEntry {
  kind: DocumentKind;
  name: string;
  version: number;
  author: string;
  appliedAt: Date;
  /** Whether this version took the document out of force. */
  removal: boolean;
}

export type StoredDocument = ConfigurationDocument & { version: number };

/** The documents in force: the highest version of each, unless it is a removal. */
export async function listInForce(db: Database): Promise<StoredDocument[]> {
  const rows = await db
    .selectFrom('configurations')
    .distinctOn(['kind', 'name'])
    .select(['kind', 'name', 'version', 'body'])
    .orderBy('kind')
    .orderBy('name')
    .orderBy('version', 'desc')
    .execute();
  return rows.filter(({ body }) => body !== null);
}

/** The applied versions, newest first; of one document or of all. */
export async function listVersions(
  db: Database,
  of: { kind?: DocumentKind; name?: string } = {},
  most = 100,
): Promise<VersionEntry[]> {
  return db
    .selectFrom('configurations')
    .select(['kind', 'name', 'version', 'author', 'applied_at as appliedAt'])
    .select((eb) => eb('body', 'is', null).$castTo<boolean>().as('removal'))
    .$if(of.kind !== undefined, (query) => query.where('kind', '=', of.kind as DocumentKind))
    .$if(of.name !== undefined, (query) => query.where('name', '=', of.name as string))
    .orderBy('applied_at', 'desc')
    .orderBy('version', 'desc')
    .limit(most)
    .execute();
}

/** The body of one version. Undefined: there is no such version. Null: a removal. */
export async function findBody(
  db: Database,
  { kind, name, version }: { kind: DocumentKind; name: string; version: number },
): Promise<unknown> {
  const row = await db
    .selectFrom('configurations')
    .select('body')
    .where('kind', '=', kind)
    .where('name', '=', name)
    .where('version', '=', version)
    .executeTakeFirst();
  return row?.body;
}
