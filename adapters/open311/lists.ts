import { HttpError } from '../kit/http/http-errors.ts';
import type { Mapping } from '../kit/mapping/mapping.ts';
import { toId } from '../kit/reading/board-ref.ts';
import { fingerprint, type PageRow } from '../kit/reading/cursor.ts';
import { toStandIn } from '../kit/reading/page-rows.ts';
import type { Open311Client } from './client.ts';
import type { Entry } from './document.ts';
import { instantOf } from './mapping.ts';
import type { Writer } from './update-form.ts';
import { createWindowReader, type WindowReader } from './windows.ts';

/** What the methods share; it lives as long as the adapter and changes nothing. */
export interface Open311Parts extends Writer {
  client: Open311Client;
  post: Mapping;
}

/** Ids in one call: addresses stay below what servers take. */
const idsPerCall = 50;

/** The requests, by the windows of time that this board takes. */
export function openRequests(
  { settings, client, timeZone }: Open311Parts,
  signal: AbortSignal,
): WindowReader {
  const { by, pageSize = 1000, paging = false, windowDays = 90 } = settings.requests;
  const [start, end] = by === 'updated' ? ['updated_after', 'updated_before'] : ['start_date', 'end_date'];
  return createWindowReader({
    name: 'requests',
    from: settings.from,
    pageSize,
    windowDays,
    paging,
    async fetch(window) {
      const pages = paging ? { page: String(window.page), page_size: String(pageSize) } : {};
      const query = { [start as string]: window.start, [end as string]: window.end, ...pages };
      const entries = await client.list('requests', query, signal);
      return entries.map((entry): PageRow => {
        const { updated_datetime, requested_datetime } = entry;
        const time = by === 'updated' ? (updated_datetime ?? requested_datetime) : requested_datetime;
        // One that has no number yet has the token that stands for it, and comes again when it gets one.
        const externalId = toId(entry.service_request_id) ?? toId(entry.token) ?? toStandIn(entry);
        return { externalId, updatedAt: timeOf(time, window.start, timeZone), raw: entry };
      });
    },
  });
}

/** The updates of all requests together: the extension has no way to ask for those of one. */
export function openUpdates({ settings, client, timeZone }: Open311Parts, signal: AbortSignal): WindowReader {
  const { pageSize = 1000 } = settings.updates ?? {};
  const { windowDays = 90 } = settings.requests;
  return createWindowReader({
    name: 'updates',
    from: settings.from,
    pageSize,
    windowDays,
    paging: false,
    async fetch({ start, end }) {
      const query = { start_date: start, end_date: end };
      const entries = await client.list('servicerequestupdates', query, signal);
      return entries.map((entry) => ({
        externalId: toId(entry.update_id) ?? fingerprint(entry),
        updatedAt: timeOf(entry.updated_datetime, start, timeZone),
        raw: entry,
      }));
    },
  });
}

/** One that tells no time, or none that can be read, hides no other: it stands where its window begins. */
export function timeOf(value: unknown, start: string, timeZone: string): string {
  try {
    return instantOf(value, timeZone) ?? start;
  } catch {
    return start;
  }
}

/** The requests of these ids, as far as the board holds them. */
export async function fetchRequests(
  { client }: Open311Parts,
  ids: string[],
  signal: AbortSignal,
): Promise<Entry[]> {
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
