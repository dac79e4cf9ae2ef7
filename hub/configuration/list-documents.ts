import { sql } from 'kysely';
import type { Database } from '../store/database.ts';
import type { DocumentKey, DocumentKind } from './document.ts';

/** A document in force, without its text. */
export type ListedDocument = DocumentKey & { version: number; author: string; note: string; appliedAt: Date };

/** A page of the documents in force, by kind and name. `after`: the last one of the page before. */
export async function listDocuments(
  db: Database,
  { kind, after }: { kind?: DocumentKind | undefined; after?: DocumentKey | undefined },
  most: number,
): Promise<ListedDocument[]> {
  return db
    .selectFrom('configurations')
    .select(['kind', 'name', 'version', 'author', 'note', 'applied_at as appliedAt'])
    .where('superseded', '=', false)
    .where('body', 'is not', null)
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind as DocumentKind))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`(kind, name) > (${after?.kind}, ${after?.name})`),
    )
    .orderBy('kind')
    .orderBy('name')
    .limit(most)
    .execute();
}
