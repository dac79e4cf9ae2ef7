import type { DatabaseSync } from 'node:sqlite';
import type { AgentPosts } from '../../../schemas/index.ts';
import type { PulledPost } from '../../contract.ts';
import type { SpoolTransaction } from './database.ts';

export type SpooledPost = AgentPosts['posts'][number] & { id: number };

/** Bytes of posts that are sent at once, unless one alone is larger. */
const mostBytes = 1024 * 1024;

export function savePosts(tx: SpoolTransaction, posts: PulledPost[], readAt: string): void {
  const save = tx.prepare('insert into posts (external_id, version, raw, read_at) values (?, ?, ?, ?)');
  for (const { externalId, version, raw } of posts)
    save.run(externalId, version, JSON.stringify(raw ?? null), readAt);
}

/** The oldest, in the order in which they were read. */
export function listOldestPosts(db: DatabaseSync, most: number): SpooledPost[] {
  const rows = db
    .prepare('select id, external_id, version, raw, read_at from posts order by id limit ?')
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

/** The hub has taken all up to this one. */
export function forgetPosts(tx: SpoolTransaction, upTo: number): void {
  tx.prepare('delete from posts where id <= ?').run(upTo);
}
