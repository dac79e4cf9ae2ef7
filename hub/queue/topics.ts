import { channels } from '../../schemas/index.ts';

/** The text that may follow the colon. */
type IsSubject<Subject extends string> = (text: string) => text is Subject;

const oneOf =
  <const Subject extends string>(...subjects: readonly Subject[]): IsSubject<Subject> =>
  (text): text is Subject =>
    subjects.some((subject) => subject === text);
/** An agency by its code, or a thing by its id. */
const anyOne: IsSubject<string> = (text): text is string => text !== '';
const all = oneOf('');

/** The kinds of topic, and the subject that each can have. */
const kinds = {
  /** Links of an agency that are behind. */
  deliver: anyOne,
  /** Events that an endpoint of an agency is to be told of: `kotra/statistics`. */
  webhook: anyOne,
  /** `poll` reads an agency's board for news. `listen` waits for a board that tells of its news. */
  poll: anyOne,
  listen: anyOne,
  /** Files to fetch from an agency's board, and files to bring to it. */
  'fetch-files': anyOne,
  'bring-files': anyOne,
  /** Files that nothing refers to any more. */
  'sweep-files': all,
  /** The shape of an agency's board. */
  shape: anyOne,
  /** `reconcile` compares an agency's board with the hub. `remap` maps all of its raw items again. */
  reconcile: anyOne,
  remap: anyOne,
  /** A draft of an agency's mapping, tried on its raw items. */
  workbench: anyOne,
  /** A replay, by its id. */
  replay: anyOne,
  /** Notices of one channel. */
  notify: oneOf(...channels),
  /** Text messages of which a report is awaited. */
  reports: all,
  /** Complaints whose words are not indexed, or whose deadline is near. */
  index: all,
  remind: all,
  /** Complaints that are joined to others, and were not told what these were told. */
  joined: all,
  alerts: oneOf('check', 'send'),
  /** What people sent at the console and nobody took back in time. */
  held: all,
  /** Forgotten passwords, and mails about accounts. */
  accounts: all,
};

export type TopicKind = keyof typeof kinds;
export type SubjectOf<Kind extends TopicKind> =
  (typeof kinds)[Kind] extends IsSubject<infer Subject> ? Subject : never;

/** What needs a look, as a job of the queue names it: `deliver:kotra`. */
export type Topic = { [Kind in TopicKind]: `${Kind}:${SubjectOf<Kind>}` }[TopicKind];

const isKind = (text: string): text is TopicKind => Object.hasOwn(kinds, text);

/** The parts of a topic. Undefined: it is no topic. A process of another version may know others. */
export function parseTopic(text: string): { topic: Topic; kind: TopicKind; subject: string } | undefined {
  const [, kind = '', subject = ''] = /^([^:]*):(.*)$/s.exec(text) ?? [];
  if (!isKind(kind) || !kinds[kind](subject)) return undefined;
  return { topic: text as Topic, kind, subject };
}
