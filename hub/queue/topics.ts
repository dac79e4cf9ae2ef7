import { channels } from '../../schemas/index.ts';

/** What may stand behind the colon. */
type IsSubject<Subject extends string> = (text: string) => text is Subject;

const oneOf =
  <const Subject extends string>(...subjects: readonly Subject[]): IsSubject<Subject> =>
  (text): text is Subject =>
    subjects.some((subject) => subject === text);
/** An agency by its code, or a thing by its id. */
const anyOne: IsSubject<string> = (text): text is string => text !== '';
const all = oneOf('');

/** The kinds of topic, and whom or what each can be about. */
const kinds = {
  /** Links of an agency that are behind. */
  deliver: anyOne,
  /** An agency's board, for news; and the word of a board that tells of them by itself. */
  poll: anyOne,
  listen: anyOne,
  /** Files to be had from an agency's board, and to be brought to it. */
  'fetch-files': anyOne,
  'bring-files': anyOne,
  /** Files that nobody names any more. */
  'sweep-files': all,
  /** What an agency's board looks like. */
  shape: anyOne,
  /** An agency's board against the hub; all of its raw items, mapped again. */
  reconcile: anyOne,
  remap: anyOne,
  /** A replay, by its id. */
  replay: anyOne,
  /** Notices of one channel. */
  notify: oneOf(...channels),
  /** Complaints whose words are not indexed, or whose deadline is near. */
  index: all,
  remind: all,
  alerts: oneOf('check', 'send'),
};

export type TopicKind = keyof typeof kinds;
export type SubjectOf<Kind extends TopicKind> =
  (typeof kinds)[Kind] extends IsSubject<infer Subject> ? Subject : never;

/** What is to be looked at, as a job of the queue names it: `deliver:kotra`. */
export type Topic = { [Kind in TopicKind]: `${Kind}:${SubjectOf<Kind>}` }[TopicKind];

const isKind = (text: string): text is TopicKind => Object.hasOwn(kinds, text);

/** A topic taken apart; undefined: it is none. A process of another version may know others. */
export function parseTopic(text: string): { topic: Topic; kind: TopicKind; subject: string } | undefined {
  const [, kind = '', subject = ''] = /^([^:]*):(.*)$/s.exec(text) ?? [];
  if (!isKind(kind) || !kinds[kind](subject)) return undefined;
  return { topic: text as Topic, kind, subject };
}
