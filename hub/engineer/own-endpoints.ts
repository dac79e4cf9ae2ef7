import { randomUUID } from 'node:crypto';
import { withTimeLimit } from '../../adapters/relay/call-limit.ts';
import { toLimits } from '../../adapters/relay/policy.ts';
import type { EventType } from '../../schemas/index.ts';
import { type Reason, reasonOf, toReason } from '../../schemas/reason.ts';
import type { Directory } from '../configuration/directory.ts';
import { type Endpoints, toSubject } from '../exchange/endpoints/endpoints.ts';
import { type EndpointState, listEndpoints } from '../exchange/endpoints/read-endpoints.ts';
import { toAttempt } from '../exchange/endpoints/to-attempt.ts';
import type { Topic } from '../queue/topics.ts';
import type { Store } from '../store/database.ts';
import type { Page, Place } from '../store/read-page.ts';
import {
  pauseEndpoint,
  recordTest,
  replayDeliveries,
  resendDeliveries,
  resumeEndpoint,
} from '../store/states/endpoint-state.ts';
import type { Actor } from './actor.ts';
import { type AttemptFilter, type EndpointAttemptEntry, listEndpointAttempts } from './attempts.ts';
import { EngineerError } from './engineer-error.ts';
import type { Change } from './record.ts';

/** An endpoint of the agency as its engineer sees it. */
export interface OwnEndpoint extends EndpointState {
  url: string;
  /** The kinds of event that it is told of. Null: all. */
  events: EventType[] | null;
}

/** How a test ended. */
interface EndpointTest {
  id: string;
  /** The id of the CloudEvent, also in `webhook-id`. */
  event: string;
  outcome: 'done' | 'retry' | 'refused' | 'unknown';
  status: number | null;
  ms: number;
  reason: Reason | null;
}

/** What is sent again: one delivery, what failed since then, or all since then. */
export type ResendWish = { delivery: string } | { failedSince: Date } | { allSince: Date };

export interface EngineerEndpoints {
  list(agency: string): Promise<OwnEndpoint[]>;
  /** Each call to it, newest first. Errors: EngineerError `not_found`. */
  attempts(
    agency: string,
    endpoint: string,
    filter: AttemptFilter,
    place: Place,
  ): Promise<Page<EndpointAttemptEntry>>;
  /** Sends a marked test event and waits for the reply. It is in the log of calls to the endpoint afterwards. */
  test(actor: Actor, endpoint: string, signal: AbortSignal): Promise<EndpointTest>;
  /** Resolves with the number of events. */
  resend: Change<{ endpoint: string; what: ResendWish }, number>;
  pause: Change<{ endpoint: string }, void>;
  resume: Change<{ endpoint: string }, void>;
  /** Has the endpoint looked at. Call it after the transaction. */
  look(agency: string, endpoint: string): void;
}

/** Days back that a resend may reach: so long are the deliveries kept (hub/store/prune.ts). */
const longestBack = 90;

export function createEngineerEndpoints(parts: {
  store: Store;
  directory: Pick<Directory, 'findAgency'>;
  endpoints: Endpoints;
  look(topic: Topic): void;
}): EngineerEndpoints {
  const { store, directory, endpoints, look } = parts;

  function mustBeOf(agency: string, endpoint: string) {
    const found = directory.findAgency(agency)?.webhooks?.find(({ name }) => name === endpoint);
    if (!found) throw new EngineerError('not_found', `there is no endpoint ${endpoint}`);
    return { agency, endpoint };
  }

  return {
    async list(agency) {
      const own = directory.findAgency(agency);
      if (!own) return [];
      const states = await listEndpoints(store, { listAgencies: () => [own] });
      return states.map((state) => {
        const settings = own.webhooks?.find(({ name }) => name === state.endpoint)?.settings ?? {};
        const { url = '', events = null } = settings as { url?: string; events?: EventType[] };
        return { ...state, url, events };
      });
    },
    async attempts(agency, endpoint, filter, place) {
      return listEndpointAttempts(store, mustBeOf(agency, endpoint), filter, place);
    },
    async test({ agency, name }, endpoint, signal) {
      const place = mustBeOf(agency, endpoint);
      const found = endpoints.find(toSubject(agency, endpoint));
      const { ping } = found?.adapter ?? {};
      if (!found || !ping) throw new EngineerError('conflict', `${endpoint} takes no test`);
      const at = new Date();
      const mark = randomUUID();
      const outcome = await withTimeLimit(toLimits(found.connection).timeout, signal, (limited) =>
        ping(mark, limited),
      ).catch((error: unknown) => ({
        kind: 'unknown' as const,
        reason: toReason('adapter_failed', { detail: reasonOf(error) }),
      }));
      const attempt = { ...toAttempt(found, at, outcome), ...place };
      const id = await recordTest(store.pool, { ...attempt, askedBy: name });
      const { outcome: end, status, ms, reason } = attempt;
      return { id, event: `${agency}/ping/${mark}`, outcome: end, status, ms, reason };
    },
    async resend(client, { agency, name }, { endpoint, what }) {
      const place = mustBeOf(agency, endpoint);
      if ('delivery' in what) {
        const sent = await resendDeliveries(client, place, { id: what.delivery }, name);
        if (sent === 0)
          throw new EngineerError('not_found', 'there is no such delivery that can be sent again');
        return sent;
      }
      const [pointer, since] =
        'failedSince' in what ? ['/failedSince', what.failedSince] : ['/allSince', what.allSince];
      if (since.getTime() < Date.now() - longestBack * 86_400_000 || since.getTime() > Date.now())
        throw new EngineerError('invalid', 'the time is not acceptable', [
          { pointer, reason: toReason('days_back', { n: longestBack }) },
        ]);
      const failed = await resendDeliveries(client, place, { failedSince: since }, name);
      if ('failedSince' in what) return failed;
      return failed + (await replayDeliveries(client, { ...place, since, user: name }));
    },
    pause: (client, { agency, name }, { endpoint }) =>
      pauseEndpoint(client, mustBeOf(agency, endpoint), name),
    resume: (client, { agency }, { endpoint }) => resumeEndpoint(client, mustBeOf(agency, endpoint)),
    look: (agency, endpoint) => look(`webhook:${toSubject(agency, endpoint)}`),
  };
}
