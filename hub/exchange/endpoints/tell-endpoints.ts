import type { Logger } from 'pino';
import { afterOutcome, bringEvent, isShutOut, type Step } from '../../../adapters/relay/bring-event.ts';
import { createFailing, type Failing } from '../../../adapters/relay/failing.ts';
import { startGrace } from '../../../adapters/relay/grace.ts';
import { createLane, type Lane } from '../../../adapters/relay/lane.ts';
import { toLimits } from '../../../adapters/relay/policy.ts';
import { disclosureOf } from '../../complaints/disclosure/disclosure.ts';
import { ownerOf } from '../../configuration/owner-of.ts';
import type { Look } from '../../queue/looks.ts';
import type { Store } from '../../store/database.ts';
import type { Exclusive } from '../../store/exclusive.ts';
import { recordDelivery } from '../../store/states/endpoint-state.ts';
import { type DueDelivery, findDueDeliveries } from './due-deliveries.ts';
import { type EndpointBreaker, loadBreaker } from './endpoint-breaker.ts';
import type { Endpoint, Endpoints } from './endpoints.ts';
import { toAttempt } from './to-attempt.ts';

export interface TellDependencies {
  store: Store;
  exclusive: Exclusive;
  endpoints: Endpoints;
  log: Logger;
  /** Called when an event was told or failed, for live pages. */
  changed(): void;
}

const pageSize = 100;

interface Drain {
  endpoint: Endpoint;
  breaker: EndpointBreaker;
  cut: AbortSignal;
}

/**
 * Drains one endpoint: tells it of what is due, a few complaints at once and one event of each at a time, in order. No
 * mark is kept before a call: a receiver knows a repeated webhook-id, so what a crash left open is sent again.
 */
export function createTellEndpoints({ store, exclusive, endpoints, log, changed }: TellDependencies): Look {
  const failings = new Map<string, Failing>();
  const lanes = new Map<string, Lane>();

  async function tell({ endpoint, breaker, cut }: Drain, due: DueDelivery): Promise<void> {
    const { change, tries, provided } = due;
    // The kind was taken off the list while the event waited.
    if (!endpoint.adapter.carries.has(change.event.type))
      return recordDelivery(store.pool, { ...toRest(due.deliveryId), state: 'skipped', tries, reason: null });
    const key = `${change.complaint.receiptNumber}/${change.event.seq}`;
    const at = new Date();
    const outcome = await bringEvent({ ...endpoint, cut }, { change, key, tries });
    // A call that was cut because the hub stops is no try. The next process makes it again.
    if (cut.aborted && outcome.kind !== 'done') return;
    const isAlone = isShutOut(outcome) && wasTakenSince(breaker, due, endpoint);
    const { step, failure } = breaker.failing.judge(due.deliveryId, afterOutcome(outcome, tries, isAlone));
    await recordDelivery(store.pool, toProgress(due, step, endpoint), {
      ...toAttempt(endpoint, at, outcome),
      provided,
    });
    await breaker.ended(step, failure);
    if (step.kind === 'parked')
      log.warn(
        { agency: endpoint.agency.code, endpoint: endpoint.name, complaint: due.id },
        'webhook parked',
      );
    changed();
  }

  async function drain(subject: string, stop: AbortSignal): Promise<void> {
    const endpoint = endpoints.find(subject);
    if (!endpoint) return;
    const failing = failings.get(subject) ?? createFailing();
    failings.set(subject, failing);
    const breaker = await loadBreaker(store, endpoint, failing);
    const place = { agency: endpoint.agency.code, endpoint: endpoint.name };
    const { concurrency } = toLimits(endpoint.connection);
    const grace = startGrace(stop);
    const lane = createLane<DueDelivery>({
      concurrency: () => (breaker.isProbing() ? 1 : concurrency),
      pageSize,
      find: (underWay) => {
        const isProbe = breaker.isProbing();
        const asked = { ...place, disclosure: disclosureOf(endpoint.agency) };
        return findDueDeliveries(store.pool, asked, { underWay, limit: isProbe ? 1 : pageSize, isProbe });
      },
      // The next event of the complaint may be due now.
      work: (due) => tell({ endpoint, breaker, cut: grace.cut }, due).finally(() => lane.nudge()),
      // A new configuration ends the drain, and the sweep begins the next one.
      paused: () => stop.aborted || breaker.isClosed() || endpoints.find(subject) !== endpoint,
    });
    lanes.set(subject, lane);
    await lane.drain(stop).finally(() => {
      lanes.delete(subject);
      grace.end();
    });
  }

  return {
    run: (subject, stop) =>
      exclusive.run(`webhook:${subject}`, (lost) => drain(subject, AbortSignal.any([stop, lost]))),
    nudge: (subject) => lanes.get(subject)?.nudge(),
  };
}

/** Whether the endpoint has taken other events since it refused the hub's signature for this one. */
function wasTakenSince(
  breaker: EndpointBreaker,
  { shutOutAt }: DueDelivery,
  { connection }: Endpoint,
): boolean {
  const taken = breaker.deliveredAt();
  const whenOver = (shutOutAt?.getTime() ?? Number.POSITIVE_INFINITY) + toLimits(connection).timeout * 1000;
  return taken !== null && taken.getTime() > whenOver;
}

const toRest = (id: string) => ({ id, nextAt: new Date(), shutOutAt: null, owner: null, externalId: null });

function toProgress({ deliveryId: id, tries }: DueDelivery, step: Step, { agency }: Endpoint) {
  const still = toRest(id);
  switch (step.kind) {
    case 'done':
      return { ...still, state: 'done' as const, tries, reason: null, externalId: step.ref.externalId };
    case 'later': {
      const shutOutAt = step.unauthorised ? still.nextAt : null;
      const { nextAt, reason } = step;
      return { ...still, state: 'waiting' as const, tries: tries + 1, nextAt, shutOutAt, reason };
    }
    case 'parked':
      return {
        ...still,
        state: 'parked' as const,
        tries: tries + 1,
        reason: step.reason,
        owner: ownerOf(agency),
      };
  }
}
