import { BoardError, type PulledPost } from '../contract.ts';
import { toId } from './board-ref.ts';
import { fingerprint, type PageRow } from './cursor.ts';
import type { Mapping } from './mapping.ts';

/** How to find the posts in a board's reply. */
export interface RowMapping {
  items: Mapping;
  externalId: Mapping;
  updatedAt: Mapping;
  version?: Mapping;
}

/** The posts of one page; throws {@link BoardError} `malformed` where the reply is not what was promised. */
export async function toPageRows(
  mapping: RowMapping,
  reply: unknown,
  since: string | undefined,
): Promise<PageRow[]> {
  const items = await mapping.items.evaluate(reply);
  if (items === undefined) throw new BoardError('malformed', 'the reply holds no list of posts (pull.items)');
  const rows: PageRow[] = [];
  for (const raw of Array.isArray(items) ? items : [items]) {
    const externalId = toId(await mapping.externalId.evaluate(raw));
    if (externalId === undefined) throw new BoardError('malformed', 'a post has no id (pull.externalId)');
    // A post without a time stands where the board put it: it has the time of the one before.
    const before = rows.at(-1)?.updatedAt ?? since ?? new Date(0).toISOString();
    const updatedAt = (await mapping.updatedAt.evaluate(raw)) ?? before;
    if (typeof updatedAt !== 'string' || Number.isNaN(Date.parse(updatedAt))) {
      throw new BoardError('malformed', `post ${externalId} has a time that is no instant (pull.updatedAt)`);
    }
    const version = toId(await mapping.version?.evaluate(raw));
    rows.push({ externalId, updatedAt, raw, ...(version !== undefined && { version }) });
  }
  return rows;
}

/** One post that was read by itself, with the id and the version that `pull` would give it. */
export async function toPulledPost(
  mapping: Pick<RowMapping, 'externalId' | 'version'>,
  raw: unknown,
): Promise<PulledPost> {
  const externalId = toId(await mapping.externalId.evaluate(raw));
  if (externalId === undefined) throw new BoardError('malformed', 'a post has no id (pull.externalId)');
  return { externalId, version: toId(await mapping.version?.evaluate(raw)) ?? fingerprint(raw), raw };
}
