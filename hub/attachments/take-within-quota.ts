import { toReason } from '../../schemas/reason.ts';
import { inTransaction, type Store } from '../store/database.ts';
import { newId } from '../store/new-id.ts';
import { sealed } from '../store/sealing/keyed.ts';
import { AttachmentError } from './attachment-error.ts';
import { type Limits, toSizeText } from './limits.ts';
import type { Content } from './measure.ts';

/** A file on its way in. */
interface Announced {
  agency: string;
  name: string;
  /** Bytes, if the sender gave them. */
  size?: number | undefined;
}

/**
 * Minutes after which an unfinished file no longer counts, because its process has ended. This is twice the longest
 * request.
 */
const comingMinutes = 10;

/**
 * Takes a file in if its agency's quota has room. The quota limits a sender's disk space for files without a reference
 * (`maxUnnamedBytes`, `maxUnnamedCount`). The room is reserved before the first byte. Returns the file and the id of
 * its upload. Errors: AttachmentError `quota`, and what `take` throws.
 */
export async function takeWithinQuota(
  store: Store,
  announced: Announced,
  limits: Limits,
  take: () => Promise<Content>,
): Promise<{ id: string; content: Content }> {
  const { pool } = store;
  const id = await reserve(store, announced, limits);
  try {
    const content = await take();
    await pool.query('update uploads set sha256 = $2 where id = $1', [id, content.sha256]);
    return { id, content };
  } catch (error) {
    // If the database is away, the reservation counts for some more minutes.
    await pool.query('delete from uploads where id = $1', [id]).catch(() => undefined);
    throw error;
  }
}

/**
 * Reservations of an agency take turns, over all processes, so together they never exceed the quota. A file of unknown
 * size reserves the largest size that is taken.
 */
async function reserve(
  { pool }: Store,
  { agency, name, size }: Announced,
  { maxBytes, maxUnnamedBytes, maxUnnamedCount }: Limits,
): Promise<string> {
  const id = newId();
  const expected = Math.min(size ?? maxBytes, maxBytes, maxUnnamedBytes);
  await inTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`uploads of ${agency}`]);
    const { rows } = await client.query<{ count: number; bytes: number; free_in: number | null }>(
      `select count(*)::int as count, coalesce(sum(coalesce(c.size, u.expected_size)), 0)::float8 as bytes,
         extract(epoch from min(u.created_at) + interval '1 day' - now())::float8 as free_in
       from uploads u left join attachment_contents c using (sha256)
       where u.agency = $1 and not u.named
         and (u.sha256 is not null or u.created_at > now() - make_interval(mins => $2))`,
      [agency, comingMinutes],
    );
    const { count = 0, bytes = 0, free_in: freeIn } = rows[0] ?? {};
    if (count >= maxUnnamedCount || bytes + expected > maxUnnamedBytes)
      throw new AttachmentError(
        'quota',
        toReason('too_many_unnamed', { n: maxUnnamedCount, size: toSizeText(maxUnnamedBytes) }),
        {
          retryAfter: Math.max(1, freeIn ?? 1),
        },
      );
    await client.query('insert into uploads (id, agency, name, expected_size) values ($1, $2, $3, $4)', [
      id,
      agency,
      sealed(name),
      expected,
    ]);
  });
  return id;
}
