import type { Matter, NumberedEvent, PartLink, Rules } from '../state.ts';
import type { PartPlace } from './tell-part.ts';
import { viewPart } from './view-part.ts';

/** The link of one part at one agency. Undefined: it is no post on any board of it. */
export const findPartLink = (
  { partLinks = [] }: Matter,
  { agency, number }: PartPlace,
): PartLink | undefined => partLinks.find((link) => link.agency === agency && link.contribution === number);

/**
 * A part becomes a post on the board of the agency that it is asked of, if that board takes parts. It has a link beside
 * that of the complaint, whatever other role the agency has or gets. Asked of the same agency again, the part has its
 * post already. `seq`: the event by which it is asked.
 */
export function linkPart(
  matter: Matter,
  place: PartPlace,
  { rules, seq }: { rules: Rules; seq: number },
): void {
  const { agency, number } = place;
  if (!rules.takesParts?.(agency) || findPartLink(matter, place)) return;
  const link: PartLink = {
    ...{ id: rules.newId(), agency, role: 'part', contribution: number, state: 'open' },
    ...{ externalId: null, parts: {}, seen: {}, joined: seq, held: seq - 1, busy: false },
  };
  matter.partLinks = [...(matter.partLinks ?? []), link];
}

/** Each link of a part, with the events as its board is told of them. */
export function listPartEvents(
  { partLinks = [], told, complaint }: Matter,
  events: readonly NumberedEvent[],
): { link: PartLink; events: NumberedEvent[] }[] {
  const first = events[0]?.seq ?? Number.POSITIVE_INFINITY;
  const history = [...told.filter(({ seq }) => seq < first), ...events];
  return partLinks.map((link) => {
    const { show } = viewPart(complaint, history, { agency: link.agency, number: link.contribution });
    return { link, events: events.map(show) };
  });
}
