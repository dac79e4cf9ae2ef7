import { BoardError, type Fingerprint, type Pulled, type PulledPost } from '../contract.ts';
import { toId } from '../kit/board-ref.ts';
import { minusSeconds } from '../kit/board-time.ts';
import { fingerprint, type PageRow, pullPosts } from '../kit/cursor.ts';
import { toFingerprint } from '../kit/fingerprints.ts';
import { HttpError, toBoardError } from '../kit/http-errors.ts';
import type { Mapping } from '../kit/mapping.ts';
import type { Open311Client } from './client.ts';
import { type Entry, textOf } from './document.ts';
import { instantOf, type RawPost } from './mapping.ts';
import type { Writer } from './update-form.ts';
import { fetchRows, readWindows, type WindowPlan } from './windows.ts';

/** What the methods share; it lives as long as the adapter and changes nothing. */
export interface Open311Parts extends Writer {
  client: Open311Client;
  post: Mapping;
}

const day = 86_400;
/** Ids in one call: addresses stay below what servers take. */
const idsPerCall = 50;

/** Two lists are read, each with a cursor of its own. */
interface Cursors {
  requests?: string;
  updates?: string;
}

/**
 * Updates are read before the requests, and once more after them: a request that shows a new status comes with the
 * update that gave it. A request that only an update speaks of is fetched by its id.
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
    // Told below in words.
  }
  throw new BoardError('malformed', 'the cursor was not written by this adapter');
}

function readRequests(
  parts: Open311Parts,
  cursor: string | undefined,
  signal: AbortSignal,
  maxPages: number,
) {
  const { overlapSeconds = 60 } = parts.settings.requests;
  const plan = planRequests(parts, signal);
  const { pageSize } = plan;
  const fetchPage = (since: string | undefined, page: number) => fetchRows(plan, since, page);
  return pullPosts({ cursor, overlapSeconds, pageSize, maxPages, fetchPage });
}

async function readUpdates(
  parts: Open311Parts,
  cursor: string | undefined,
  signal: AbortSignal,
  maxPages: number,
): Promise<Pick<Pulled, 'posts' | 'more'> & { cursor: string | undefined }> {
  const { updates } = parts.settings;
  if (!updates) return { posts: [], cursor, more: false };
  const plan = planUpdates(parts, signal);
  const { pageSize } = plan;
  const { overlapSeconds = 60 } = updates;
  const fetchPage = (since: string | undefined, page: number) => fetchRows(plan, since, page);
  return pullPosts({ cursor, overlapSeconds, pageSize, maxPages, fetchPage });
}

export function planRequests({ settings, client, timeZone }: Open311Parts, signal: AbortSignal): WindowPlan {
  const { by, pageSize = 1000, paging = false, windowDays = 90 } = settings.requests;
  const [start, end] = by === 'updated' ? ['updated_after', 'updated_before'] : ['start_date', 'end_date'];
  return {
    ...{ name: 'requests', from: settings.from, pageSize, windowDays, paging },
    async fetch(window) {
      const pages = paging ? { page: String(window.page), page_size: String(pageSize) } : {};
      const query = { [start as string]: window.start, [end as string]: window.end, ...pages };
      const entries = await client.list('requests', query, signal);
      return entries.map((entry): PageRow => {
        const { updated_datetime, requested_datetime } = entry;
        const time = by === 'updated' ? (updated_datetime ?? requested_datetime) : requested_datetime;
        // One that has no number yet has the token that stands for it, and comes again when it gets one.
        const externalId = toId(entry.service_request_id) ?? toId(entry.token);
        if (externalId === undefined) throw new BoardError('malformed', 'a request has neither id nor token');
        return { externalId, updatedAt: timeOf(time, window.start, timeZone), raw: entry };
      });
    },
  };
}

export function planUpdates({ settings, client, timeZone }: Open311Parts, signal: AbortSignal): WindowPlan {
  const { pageSize = 1000 } = settings.updates ?? {};
  const { windowDays = 90 } = settings.requests;
  return {
    ...{ name: 'updates', from: settings.from, pageSize, windowDays, paging: false },
    async fetch({ start, end }) {
      const query = { start_date: start, end_date: end };
      const entries = await client.list('servicerequestupdates', query, signal);
      return entries.map((entry) => ({
        externalId: toId(entry.update_id) ?? fingerprint(entry),
        updatedAt: timeOf(entry.updated_datetime, start, timeZone),
        raw: entry,
      }));
    },
  };
}

/** One that tells no time, or none that can be read, hides no other: it stands where its window begins. */
function timeOf(value: unknown, start: string, timeZone: string): string {
  try {
    return instantOf(value, timeZone) ?? start;
  } catch {
    return start;
  }
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
  }
  const named = updates.flatMap(({ service_request_id: id }) => toId(id) ?? []);
  const missing = [...new Set(named)].filter((id) => !posts.has(id));
  for (const id of missing) posts.set(id, { updates: [] });
  for (const request of await fetchRequests(parts, missing, signal)) {
    const post = posts.get(toId(request.service_request_id) ?? '');
    if (post) post.request = request;
  }
  for (const update of updates) posts.get(toId(update.service_request_id) ?? '')?.updates.push(update);
  return [...posts].map(([externalId, raw]) => toPulledPost(externalId, raw));
}

