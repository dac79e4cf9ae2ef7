import { type Complaint, mayBecome, normaliseText, type Post } from '../../../schemas/index.ts';
import { wordsOf } from '../../complaints/event-facts.ts';
import { fingerprintContent } from '../../complaints/fingerprint.ts';
import type { NumberedEvent } from '../../complaints/state.ts';
import type { Seen } from '../../store/tables/column-types.ts';

/** One field as it is stored and as today's mapping gives it. Absent: there is no value. */
export interface FieldChange {
  /** A pointer into the canonical post (schemas/post.ts). */
  pointer: string;
  before?: string;
  after?: string;
}

/** What the hub has stored of a post of one agency's board. */
export interface Stored {
  agency: string;
  complaint: Complaint;
  /** Ids that the board gave to parts, by event number. */
  parts: Record<string, string>;
  seen: Seen;
  /** Answers and follow-ups of the complaint, oldest first. */
  told: NumberedEvent[];
}

/**
 * What applying the newly mapped post would change, field by field. Only fields that this agency owns count
 * (ARCHITECTURE, decision 6). The time of filing stays as it was first taken in.
 */
export function findChanges(stored: Stored, post: Post): FieldChange[] {
  const { complaint, agency } = stored;
  const isOrigin = complaint.origin === agency;
  const isAssignee = complaint.assignee === agency;
  return [
    ...(isOrigin && post.content ? compareContent(complaint.content, post.content) : []),
    ...(isAssignee ? compareParts(stored, '/answers', post.answers) : []),
    ...(isOrigin ? compareParts(stored, '/followUps', post.followUps) : []),
    ...(isAssignee ? compareStatus(stored, post) : []),
  ];
}

/** Every field in which two mappings of the same record differ. */
export function comparePosts(before: Post, after: Post): FieldChange[] {
  const [one, other] = [flatten(before, ''), flatten(after, '')];
  return [...new Set([...one.keys(), ...other.keys()])]
    .filter((pointer) => one.get(pointer) !== other.get(pointer))
    .map((pointer) => toChange(pointer, one.get(pointer), other.get(pointer)));
}

/** Every field of a post that is not stored yet. */
export function listFields(post: Post): FieldChange[] {
  return [...flatten(post, '')].map(([pointer, after]) => ({ pointer, after }));
}

type Content = Complaint['content'];

function compareContent(stored: Content, mapped: Content): FieldChange[] {
  if (fingerprintContent(stored) === fingerprintContent(mapped)) return [];
  const [before, after] = [flatten(stored, '/content'), flatten(mapped, '/content')];
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((pointer) => pointer !== '/content/filedAt' && before.get(pointer) !== after.get(pointer))
    .map((pointer) => toChange(pointer, before.get(pointer), after.get(pointer)));
}

function compareParts(
  { parts, told }: Stored,
  pointer: string,
  mapped: { id?: string; text: string }[] = [],
): FieldChange[] {
  return mapped.flatMap(({ id, text }, index) => {
    const byId = id === undefined ? undefined : told.filter(({ seq }) => parts[seq] === id).at(-1);
    const before = byId ? wordsOf(byId) : undefined;
    const isKnown = told.some((event) => normaliseText(wordsOf(event)) === normaliseText(text));
    const isSame = before === undefined ? isKnown : normaliseText(before) === normaliseText(text);
    return isSame ? [] : [toChange(`${pointer}/${index}/text`, before, text)];
  });
}

function compareStatus({ seen, complaint }: Stored, { status }: Post): FieldChange[] {
  const isNews = status !== undefined && status !== seen.status && mayBecome(complaint.status, status);
  return isNews ? [toChange('/status', complaint.status, status)] : [];
}

const toChange = (pointer: string, before: string | undefined, after: string | undefined): FieldChange => ({
  pointer,
  ...(before !== undefined && { before }),
  ...(after !== undefined && { after }),
});

/** The leaf values by their JSON pointers. */
function flatten(value: unknown, pointer: string, into = new Map<string, string>()): Map<string, string> {
  if (typeof value === 'object' && value !== null)
    for (const [name, part] of Object.entries(value)) flatten(part, `${pointer}/${name}`, into);
  else if (value !== undefined) into.set(pointer, String(value));
  return into;
}
