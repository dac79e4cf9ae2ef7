import type { Fingerprint, PartPrint } from '../../../adapters/contract.ts';
import {
  type Complaint,
  digestText,
  digestTitle,
  type EventType,
  isPublic,
  isShownAsClosed,
  mayBecome,
  type Status,
} from '../../../schemas/index.ts';
import { answerTypes, isAnswer, isPartOf, setsStatus, wordsOf } from '../../complaints/event-facts.ts';
import { isForBoard } from '../../complaints/links.ts';
import type { NumberedEvent } from '../../complaints/state.ts';
import type { DriftPart, Seen } from '../../store/tables/column-types.ts';

/** A link with the history that its board is known to hold. */
export interface HeldLink {
  id: string;
  agency: string;
  /** Null: the hub has forgotten the board's id, since the board does not hold the post any more. */
  externalId: string | null;
  held: number;
  joined: number;
  /** Ids that the board gave to parts, by event number. */
  parts: Record<string, string>;
  seen: Seen;
  complaint: Complaint;
  /** Events up to `held`, in order. */
  events: NumberedEvent[];
  /** Numbers of events that a person skipped: the board need not hold them. */
  skipped: number[];
}

/** Whether the board's post under the link's id is the post that the link is about. */
export function isSamePost(link: HeldLink, found: Fingerprint): boolean {
  if (found.receiptNumber !== undefined) return found.receiptNumber === link.complaint.receiptNumber;
  if (found.filedAt === undefined || link.seen.filedAt === undefined) return true;
  return Date.parse(found.filedAt) === Date.parse(link.seen.filedAt);
}

/** The board has lost the post: everything that it held goes there again, in order. */
export function whenMissing(link: HeldLink, carries: ReadonlySet<EventType>): DriftPart[] {
  const events = heldEvents(link).filter((event) => isPublic(event) && carries.has(event.type));
  const remedy = events[0]?.type === 'registered' ? 'bring' : 'person';
  return [{ part: 'post', remedy, events: remedy === 'bring' ? events.map(({ seq }) => seq) : [] }];
}

/**
 * What differs, field by field, and who is right: the owner of the field (ARCHITECTURE, decision 6). If this board owns
 * the field, the hub checks what it has seen before. A value that it saw and that was replaced since is old: the board
 * went back and gets the newest again. A value that the hub has not seen is news and is taken in. Empty: all is as it
 * should be.
 */
export function findDifferences(
  link: HeldLink,
  found: Fingerprint,
  carries: ReadonlySet<EventType>,
  saysSteps = false,
): DriftPart[] {
  const { assignee, origin } = link.complaint;
  const compare = (types: readonly EventType[], shown: Fingerprint['answers'], owner: string) =>
    compareParts(link, shown, { types, owner, carries, saysSteps });
  const parts = [
    ...compareText(link, found, carries),
    ...compare(answerTypes, found.answers, assignee),
    ...compare(['followed_up'], found.followUps, origin),
  ];
  return [...parts, ...compareStatus(link, found.status, carries, parts)];
}

/** Events that the board should hold. Of an answer that it corrected itself, only the newest words. */
function heldEvents(link: HeldLink, carries?: ReadonlySet<EventType>): NumberedEvent[] {
  const all = carries ?? new Set(link.events.filter(isPublic).map(({ type }) => type));
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

interface Parts {
  types: readonly EventType[];
  /** The agency whose word they are. */
  owner: string;
  carries: ReadonlySet<EventType>;
  saysSteps: boolean;
}

/**
 * Whether the board shows a step as a part: in our words, if it knows no steps; otherwise if it gave the step the id of
 * a part that it shows. Its own steps are no parts.
 */
function isShownStep(link: HeldLink, event: NumberedEvent, shown: PartPrint[] | number, saysSteps: boolean) {
  if (event.linkId === link.id) return false;
  if (saysSteps) return wordsOf(event) !== '';
  const id = link.parts[event.seq];
  return id !== undefined && (typeof shown === 'number' || shown.some((part) => part.id === id));
}

function compareParts(
  link: HeldLink,
  shown: PartPrint[] | number | undefined,
  { types, owner, carries, saysSteps }: Parts,
): DriftPart[] {
  if (shown === undefined) return [];
  const held = heldEvents(link, carries).filter(
    (event) =>
      isPartOf(event, types) && (event.type !== 'step_taken' || isShownStep(link, event, shown, saysSteps)),
  );
  // A board that knows steps words them by itself, so only the id can be compared, and it was found.
  const isWordedThere = ({ type }: NumberedEvent) => type === 'step_taken' && !saysSteps;
  const wordedIds = held.filter(isWordedThere).map(({ seq }) => link.parts[seq]);
  const isList = typeof shown !== 'number';
  const expected = isList ? held.filter((event) => !isWordedThere(event)) : held;
  const found = isList ? shown.filter(({ id }) => id === undefined || !wordedIds.includes(id)) : shown;
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
  // A board that went back has lost the newest ones.
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

/** The same part has other words: news of its owner, its owner's old words, or a change by somebody else. */
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
  // The answer is not brought again: it would stand beside the altered one, which the hub cannot remove.
  return { part: 'answer', remedy: isOwn ? news : 'person', events: [] };
}

function toBring(
  events: NumberedEvent[],
  carries: ReadonlySet<EventType>,
): Pick<DriftPart, 'remedy' | 'events'> {
  const possible = events.filter(isPublic).filter(({ type }) => carries.has(type));
  return possible.length > 0
    ? { remedy: 'bring', events: possible.map(({ seq }) => seq) }
    : { remedy: 'person', events: [] };
}

/** The statuses that an event may leave on a board. Undefined: the board decides by itself. */
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

/** Compares only what is certain: many boards set their status by rules of their own. */
function compareStatus(
  link: HeldLink,
  found: Status | undefined,
  carries: ReadonlySet<EventType>,
  others: DriftPart[],
): DriftPart[] {
  const { complaint, seen } = link;
  const setting = heldEvents(link, carries).filter(({ type }) => setsStatus(type));
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
    (event) => !isAnswer(event.type) && (event === newest || event.seq > Math.min(...lost)),
  );
  // Answers that are brought again set the status by themselves.
  if (again.length === 0 && lost.length > 0) return [{ ...differs, remedy: 'bring', events: [] }];
  return [{ ...differs, ...toBring(again, carries) }];
}