const toPulledPost = (externalId: string, raw: RawPost): PulledPost => ({
  externalId,
  version: fingerprint(raw),
  raw,
});

async function fetchRequests({ client }: Open311Parts, ids: string[], signal: AbortSignal): Promise<Entry[]> {
  const found: Entry[] = [];
  for (let at = 0; at < ids.length; at += idsPerCall) {
    const service_request_id = ids.slice(at, at + idsPerCall).join(',');
    try {
      found.push(...(await client.list('requests', { service_request_id }, signal)));
    } catch (error) {
      // Some servers answer with 404 where they hold none of them.
      if (!(error instanceof HttpError) || error.status !== 404) throw error;
    }
  }
  return found;
}

export async function read(
  parts: Open311Parts,
  externalId: string,
  signal: AbortSignal,
): Promise<PulledPost | undefined> {
  try {
    const requests = await fetchRequests(parts, [externalId], signal);
    const request = requests.find(({ service_request_id: id }) => toId(id) === externalId);
    if (!request) return undefined;
    const [updates = []] = [(await readHistory(parts, [request], signal)).get(externalId)];
    return toPulledPost(externalId, { request, updates });
  } catch (error) {
    throw toBoardError(error);
  }
}

/**
 * The requests in their windows, each with its updates. There is no way to ask for the updates of one request, so those
 * of a window's requests are read together, up to `historyDays` after the oldest of them that is not older than that.
 */
export async function* fingerprints(
  parts: Open311Parts,
  since: Date | undefined,
  signal: AbortSignal,
): AsyncGenerator<Fingerprint> {
  const { overlapSeconds = 60 } = parts.settings.requests;
  const start = since && minusSeconds(since.toISOString(), overlapSeconds);
  try {
    for await (const rows of readWindows(planRequests(parts, signal), start)) {
      const requests = rows.map(({ raw }) => raw as Entry);
      const history = await readHistory(parts, requests, signal);
      for (const request of requests) {
        const id = toId(request.service_request_id);
        if (id === undefined) continue;
        const updates = history.get(id);
        const post = await parts.post.evaluate({ request, updates: updates ?? [] }).catch(() => undefined);
        const marks = toFingerprint(id, post);
        if (updates || !parts.settings.updates) yield marks;
        else yield withoutParts(marks);
      }
    }
  } catch (error) {
    throw toBoardError(error);
  }
}

/** Not all of its updates were read: what is not told is not compared. */
function withoutParts({ answers: _answers, followUps: _followUps, ...marks }: Fingerprint): Fingerprint {
  return marks;
}

/** By request, oldest first; a request whose updates may not all be among them has no entry. */
async function readHistory(
  parts: Open311Parts,
  requests: Entry[],
  signal: AbortSignal,
): Promise<Map<string, Entry[]>> {
  const { settings, timeZone } = parts;
  const history = new Map<string, Entry[]>();
  if (!settings.updates || requests.length === 0) return history;
  const { historyDays = 90 } = settings.updates;
  const { by } = settings.requests;
  const times = requests.map(({ service_request_id, requested_datetime, updated_datetime }) => ({
    id: toId(service_request_id),
    made: Date.parse(timeOf(requested_datetime, settings.from, timeZone)),
    changed: Date.parse(timeOf(updated_datetime ?? requested_datetime, settings.from, timeZone)),
  }));
  const newest = Math.max(...times.map(({ changed }) => changed));
  const oldest = newest - historyDays * day * 1000;
  const whole = times.filter(({ made }) => made >= oldest);
  for (const { id } of whole) if (id !== undefined) history.set(id, []);
  const start = Math.min(newest, ...whole.map(({ made }) => made));
  // A board that lists by the time of change tells with it how new its newest update is.
  const until = by === 'updated' ? newest + 60_000 : newest + historyDays * day * 1000;
  const plan = planUpdates(parts, signal);
  const seen = new Set<string>();
  for await (const rows of readWindows(plan, new Date(start).toISOString(), new Date(until)))
    for (const { externalId, raw } of rows) {
      if (seen.has(externalId)) continue;
      seen.add(externalId);
      history.get(textOf((raw as Entry).service_request_id) ?? '')?.push(raw as Entry);
    }
  return history;
}
