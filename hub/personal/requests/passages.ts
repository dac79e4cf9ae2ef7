import type { Queryable } from '../../store/database.ts';
import { maskOthers } from './mask-others.ts';
import { findNamed, type Person } from './person.ts';

/**
 * What complaints of others say of a person: the lines that name him or her, with what else they name masked, and not whose complaint it
 * is (개인정보 보호법, article 35, paragraph 4, item 2).
 */
export async function findPassages(
  client: Queryable,
  complaints: readonly string[],
  person: Person,
): Promise<Record<string, unknown>[]> {
  if (complaints.length === 0) return [];
  const { rows } = await client.query<{ agency: string; at: Date; title: string; body: string }>(
    `select c.assignee as agency, c.registered_at as at, c.content ->> 'title' as title, c.content ->> 'body' as body
     from complaints c where c.id = any($1::uuid[]) order by c.id`,
    [complaints],
  );
  return rows.flatMap(({ agency, at, title, body }) =>
    `${title}\n${body}`
      .split('\n')
      .filter((line) => findNamed(line, person).length > 0)
      .map((line) => maskOthers({ agency, at, passage: line.trim() }, person)),
  );
}
