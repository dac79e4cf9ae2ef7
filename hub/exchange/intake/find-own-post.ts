import { type ComplaintContent, normaliseText } from '../../../schemas/index.ts';
import { type ComplaintRow, toComplaint } from '../../complaints/complaint-row.ts';
import type { Queryable } from '../../store/database.ts';
import { findPart, type PartColumns, partColumns } from '../parts/part-rows.ts';

/** A complaint that was sent to a board, and whose id there is unknown. */
export interface UnnamedPost {
  id: string;
  title: string;
  body: string;
  /** The number of the part that the post is. Absent: it is a complaint. */
  contribution?: number;
}

/**
 * Complaints that were sent to this board, whose ids there the hub never heard. A complaint that an agent was given
 * counts as sent. The query runs with every poll, so it uses the index `links_unnamed`.
 */
export async function listUnnamedPosts(client: Queryable, agency: string): Promise<UnnamedPost[]> {
  const { rows } = await client.query<UnnamedRow>({
    name: 'list-unnamed-posts',
    text: `select c.*, ${partColumns}
           from links l join complaints c on c.id = l.complaint_id
           where l.agency = $1 and l.external_id is null and (l.attempting is not null or l.given is not null) and l.state <> 'screen'
           order by l.next_at limit 500`,
    values: [agency],
  });
  return rows.map((row) => {
    const { id, content } = toComplaint(row);
    const part = findPart(row, toComplaint(row));
    const { title, body } = part?.complaint.content ?? content;
    return { id, title, body, ...(part && { contribution: part.part.number }) };
  });
}

type UnnamedRow = ComplaintRow & PartColumns;

/**
 * The complaint with the same words as a post. This recognises the hub's own posts if the board does not return our
 * receipt number.
 */
export function findOwnPost(unnamed: UnnamedPost[], content: ComplaintContent): UnnamedPost | undefined {
  const [title, body] = [normaliseText(content.title), normaliseText(content.body)];
  return unnamed.find((post) => normaliseText(post.title) === title && normaliseText(post.body) === body);
}
