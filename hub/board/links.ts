import type { EventType, LinkRole, Status } from '../../schemas/index.ts';
import type { Link, Matter, NumberedEvent, Rules } from './state.ts';

/** The agency's link; made when it is missing and `create` says how. */
export function linkOf(
  matter: Matter,
  agency: string,
  create?: { rules: Rules; role: LinkRole; externalId?: string | undefined; joined?: number },
): Link | undefined {
  const found = matter.links.find((link) => link.agency === agency);
  if (found || !create || !create.rules.isAgency(agency)) return found;
  const { rules, role, externalId, joined = 1 } = create;
  const link: Link = {
    id: rules.newId(),
    agency,
    role,
    state: rules.carries(agency) ? 'open' : 'screen',
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

/** Events about progress: of no concern to an agency that came in later, and wrong on its fresh copy. */
const progress: ReadonlySet<EventType> = new Set(['status_changed', 'transferred']);
/** Events after which a board shows another status. */
export const settingStatus: ReadonlySet<EventType> = new Set([
  ...progress,
  'answered',
  'interim_answered',
  'withdrawn',
]);

/**
 * How far a link is level without any call: past the events that came from its own board, those that its board
 * cannot hold, progress from before its agency came in, and progress that a later word of its own board has
 * overtaken. `events` start right after `held`, in order.
 */
export function passOver(
  link: { id: string; held: number; joined: number },
  events: readonly { seq: number; type: EventType; linkId: string | null }[],
  carries: ReadonlySet<EventType>,
): number {
  let { held } = link;
  const ownWord = events.findLast(({ type, linkId }) => linkId === link.id && settingStatus.has(type));
  for (const event of events) {
    if (event.seq !== held + 1) break;
    const isPast = progress.has(event.type) && (event.seq <= link.joined || event.seq < (ownWord?.seq ?? 0));
    if (event.linkId !== link.id && carries.has(event.type) && !isPast) break;
    held = event.seq;
  }
  return held;
}

/** Bring links forward over what needs no call; the others stay behind and are delivered. */
export function settleLinks(matter: Matter, events: NumberedEvent[], rules: Rules): void {
  const first = events[0];
  if (!first) return;
  for (const link of matter.links) {
    const isNew = link.held === 0 && first.seq === 1;
    const isLevel = link.held === first.seq - 1 && !link.busy;
    if (isNew || isLevel) link.held = passOver(link, events, rules.carries(link.agency) ?? new Set());
  }
}

/** Words after which the complaint itself has the status that the board set. */
const ownStatus: ReadonlySet<EventType> = new Set([
  'answered',
  'interim_answered',
  'status_changed',
  'withdrawn',
]);

/**
 * Whether a status that the hub brought to a board has covered a newer one that was set there: an officer who acts in
 * the second before our older word arrives sees it replaced, and the board then shows what we wrote. Only the last
 * word about the status counts, and only where it is the board's own.
 */
export function isCovered({ told, complaint }: Matter, link: Link, shown: Status): boolean {
  const lastWord = told.findLast(({ type }) => type === 'followed_up' || settingStatus.has(type));
  const ours = told.findLast(({ type, linkId }) => linkId !== link.id && progress.has(type));
  if (!ours || lastWord?.linkId !== link.id || !ownStatus.has(lastWord.type)) return false;
  const isWritten = ours.seq > link.joined && (link.held >= ours.seq || link.busy);
  return isWritten && shown !== complaint.status && statusesOf(ours, link.agency).includes(shown);
}

/** What a board shows after this event; for one that a complaint comes back to, also when it leaves that as it was. */
function statusesOf(event: NumberedEvent, agency: string): Status[] {
  if (event.type === 'status_changed') return [event.data.to];
  const isBack = event.type === 'transferred' && event.data.to === agency;
  return isBack ? ['received', 'assigned', 'transferred'] : ['transferred'];
}
