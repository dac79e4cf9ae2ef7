import { type Agency, type EventType, eventTypes, type HistoryType } from '../../../schemas/index.ts';
import { isProgress } from '../../complaints/event-facts.ts';
import type { Decision } from '../../complaints/state.ts';
import type { PlannedDelivery, PlannedHistory } from '../../store/states/endpoint-state.ts';

/** What is to be saved with the decisions of a group, so that endpoints are told of it. */
export interface DeliveryPlan {
  deliveries: PlannedDelivery[];
  histories: PlannedHistory[];
}

type FindAgency = (code: string) => Pick<Agency, 'webhooks'> | undefined;

/**
 * Every endpoint of every agency that has a part in a complaint is told of its events, as far as the endpoint wants
 * their kind. The agency's own acts count too: its statistics system has not seen them. An agency that joins gets what
 * its board would get: the history without the progress. `known`: the links that stood before.
 */
export function planDeliveries(
  decisions: readonly Decision[],
  known: ReadonlySet<string>,
  findAgency: FindAgency,
): DeliveryPlan {
  const plan: DeliveryPlan = { deliveries: [], histories: [] };
  for (const { matter, events } of decisions) {
    for (const { id, agency, joined, role } of matter.links) {
      // Who was asked for a contribution reads the complaint here, as far as it must know it.
      if (role === 'part') continue;
      for (const { name: endpoint, settings } of findAgency(agency)?.webhooks ?? []) {
        const wanted = toWanted(settings.events);
        const place = { agency, endpoint, complaint_id: matter.complaint.id };
        // An agency that was asked for a contribution joins when it gets the complaint as its own.
        const isNew = !known.has(id) || joined >= (events[0]?.seq ?? Number.POSITIVE_INFINITY);
        const told = events.filter(
          ({ seq, type }) => isWanted(wanted, type) && !(isNew && seq <= joined && isProgress(type)),
        );
        plan.deliveries.push(...told.map(({ seq }) => ({ ...place, seq })));
        const before = events[0]?.seq ?? matter.complaint.lastSeq + 1;
        if (isNew && before > 1)
          plan.histories.push({ ...place, before, types: wanted.filter((type) => !isProgress(type)) });
      }
    }
  }
  return plan;
}

/** Nobody can want what stays between agencies: it is of no kind that can be named. */
const isWanted = (wanted: readonly HistoryType[], type: HistoryType): boolean => wanted.includes(type);

const toWanted = (events: unknown): readonly EventType[] =>
  Array.isArray(events) ? eventTypes.filter((type) => events.includes(type)) : eventTypes;
