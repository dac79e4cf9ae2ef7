import type { Topic } from '../../queue/topics.ts';
import type { Store } from '../../store/database.ts';
import {
  type Decided,
  replayDeliveries,
  retryDelivery,
  skipDelivery,
} from '../../store/states/endpoint-state.ts';
import { toSubject } from './endpoints.ts';

/** People's decisions about what endpoints are told of. Each is kept with the login of the person. */
export interface EndpointActions {
  /** False: the event is not parked any more. */
  retry(id: string, user: string): Promise<boolean>;
  skip(id: string, user: string, reason: string): Promise<boolean>;
  /** Tells the endpoint again of what it was told of since then. Resolves with the number of events. */
  replay(of: { agency: string; endpoint: string; since: Date; user: string }): Promise<number>;
}

export function createEndpointActions(
  { pool }: Pick<Store, 'pool'>,
  look: (topic: Topic) => void,
): EndpointActions {
  function lookAt(decided: Decided): boolean {
    if (decided) look(`webhook:${toSubject(decided.agency, decided.endpoint)}`);
    return decided !== undefined;
  }
  return {
    retry: async (id, user) => lookAt(await retryDelivery(pool, id, user)),
    skip: async (id, user, reason) => lookAt(await skipDelivery(pool, { id, user, reason })),
    async replay(of) {
      const events = await replayDeliveries(pool, of);
      lookAt(of);
      return events;
    },
  };
}
