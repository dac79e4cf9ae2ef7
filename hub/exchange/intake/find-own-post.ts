import { type ComplaintContent, normaliseText } from '../../../schemas/index.ts';
import type { Queryable } from '../../store/database.ts';

/** A complaint that a board was sent without saying under which id it keeps it. */
export interface UnnamedPost {
  id: string;
  title: string;
  body: string;
}

/**
 * What the hub has sent to this board without hearing under which id it is kept there; what an agent was given counts as
 * sent. By index `links_unnamed`: it is asked for with whatever is polled.
 */
export async function listUnnamedPosts(client: Queryable, agency: string): Promise<UnnamedPost[]> {
  const { rows } = await client.query<UnnamedPost>({
    name: 'list-unnamed-posts',
    text: `select c.id, c.content->>'title' as title, c.content->>'body' as body
           from links l join complaints c on c.id = l.complaint_id
           where l.agency = $1 and l.external_id is null and (l.attempting is not null or l.given is not null) and l.state <> 'screen'
           order by l.next_at limit 500`,
    values: [agency],
  });
  return rows;
}

/** The complaint whose words a post has: recognises our own writing where the board does not give our receipt number back. */
export function findOwnPost(unnamed: UnnamedPost[], content: ComplaintContent): string | undefined {
  const [title, body] = [normaliseText(content.title), normaliseText(content.body)];
  return unnamed.find((post) => normaliseText(post.title) === title && normaliseText(post.body) === body)?.id;
}
