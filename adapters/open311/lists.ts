import { HttpError } from '../kit/http/http-errors.ts';
import type { Mapping } from '../kit/mapping/mapping.ts';
import { toId } from '../kit/reading/board-ref.ts';
import { fingerprint } from '../kit/reading/digest.ts';
import { toStandIn } from '../kit/reading/page-rows.ts';
import type { PageRow } from '../kit/reading/pull-plan.ts';
import type { Open311Client } from './client.ts';
import type { Entry } from './document.ts';
import { instantOf } from './mapping.ts';
import type { Writer } from './update-form.ts';
import { createWindowReader, type WindowReader } from './windows.ts';

/** What the methods share. It lives as long as the adapter and never changes. */
export interface Open311Parts extends Writer {
  client: Open311Client;
  post: Mapping;
}

/** Ids in one call, so that the address stays below the limits of servers. */
const idsPerCall = 50;

/** Reads requests by the time windows that this board accepts. */
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
        // A request without a number yet is known by its token. It comes again when it gets a number.
        const externalId = toId(entry.service_request_id) ?? toId(entry.token) ?? toStandIn(entry);
        return { externalId, updatedAt: timeOf(time, window.start, timeZone), raw: entry };
      });
    },
  });
}

/** Reads the updates of all requests together. The extension cannot list those of one request. */
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

/** An entry without a readable time hides no other: it gets the time at which its window begins. */
export function timeOf(value: unknown, start: string, timeZone: string): string {
  try {
    return instantOf(value, timeZone) ?? start;
  } catch {
    return start;
  }
}

/** The requests with these ids that the board holds. */
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
      // Some servers answer 404 if they hold none of them.
      if (!(error instanceof HttpError) || error.status !== 404) throw error;
    }
  }
  return found;
}
