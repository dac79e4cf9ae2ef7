import type { EventType, LinkRole } from '../../schemas/index.ts';
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

/** An event that its board should hold: it told it itself, or it can hold it and was there when it happened. */
export function isForBoard(
  link: { id: string; joined: number },
  event: { seq: number; type: EventType; linkId: string | null },
  carries: ReadonlySet<EventType>,
): boolean {
  if (event.linkId === link.id) return true;
  return carries.has(event.type) && !(event.seq <= link.joined && progress.has(event.type));
}

/**
 * How far a link is level without any call: past the events that came from its own board, those that its board
 * cannot hold, and progress from before its agency came in. Where it was set back, of what it had reached only the
 * events that are to be brought `again` need a call. `events` start right after `held`, in order.
 */
export function passOver(
  link: { id: string; held: number; joined: number; reached?: number; again?: readonly number[] },
  events: readonly { seq: number; type: EventType; linkId: string | null }[],
  carries: ReadonlySet<EventType>,
): number {
  let { held } = link;
  for (const event of events) {
    if (event.seq !== held + 1) break;
    const isNew = event.seq > (link.reached ?? 0) && event.linkId !== link.id;
    const isLost = link.again?.includes(event.seq) && carries.has(event.type);
    if (isLost || (isNew && isForBoard(link, event, carries))) break;
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
