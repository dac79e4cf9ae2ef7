import type { DatabaseSync } from 'node:sqlite';
import type { AgentPosts, Reason } from '../../../schemas/index.ts';
import type { PulledPost } from '../../contract.ts';
import type { SpoolTransaction } from './database.ts';

export type SpooledPost = AgentPosts['posts'][number] & { id: number };

/** The most bytes of posts in one call. A single post may be larger. */
const mostBytes = 256 * 1024;

export function savePosts(tx: SpoolTransaction, posts: PulledPost[], readAt: string): void {
  const save = tx.prepare('insert into posts (external_id, version, raw, read_at) values (?, ?, ?, ?)');
  for (const { externalId, version, raw } of posts)
    save.run(externalId, version, JSON.stringify(raw ?? null), readAt);
}

/** The oldest posts, in the order of reading. */
export function listOldestPosts(db: DatabaseSync, most: number): SpooledPost[] {
  const rows = db
    .prepare(
      'select id, external_id, version, raw, read_at from posts where refused is null order by id limit ?',
    )
    .iterate(most);
  const found: SpooledPost[] = [];
  let bytes = 0;
  for (const row of rows) {
    const raw = String(row.raw);
    bytes += Buffer.byteLength(raw);
    if (bytes > mostBytes && found.length > 0) break;
    found.push({
      id: Number(row.id),
      externalId: String(row.external_id),
      version: String(row.version),
      raw: JSON.parse(raw),
      readAt: String(row.read_at),
    });
  }
  return found;
}

/** The hub has taken all posts up to this one. */
export function forgetPosts(tx: SpoolTransaction, upTo: number): void {
  tx.prepare('delete from posts where id <= ? and refused is null').run(upTo);
}

/** The hub refuses the post as it is. */
export function setPostAside(tx: SpoolTransaction, id: number, reason: Reason): void {
  tx.prepare('update posts set refused = ? where id = ?').run(JSON.stringify(reason), id);
}

/** After a new start, the hub or the agent may be a newer version that can handle posts that were set aside. */
export function tryPostsAgain(tx: SpoolTransaction): void {
  tx.prepare('update posts set refused = null where refused is not null').run();
}

/** The number of the newest post that was ever in the spool. 0: there was none. */
export function findLastPost(db: DatabaseSync): number {
  const row = db.prepare(`select seq from sqlite_sequence where name = 'posts'`).get();
  return Number(row?.seq ?? 0);
}

/** True if the hub has taken every post up to this one. */
export function isTaken(db: DatabaseSync, upTo: number): boolean {
  return db.prepare('select 1 from posts where id <= ? and refused is null limit 1').get(upTo) === undefined;
}
