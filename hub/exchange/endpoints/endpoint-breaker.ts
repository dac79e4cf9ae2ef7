import type { Step } from '../../../adapters/relay/bring-event.ts';
import type { Failing, Failure } from '../../../adapters/relay/failing.ts';
import { openBreaker } from '../../../adapters/relay/open-breaker.ts';
import { toLimits } from '../../../adapters/relay/policy.ts';
import type { Store } from '../../store/database.ts';
import { type EndpointHealth, recordHealth, releaseDeliveries } from '../../store/states/endpoint-state.ts';
import type { Endpoint } from './endpoints.ts';

/** The circuit breaker of one endpoint, as boards have one. One process at a time drains an endpoint and writes it. */
export interface EndpointBreaker {
  failing: Failing;
  /** When the endpoint last took an event. */
  deliveredAt(): Date | null;
  isClosed(): boolean;
  /** After an outage one call tries, until it succeeds. */
  isProbing(): boolean;
  /** Takes in how a call ended. */
  ended(step: Step, failure: Failure | undefined): Promise<void>;
}

interface Row {
  settings: string;
  failures: number;
  closed_until: Date | null;
  delivered_at: Date | null;
}

/** Milliseconds between two notes of the last success, while all is well. */
const noteEvery = 1000;

/** Reads what all processes know of the endpoint. A changed configuration begins anew. */
export async function loadBreaker(
  { pool }: Store,
  endpoint: Endpoint,
  failing: Failing,
): Promise<EndpointBreaker> {
  const place = { agency: endpoint.agency.code, endpoint: endpoint.name };
  const { breaker } = toLimits(endpoint.connection);
  const { rows } = await pool.query<Row>({
    name: 'load-endpoint-health',
    text: 'select settings, failures, closed_until, delivered_at from endpoint_health where agency = $1 and endpoint = $2',
    values: [place.agency, place.endpoint],
  });
  const [row] = rows;
  const isSame = row?.settings === endpoint.settings;
  const health: EndpointHealth = {
    settings: endpoint.settings,
    failures: isSame ? row.failures : 0,
    closedUntil: isSame ? row.closed_until : null,
    lastError: null,
    deliveredAt: row?.delivered_at ?? null,
  };
  const isClosed = () => (health.closedUntil?.getTime() ?? 0) > Date.now();
  const write = () => recordHealth(pool, place, health);

  if (row && !isSame) {
    await write();
    await releaseDeliveries(pool, place.agency, place.endpoint);
  }

  async function succeeded(): Promise<void> {
    const wasTroubled = health.failures > 0 || health.closedUntil !== null;
    const wasClosed = health.closedUntil !== null;
    const now = new Date();
    if (!wasTroubled && now.getTime() - (health.deliveredAt?.getTime() ?? 0) < noteEvery) return;
    Object.assign(health, { failures: 0, closedUntil: null, lastError: null, deliveredAt: now });
    await write();
    if (wasClosed) await releaseDeliveries(pool, place.agency, place.endpoint);
  }

  function open(step: Step & { kind: 'later' }, failure: Failure | undefined): void {
    const { after, unauthorised } = step;
    const state = { failures: health.failures, closedUntil: health.closedUntil?.getTime() ?? 0 };
    openBreaker(state, breaker, { after, unauthorised, failure, isRecovering: health.closedUntil !== null });
    health.failures = state.failures;
    health.closedUntil = state.closedUntil > 0 ? new Date(state.closedUntil) : null;
    health.lastError = step.reason;
  }

  return {
    failing,
    deliveredAt: () => health.deliveredAt,
    isClosed,
    isProbing: () => health.closedUntil !== null,
    async ended(step, failure) {
      if (step.kind === 'later') {
        open(step, failure);
        return write();
      }
      // A failure that parked its event says nothing good of the endpoint; a refusal shows that it is there.
      if (!failure) await succeeded();
    },
  };
}
