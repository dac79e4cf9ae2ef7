import type { ShapePlace } from '../../../adapters/contract.ts';
import { type Agency, type EventType, eventTypes, type Problem } from '../../../schemas/index.ts';
import { fromGivenProblem, reasonOf } from '../../../schemas/reason.ts';
import { tryPush } from '../boards/try-board.ts';
import { explainPlace, listPlaces } from './places.ts';
import { createPureAdapter } from './pure-adapter.ts';

/** What a board would be sent for one kind of event of an invented complaint. */
interface TriedEvent {
  event: EventType;
  /** Absent: this kind is not brought to the board, or the request could not be made. */
  request?: unknown;
  isCarried: boolean;
  problems: Problem[];
}

export interface TriedOutgoing {
  events: TriedEvent[];
  /** Whether the board says itself what it takes, so that the requests were compared with that. */
  isChecked: boolean;
  /** True: this kind of board cannot show its requests. */
  hasNone: boolean;
  /** Why the draft cannot be tried at all. */
  others: Problem[];
}

/** Shows what the board would be sent. Nothing is sent. `places`: the board's structure as it was last seen. */
export async function tryOutgoing(
  agency: Agency,
  places: ShapePlace[],
  publicUrl?: string,
): Promise<TriedOutgoing> {
  const none = { events: [], isChecked: false, hasNone: false, others: [] };
  try {
    const adapter = createPureAdapter(agency, publicUrl);
    if (!adapter?.draft) {
      await adapter?.close();
      return { ...none, hasNone: true };
    }
    try {
      const drafted = new Map((await tryPush({ adapter, agency })).map((one) => [one.event, one]));
      const check = adapter.checkDraft;
      const events = eventTypes.map((event): TriedEvent => {
        const one = drafted.get(event);
        if (!one) return { event, isCarried: false, problems: [] };
        const names = listUnknown(agency, event);
        if (!one.ok) return { event, isCarried: true, problems: [...names, ...one.problems] };
        const unfit = places.length > 0 ? (check?.(one.request, places) ?? []).map(fromGivenProblem) : [];
        return { event, isCarried: true, request: one.request, problems: [...names, ...unfit] };
      });
      return { ...none, events, isChecked: check !== undefined && places.length > 0 };
    } finally {
      await adapter.close();
    }
  } catch (error) {
    return { ...none, others: [{ pointer: '', reason: reasonOf(error) }] };
  }
}

/** Names in the expressions of this event that no such event has. */
const listUnknown = (agency: Agency, event: EventType): Problem[] =>
  listPlaces(agency)
    .filter((place) => place.event === event)
    .flatMap((place) =>
      explainPlace(agency, place, []).unknown.map(({ reason }) => ({ pointer: place.pointer, reason })),
    );
