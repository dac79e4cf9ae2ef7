import { type ComplaintContent, normaliseText } from '../../../schemas/index.ts';
import type { Queryable } from '../../store/database.ts';

/** A complaint that was sent to a board, and whose id there is unknown. */
export interface UnnamedPost {
  id: string;
  title: string;
  body: string;
}

/**
 * Complaints that were sent to this board, whose ids there the hub never heard. A complaint that an agent was given
 * counts as sent. The query runs with every poll, so it uses the index `links_unnamed`.
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

/**
 * The complaint with the same words as a post. This recognises the hub's own posts if the board does not return our
 * receipt number.
 */
export function findOwnPost(unnamed: UnnamedPost[], content: ComplaintContent): string | undefined {
  const [title, body] = [normaliseText(content.title), normaliseText(content.body)];
  return unnamed.find((post) => normaliseText(post.title) === title && normaliseText(post.body) === body)?.id;
}
