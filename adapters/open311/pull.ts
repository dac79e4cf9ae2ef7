import { toReason } from '../../schemas/reason.ts';
import { BoardError, type Pulled, type PulledPost } from '../contract.ts';
import { toBoardError } from '../kit/outcome/call-error.ts';
import { toId } from '../kit/reading/board-ref.ts';
import { pullPosts } from '../kit/reading/cursor.ts';
import { fingerprint } from '../kit/reading/digest.ts';
import { toStandIn } from '../kit/reading/page-rows.ts';
import type { Entry } from './document.ts';
import { fetchRequests, type Open311Parts, openRequests, openUpdates } from './lists.ts';
import type { RawPost } from './mapping.ts';
import type { WindowReader } from './windows.ts';

/** Two lists are read, each with its own cursor. */
interface Cursors {
  requests?: string;
  updates?: string;
}

/**
 * Reads updates before the requests, and again after them. So a request with a new status comes together with the
 * update that set it. A request that only an update mentions is fetched by its id.
 */
export async function pull(
  parts: Open311Parts,
  cursor: string | undefined,
  signal: AbortSignal,
  maxPages = 10,
): Promise<Pulled> {
  const at = readCursors(cursor);
  try {
    const before = await readUpdates(parts, at.updates, signal, maxPages);
    const requests = before.more ? undefined : await readRequests(parts, at.requests, signal, maxPages);
    const after = requests?.posts.length
      ? await readUpdates(parts, before.cursor, signal, maxPages)
      : { ...before, posts: [] };
    const updates = [...before.posts, ...after.posts].map(({ raw }) => raw as Entry);
    const posts = await join(
      parts,
      (requests?.posts ?? []).map(({ raw }) => raw as Entry),
      updates,
      signal,
    );
    const next: Cursors = {
      ...((requests?.cursor ?? at.requests) && { requests: requests?.cursor ?? at.requests }),
      ...(after.cursor && { updates: after.cursor }),
    };
    return { posts, cursor: JSON.stringify(next), more: after.more || requests?.more !== false };
  } catch (error) {
    throw toBoardError(error);
  }
}

function readCursors(cursor: string | undefined): Cursors {
  if (cursor === undefined) return {};
  try {
    const { requests, updates } = JSON.parse(cursor) as Cursors;
    if (typeof (requests ?? updates ?? '') === 'string')
      return { ...(requests && { requests }), ...(updates && { updates }) };
  } catch {
    // The throw below reports it.
  }
  throw new BoardError('malformed', toReason('foreign_cursor'));
}

function readRequests(
  parts: Open311Parts,
  cursor: string | undefined,
  signal: AbortSignal,
  maxPages: number,
) {
  const { overlapSeconds, pageSize } = parts.settings.requests;
  return readList(openRequests(parts, signal), { cursor, overlapSeconds, pageSize, maxPages });
}

async function readUpdates(
  parts: Open311Parts,
  cursor: string | undefined,
  signal: AbortSignal,
  maxPages: number,
): Promise<Omit<Pulled, 'cursor'> & { cursor: string | undefined }> {
  const { updates } = parts.settings;
  if (!updates) return { posts: [], cursor, more: false };
  const { overlapSeconds, pageSize } = updates;
  return readList(openUpdates(parts, signal), { cursor, overlapSeconds, pageSize, maxPages });
}

interface Place {
  cursor: string | undefined;
  overlapSeconds: number | undefined;
  pageSize: number | undefined;
  maxPages: number;
}

function readList(list: WindowReader, place: Place): Promise<Pulled> {
  const { overlapSeconds = 60, pageSize = 1000 } = place;
  return pullPosts({ ...place, overlapSeconds, pageSize, fetchPage: list.rows });
}

async function join(
  parts: Open311Parts,
  requests: Entry[],
  updates: Entry[],
  signal: AbortSignal,
): Promise<PulledPost[]> {
  const posts = new Map<string, RawPost>();
  for (const request of requests) {
    const id = toId(request.service_request_id);
    if (id !== undefined) posts.set(id, { request, updates: [] });
    // A request with a token comes again when it has its number. A request with neither is parked.
    else if (toId(request.token) === undefined) posts.set(toStandIn(request), { request, updates: [] });
  }
  const named = updates.flatMap(({ service_request_id: id }) => toId(id) ?? []);
  const missing = [...new Set(named)].filter((id) => !posts.has(id));
  for (const id of missing) posts.set(id, { updates: [] });
  for (const request of await fetchRequests(parts, missing, signal)) {
    const post = posts.get(toId(request.service_request_id) ?? '');
    if (post) post.request = request;
  }
  for (const update of updates) {
    const id = toId(update.service_request_id);
    if (id === undefined) posts.set(toStandIn(update), { updates: [update] });
    else posts.get(id)?.updates.push(update);
  }
  return [...posts].map(([externalId, raw]) => toPulledPost(externalId, raw));
}

export const toPulledPost = (externalId: string, raw: RawPost): PulledPost => ({
  externalId,
  version: fingerprint(raw),
  raw,
});
