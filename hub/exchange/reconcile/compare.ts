import type { Fingerprint, PartPrint } from '../../../adapters/contract.ts';
import {
  type Complaint,
  digestText,
  digestTitle,
  type EventType,
  isShownAsClosed,
  mayBecome,
  type Status,
} from '../../../schemas/index.ts';
import { isForBoard } from '../../complaints/links.ts';
import type { NumberedEvent } from '../../complaints/state.ts';
import type { DriftPart } from '../../store/tables/repair-tables.ts';
import type { Seen } from '../../store/tables/tables.ts';

/** A link with the history up to what its board is known to hold. */
export interface HeldLink {
  id: string;
  agency: string;
  /** Null: what it knew is forgotten, since the board does not hold it any more. */
  externalId: string | null;
  held: number;
  joined: number;
  /** Ids that the board gave to parts, by event number. */
  parts: Record<string, string>;
  seen: Seen;
  complaint: Complaint;
  /** Up to `held`, in order. */
  events: NumberedEvent[];
  /** Numbers of events that a person had passed over: the board need not hold them. */
  skipped: number[];
}

/** Is what the board holds under the link's id the post that the link is about? */
export function isSamePost(link: HeldLink, found: Fingerprint): boolean {
  if (found.receiptNumber !== undefined) return found.receiptNumber === link.complaint.receiptNumber;
  if (found.filedAt === undefined || link.seen.filedAt === undefined) return true;
  return Date.parse(found.filedAt) === Date.parse(link.seen.filedAt);
}

/** The board holds nothing of it: everything that it held goes there again, in order. */
export function whenMissing(link: HeldLink, carries: ReadonlySet<EventType>): DriftPart[] {
  const events = heldEvents(link).filter(({ type }) => carries.has(type));
  const remedy = events[0]?.type === 'registered' ? 'bring' : 'person';
  return [{ part: 'post', remedy, events: remedy === 'bring' ? events.map(({ seq }) => seq) : [] }];
}

/**
 * What differs, field by field, and who is right: the owner of the field (ARCHITECTURE, decision 6). Where the owner
 * is this board itself, what the hub has seen before and what was replaced since is old, so the board went back and
 * gets the newest again; what the hub has not seen is news and is taken in. Empty: all as it should be.
 */
export function findDifferences(
  link: HeldLink,
  found: Fingerprint,
  carries: ReadonlySet<EventType>,
): DriftPart[] {
  const parts = [
    ...compareText(link, found, carries),
    ...compareParts(link, found.answers, ['answered', 'interim_answered'], link.complaint.assignee, carries),
    ...compareParts(link, found.followUps, ['followed_up'], link.complaint.origin, carries),
  ];
  return [...parts, ...compareStatus(link, found.status, carries, parts)];
}

/** Events that the board should hold; of an answer that it corrected itself, the newest words only. */
function heldEvents(link: HeldLink, carries?: ReadonlySet<EventType>): NumberedEvent[] {
  const all = carries ?? new Set(link.events.map(({ type }) => type));
  const due = link.events.filter(
    (event) => event.seq <= link.held && !link.skipped.includes(event.seq) && isForBoard(link, event, all),
  );
  const isReplaced = ({ seq, linkId }: NumberedEvent) => {
    const id = linkId === link.id ? link.parts[seq] : undefined;
    return id !== undefined && due.some((other) => other.seq > seq && link.parts[other.seq] === id);
  };
  return due.filter((event) => !isReplaced(event));
}

function compareText(link: HeldLink, found: Fingerprint, carries: ReadonlySet<EventType>): DriftPart[] {
  const told = link.events.filter(({ type }) => type === 'registered' || type === 'revised');
  const isOwn = link.complaint.origin === link.agency;
  // A board that cannot be told of a revision keeps the first words.
  const newest = isOwn || carries.has('revised') ? told.at(-1) : told[0];
  if (!newest || hasText(newest, found)) return [];
  const isOld = told.some((event) => event !== newest && hasText(event, found));
  if (isOwn && !isOld) return [{ part: 'text', remedy: 'take', events: [] }];
  const canBring = newest.type === 'revised' && carries.has('revised');
  return [
    canBring
      ? { part: 'text', remedy: 'bring', events: [newest.seq] }
      : { part: 'text', remedy: 'person', events: [] },
  ];
}

function hasText(event: NumberedEvent, found: Fingerprint): boolean {
  if (event.type !== 'registered' && event.type !== 'revised') return false;
  const { title, body } = event.data.content;
  return (
    (found.title === undefined || found.title === digestTitle(title)) &&
    (found.body === undefined || found.body === digestText(body))
  );
}

function compareParts(
  link: HeldLink,
  found: PartPrint[] | number | undefined,
  types: EventType[],
  owner: string,
  carries: ReadonlySet<EventType>,
): DriftPart[] {
  if (found === undefined) return [];
  const expected = heldEvents(link, carries).filter(({ type }) => types.includes(type));
  const part = types.includes('answered') ? 'answers' : 'follow_ups';
  const news = owner === link.agency ? 'take' : 'person';
  if (typeof found === 'number') return compareCount(expected, found, { part, news, carries });
  const { lost, extra } = matchParts(expected, found);
  const changed = lost.filter(({ seq }) =>
    extra.some(({ id }) => id !== undefined && id === link.parts[seq]),
  );
  const gone = lost.filter((event) => !changed.includes(event));
  const added = extra.filter(({ id }) => !changed.some(({ seq }) => id === link.parts[seq]));
  const parts: DriftPart[] = changed.map((event) => whenReworded(link, event, extra, news, carries));
  const counts: Pick<DriftPart, 'part' | 'expected' | 'found'> = {
    part,
    expected: expected.length,
    found: found.length,
  };
  if (gone.length > 0) parts.push({ ...counts, ...toBring(gone, carries) });
  if (added.length > 0) parts.push({ ...counts, remedy: news, events: [] });
  return parts;
}

