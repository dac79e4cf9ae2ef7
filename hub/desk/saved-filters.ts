import type { Store } from '../store/database.ts';
import { newId } from '../store/new-id.ts';
import { sealed } from '../store/sealing/keyed.ts';

/** A filter of the board that a person gave a name. */
export interface SavedFilter {
  id: string;
  name: string;
  /** The query of the list's URL. */
  query: string;
}

/** The most filters of one person, and the longest name and query: a page shows them all. */
const mostFilters = 30;
const longestName = 40;
const longestQuery = 1000;

/** What a filter is made of. A page of the list is no part of it. */
const parts = ['text', 'deadline', 'owner', 'status', 'kind', 'assignee', 'origin', 'sort'] as const;

/** The query of a list in one form, so that the same filter has the same query. Empty: nothing is filtered. */
export function toFilterQuery(asked: Record<string, string | undefined>): string {
  const values = parts.flatMap((part): [string, string][] => (asked[part] ? [[part, asked[part]]] : []));
  return new URLSearchParams(values).toString();
}

/** A person's filters by name. */
export async function listFilters({ db }: Store, userId: string): Promise<SavedFilter[]> {
  return db
    .selectFrom('saved_filters')
    .select(['id', 'name', 'query'])
    .where('user_id', '=', userId)
    .orderBy('name')
    .execute();
}

/** Keeps a filter under a name, in place of the one that had it. Resolves with what is wrong, as a word. */
export async function saveFilter(
  { pool }: Store,
  userId: string,
  { name, query }: { name: string; query: string },
): Promise<'name' | 'query' | 'many' | undefined> {
  if (name === '' || name.length > longestName) return 'name';
  if (query === '' || query.length > longestQuery) return 'query';
  const { rowCount } = await pool.query(
    `insert into saved_filters (id, user_id, name, query)
     select $1, $2, $3, $4 where (select count(*) from saved_filters where user_id = $2 and lower(name) <> lower($3)) < $5
     on conflict (user_id, lower(name)) do update set name = excluded.name, query = excluded.query`,
    [newId(), userId, name, sealed(query), mostFilters],
  );
  return rowCount === 0 ? 'many' : undefined;
}

export async function removeFilter({ pool }: Store, userId: string, id: string): Promise<void> {
  await pool.query('delete from saved_filters where user_id = $1 and id = $2', [userId, id]);
}
