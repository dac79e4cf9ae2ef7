import type { Fingerprint, PulledPost } from '../contract.ts';
import { toBoardError } from '../kit/outcome/call-error.ts';
import { toId } from '../kit/reading/board-ref.ts';
import { toFingerprint } from '../kit/reading/fingerprints.ts';
import { minusSeconds } from '../kit/text/board-time.ts';
import type { Entry } from './document.ts';
import { fetchRequests, type Open311Parts, openRequests, openUpdates, timeOf } from './lists.ts';
import { toPulledPost } from './pull.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

interface History {
  updates: Entry[];
  /** False: the request is older than the search for updates reaches, so earlier updates may be missing. */
  isWhole: boolean;
}

/** Reads a request with its updates. If it is older than `historyDays`, only updates of the last days are read. */
export async function read(
  parts: Open311Parts,
  externalId: string,
  signal: AbortSignal,
): Promise<PulledPost | undefined> {
  try {
    const requests = await fetchRequests(parts, [externalId], signal);
    const request = requests.find(({ service_request_id: id }) => toId(id) === externalId);
    if (!request) return undefined;
    const history = await readHistory(parts, [request], signal);
    return toPulledPost(externalId, { request, updates: history.get(externalId)?.updates ?? [] });
  } catch (error) {
    throw toBoardError(error);
  }
}

/**
 * Lists the requests of each window with their updates. The updates of a single request cannot be asked for. So those
 * of a window's requests are read together, at most `historyDays` back.
 */
export async function* fingerprints(
  parts: Open311Parts,
  since: Date | undefined,
  signal: AbortSignal,
): AsyncGenerator<Fingerprint> {
  const { overlapSeconds = 60 } = parts.settings.requests;
  const start = since && minusSeconds(since.toISOString(), overlapSeconds);
  try {
    for await (const rows of openRequests(parts, signal).windows(start)) {
      const requests = rows.map(({ raw }) => raw as Entry);
      const history = await readHistory(parts, requests, signal);
      for (const request of requests) {
        const id = toId(request.service_request_id);
        if (id === undefined) continue;
        const { updates = [], isWhole = true } = history.get(id) ?? {};
        const post = await parts.post.evaluate({ request, updates }).catch(() => undefined);
        const marks = toFingerprint(id, post);
        yield isWhole ? marks : withoutParts(marks);
      }
    }
  } catch (error) {
    throw toBoardError(error);
  }
}

/** Not all updates were read. So answers and follow-ups are left out and not compared. */
function withoutParts({ answers: _answers, followUps: _followUps, ...marks }: Fingerprint): Fingerprint {
  return marks;
}

/** Updates by request, oldest first. Empty if the board has no update extension. */
async function readHistory(
  parts: Open311Parts,
  requests: Entry[],
  signal: AbortSignal,
): Promise<Map<string, History>> {
  const { settings, timeZone } = parts;
  const history = new Map<string, History>();
  if (!settings.updates || requests.length === 0) return history;
  const longest = (settings.updates.historyDays ?? 90) * day;
  const times = requests.map(({ service_request_id, requested_datetime, updated_datetime }) => ({
    id: toId(service_request_id),
    made: Date.parse(timeOf(requested_datetime, settings.from, timeZone)),
    changed: Date.parse(timeOf(updated_datetime ?? requested_datetime, settings.from, timeZone)),
  }));
  const newest = Math.max(...times.map(({ changed }) => changed));
  const oldest = newest - longest;
  for (const { id, made } of times)
    if (id !== undefined) history.set(id, { updates: [], isWhole: made >= oldest });
  const start = Math.max(oldest, Math.min(...times.map(({ made }) => made)));
  // A board that lists by time of change also tells how new its newest update is.
  const until = settings.requests.by === 'updated' ? newest + minute : newest + longest;
  const windows = openUpdates(parts, signal).windows(new Date(start).toISOString(), new Date(until));
  for await (const rows of windows)
    for (const { raw } of rows) {
      const update = raw as Entry;
      history.get(toId(update.service_request_id) ?? '')?.updates.push(update);
    }
  return history;
}