function compareCount(
  expected: NumberedEvent[],
  found: number,
  how: { part: DriftPart['part']; news: DriftPart['remedy']; carries: ReadonlySet<EventType> },
): DriftPart[] {
  const counts = { part: how.part, expected: expected.length, found };
  if (found > expected.length) return [{ ...counts, remedy: how.news, events: [] }];
  // A board that went back has lost the newest.
  const gone = expected.slice(found);
  return gone.length === 0 ? [] : [{ ...counts, ...toBring(gone, how.carries) }];
}

function matchParts(expected: NumberedEvent[], found: PartPrint[]) {
  const extra = [...found];
  const lost = expected.filter((event) => {
    const at = extra.findIndex(({ text }) => text === digestText(wordsOf(event)));
    if (at >= 0) extra.splice(at, 1);
    return at < 0;
  });
  return { lost, extra };
}

/** The same part with other words: news of its owner, its owner's old words, or somebody else's hand. */
function whenReworded(
  link: HeldLink,
  event: NumberedEvent,
  extra: PartPrint[],
  news: DriftPart['remedy'],
  carries: ReadonlySet<EventType>,
): DriftPart {
  const shown = extra.find(({ id }) => id === link.parts[event.seq])?.text;
  const isOld = link.events.some((other) => other.seq < event.seq && digestText(wordsOf(other)) === shown);
  if (isOld) return { part: 'answer', ...toBring([event], carries) };
  const isOwn = event.linkId === link.id;
  // Bringing it again would stand beside the altered one, which the hub cannot take away.
  return { part: 'answer', remedy: isOwn ? news : 'person', events: [] };
}

function toBring(
  events: NumberedEvent[],
  carries: ReadonlySet<EventType>,
): Pick<DriftPart, 'remedy' | 'events'> {
  const possible = events.filter(({ type }) => carries.has(type)).map(({ seq }) => seq);
  return possible.length > 0 ? { remedy: 'bring', events: possible } : { remedy: 'person', events: [] };
}

/** What an event leaves on a board as its status; undefined: whatever the board makes of it. */
function statusesAfter(event: NumberedEvent): Status[] | undefined {
  switch (event.type) {
    case 'withdrawn':
      return ['withdrawn'];
    case 'answered':
      return ['answered', 'closed'];
    case 'status_changed':
      return [event.data.to, ...(isShownAsClosed(event.data.to) ? (['closed'] as const) : [])];
    default:
      return undefined;
  }
}

const setsStatus = ({ type }: NumberedEvent) =>
  !['registered', 'revised', 'assigned', 'followed_up'].includes(type);
const isAnswer = ({ type }: NumberedEvent) => type === 'answered' || type === 'interim_answered';

/** Only what is certain counts: many boards set their status by rules of their own. */
function compareStatus(
  link: HeldLink,
  found: Status | undefined,
  carries: ReadonlySet<EventType>,
  others: DriftPart[],
): DriftPart[] {
  const { complaint, seen } = link;
  const setting = heldEvents(link, carries).filter(setsStatus);
  const newest = setting.at(-1);
  const wanted = newest && statusesAfter(newest);
  if (found === undefined || wanted?.includes(found)) return [];
  const isAssignee = complaint.assignee === link.agency;
  const spokeSince = link.events.some(({ seq, linkId }) => seq > (newest?.seq ?? 0) && linkId === link.id);
  const isUncertain = isAssignee ? found === seen.status || !(seen.status ?? wanted) : !wanted || spokeSince;
  if (isUncertain) return [];
  const differs = {
    part: 'status',
    expected: wanted?.[0] ?? seen.status ?? complaint.status,
    found,
  } as const;
  const lost = others.filter(({ remedy }) => remedy === 'bring').flatMap(({ events }) => events);
  const hasNews = others.some(({ remedy }) => remedy === 'take');
  const wasBefore =
    !hasNews && (lost.length > 0 || setting.some((event) => statusesAfter(event)?.includes(found)));
  if (isAssignee && !wasBefore && mayBecome(complaint.status, found))
    return [{ ...differs, remedy: 'take', events: [] }];
  const again = setting.filter(
    (event) => !isAnswer(event) && (event === newest || event.seq > Math.min(...lost)),
  );
  // Answers that come again set the status by themselves.
  if (again.length === 0 && lost.length > 0) return [{ ...differs, remedy: 'bring', events: [] }];
  return [{ ...differs, ...toBring(again, carries) }];
}

function wordsOf(event: NumberedEvent): string {
  switch (event.type) {
    case 'answered':
    case 'interim_answered':
      return event.data.answer.text;
    case 'followed_up':
      return event.data.followUp.text;
    default:
      return '';
  }
}
