import { type ComplaintContent, normaliseText } from '../../schemas/index.ts';
import type { Queryable } from '../store/database.ts';

/**
 * The complaint that the hub has sent to this board without hearing under which id it is kept there, and whose
 * words the post has. One that an agent was given counts as sent. Recognises our own writing where the board does not give our receipt number back.
 */
export async function findOwnPost(
  client: Queryable,
  agency: string,
  content: ComplaintContent,
): Promise<string | undefined> {
  const { rows } = await client.query<{ id: string; title: string; body: string }>({
    name: 'find-own-post',
    text: `select c.id, c.content->>'title' as title, c.content->>'body' as body
           from links l join complaints c on c.id = l.complaint_id
           where l.agency = $1 and l.external_id is null and (l.attempting is not null or l.given is not null) and l.state <> 'screen'
           order by l.next_at limit 500`,
    values: [agency],
  });
  const [title, body] = [normaliseText(content.title), normaliseText(content.body)];
  return rows.find((row) => normaliseText(row.title) === title && normaliseText(row.body) === body)?.id;
}
