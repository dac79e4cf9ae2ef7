import { inTransaction, type Store } from '../store/database.ts';
import { newId } from '../store/new-id.ts';
import { AttachmentError } from './attachment-error.ts';
import { type Limits, toSizeText } from './limits.ts';
import type { Content } from './measure.ts';

/** A file on its way in. */
export interface Announced {
  agency: string;
  name: string;
  /** Bytes, where the sender told them. */
  size?: number | undefined;
}

/** A file that is in, and its place in the quota. */
export interface TakenUpload {
  /** Of the upload. */
  id: string;
  content: Content;
  /** `named`: something refers to it already, so it counts no more. To be called in any case. */
  settle(named: boolean): Promise<void>;
}

/** Minutes after which a file that began to come counts no more: its process has ended. Twice what a request may take. */
const comingMinutes = 10;

/**
 * Takes a file in where the quota of its agency has room: whoever sends has this much of the disk for what nothing refers
 * to yet (`maxUnnamedBytes`, `maxUnnamedCount`). The room is reserved before the first byte. Errors: AttachmentError
 * `quota`, and what `take` throws.
 */
export async function takeWithinQuota(
  store: Store,
  announced: Announced,
  limits: Limits,
  take: () => Promise<Content>,
): Promise<TakenUpload> {
  const { pool } = store;
  const id = await reserve(store, announced, limits);
  try {
    const content = await take();
    const text = 'update uploads set sha256 = $2, named = $3 where id = $1';
    return {
      id,
      content,
      settle: async (named) => void (await pool.query(text, [id, content.sha256, named])),
    };
  } catch (error) {
    // Where the database is away it counts for some minutes more.
    await pool.query('delete from uploads where id = $1', [id]).catch(() => undefined);
    throw error;
  }
}

/**
 * Reservations of an agency take turns, in whichever process, so together they never get more than there is; a file of
 * unknown size reserves the largest that is taken.
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
      throw new AttachmentError('quota', tooMany(maxUnnamedCount, maxUnnamedBytes), {
        retryAfter: Math.max(1, freeIn ?? 1),
      });
    await client.query('insert into uploads (id, agency, name, expected_size) values ($1, $2, $3, $4)', [
      ...[id, agency, name, expected],
    ]);
  });
  return id;
}

const tooMany = (count: number, bytes: number) =>
  `is one too many: ${count} files and ${toSizeText(bytes)} may wait to be named; name those that were sent in complaints, answers or follow-ups, or wait a day`;
