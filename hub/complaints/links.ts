import {
  type EventType,
  type HistoryType,
  isUntouched,
  type PartRole,
  type Status,
} from '../../schemas/index.ts';
import { listPartEvents } from './contributions/part-links.ts';
import { isAct, isProgress, isSaid, isSaidInterim, setsStatus } from './event-facts.ts';
import type { Link, Matter, NumberedEvent, Rules } from './state.ts';

/** How a link is made that is not there yet. */
interface Making {
  rules: Rules;
  role: PartRole;
  externalId?: string | undefined;
  joined?: number;
}

/** The agency's link. If there is none and `create` says how, it is made. */
export function linkOf(matter: Matter, agency: string, create?: Making): Link | undefined {
  const found = matter.links.find((link) => link.agency === agency);
  if (found || !create || !create.rules.isAgency(agency)) return found;
  const { rules, role, externalId, joined = 1 } = create;
  const link: Link = {
    id: rules.newId(),
    agency,
    role,
    // Who was only asked for a contribution reads the complaint here. Its board would take it for one to answer, and gets the
    // part itself as a post of its own (contributions/part-links.ts).
    state: role !== 'part' && rules.carries(agency) ? 'open' : 'screen',
    externalId: externalId ?? null,
    parts: {},
    seen: {},
    joined,
    held: 0,
    busy: false,
  };
  matter.links.push(link);
  return link;
}

/**
 * An agency that was asked for a contribution gets the complaint as its own: its board is told from the beginning, as that
 * of an agency which joins now.
 */
export function openLink(link: Link, { rules, joined }: Pick<Making, 'rules'> & { joined: number }): void {
  if (link.role !== 'part') return;
  link.joined = joined;
  if (!rules.carries(link.agency)) return;
  link.state = 'open';
  link.held = 0;
}

/** Whether a board should hold an event: the board told it itself, or can hold it and had joined when it happened. */
export function isForBoard(
  link: { id: string; joined: number },
  event: { seq: number; type: HistoryType; linkId: string | null },
  carries: ReadonlySet<EventType>,
): boolean {
  if (event.linkId === link.id) return true;
  return isCarried(carries, event.type) && !(event.seq <= link.joined && isProgress(event.type));
}

/**
 * How far a link is level without any call. No call is needed for events from its own board, events that its board
 * cannot hold, and progress from before its agency joined. Progress that a later act on its own board overtook needs
 * none either. After a set-back, of the events already reached only those in `again` need a call. Each of these does:
 * nothing overtakes them. `events` start right after `held`, in order.
 */
export function passOver(
  link: { id: string; held: number; joined: number; reached?: number; again?: readonly number[] },
  events: readonly { seq: number; type: HistoryType; linkId: string | null }[],
  carries: ReadonlySet<EventType>,
): number {
  let { held } = link;
  const ownAct = events.findLast(({ type, linkId }) => linkId === link.id && isAct(type));
  for (const event of events) {
    if (event.seq !== held + 1) break;
    const isNew = event.seq > (link.reached ?? 0) && event.linkId !== link.id;
    const isOvertaken = isProgress(event.type) && event.seq < (ownAct?.seq ?? 0);
    const isLost = link.again?.includes(event.seq) && isCarried(carries, event.type);
    if (isLost || (isNew && isForBoard(link, event, carries) && !isOvertaken)) break;
    held = event.seq;
  }
  return held;
}

/** What stays between agencies is of no kind that a board can hold. */
const isCarried = (carries: ReadonlySet<HistoryType>, type: HistoryType): boolean => carries.has(type);

/** Moves links forward over events that need no call. The others stay behind and are delivered. */
export function settleLinks(matter: Matter, events: NumberedEvent[], rules: Rules): void {
  const first = events[0];
  if (!first) return;
  for (const link of matter.links) {
    const isNew = link.held === 0 && first.seq === 1;
    const isLevel = link.held === first.seq - 1 && !link.busy;
    if (!isNew && !isLevel) continue;
    const needed = events.map((event) =>
      isShown(matter, link, event) ? { ...event, linkId: link.id } : event,
    );
    link.held = passOver(link, needed, rules.carries(link.agency) ?? new Set());
  }
  for (const { link, events: shown } of listPartEvents(matter, events)) {
    if (link.held !== first.seq - 1 || link.busy) continue;
    link.held = passOver(link, shown, rules.carries(link.agency) ?? new Set());
  }
}

/**
 * Whether the board of a level link already shows that a complaint has come (back) to it. If it was never told that the
 * complaint had gone, it must not be told that it is there: an officer may be answering at this moment.
 */
function isShown({ told }: Matter, link: Link, event: NumberedEvent): boolean {
  if (event.type !== 'transferred' || event.data.to !== link.agency) return false;
  const { status, held = 0 } = link.seen;
  const isNews = (one: NumberedEvent) =>
    one.linkId !== link.id &&
    setsStatus(one.type) &&
    one.seq > Math.max(held, link.joined) &&
    one.seq <= link.held;
  return status !== undefined && isUntouched(status) && !told.some(isNews);
}

/**
 * Whether a status that the hub wrote to a board has overwritten a newer one that was set there. If an officer acts in
 * the second before our older status arrives, it is replaced, and the board shows our status. Only the last word about
 * the status counts, and only if it is the board's own.
 */
export function isCovered({ told, complaint }: Matter, link: Link, shown: Status): boolean {
  const lastWord = told.findLast(({ type }) => isSaid(type));
  const ours = told.findLast(({ type, linkId }) => linkId !== link.id && isProgress(type));
  if (!ours || lastWord?.linkId !== link.id) return false;
  // After these events, the complaint's status is not what this board should show.
  if (lastWord.type === 'followed_up' || lastWord.type === 'transferred') return false;
  const isWritten = ours.seq > link.joined && (link.held >= ours.seq || link.busy);
  return isWritten && shown !== complaint.status && shownAfter(ours, link.agency).includes(shown);
}

/**
 * Whether a status on a board may come from the hub's own writing. The board was not read since the newest of our
 * changes arrived, and one of them leads to this status.
 */
export function isEcho({ told }: Matter, link: Link, shown: Status): boolean {
  const ours = told.filter(
    (event) =>
      event.linkId !== link.id && (setsStatus(event.type) || isSaidInterim(event)) && event.seq > link.joined,
  );
  const newest = ours.at(-1);
  if (!newest || (link.seen.held ?? 0) >= newest.seq) return false;
  return ours.some((event) => shownAfter(event, link.agency).includes(shown));
}

/**
 * The statuses that a board may show after this event. A board that a complaint comes back to may also show its earlier
 * one.
 */
function shownAfter(event: NumberedEvent, agency: string): Status[] {
  switch (event.type) {
    case 'status_changed':
      return [event.data.to];
    case 'transferred':
      return event.data.to === agency ? ['received', 'assigned', 'transferred'] : ['transferred'];
    case 'answered':
      return ['answered'];
    case 'interim_answered':
      return ['in_progress'];
    case 'step_taken':
      return isSaidInterim(event) ? ['in_progress'] : [];
    case 'withdrawn':
      return ['withdrawn'];
    default:
      return [];
  }
}
