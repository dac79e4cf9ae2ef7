import type { Logger } from 'pino';
import { createFailures } from './failures.ts';
import { parseTopic, type SubjectOf, type Topic, type TopicKind } from './topics.ts';

/** Runs the work of topics in this process: each topic once at a time, and once more if it is asked for meanwhile. */
export interface Looks {
  look(topic: Topic): void;
  /** As `look`, but for work that is due and is no news: a run under way is not asked to look again. */
  begin(topic: Topic): void;
  /** Makes a run of the topic in this process look again. False: there is none. */
  lookIfRunning(topic: Topic): boolean;
  /** Begins no new work. Resolves when the work under way has ended or was given back. */
  stop(): Promise<void>;
}

/** The work of one kind of topic. */
export interface Look<Subject extends string = string> {
  run(subject: Subject, stop: AbortSignal): Promise<unknown>;
  /** Tells a run under way that there may be something new. */
  nudge?(subject: Subject): void;
}

/** The work of each kind of topic. */
export type LookWork = { [Kind in TopicKind]: Look<SubjectOf<Kind>> };

/** `work` gets the subject of a topic and a signal to stop. */
export function createLooks(work: Partial<LookWork>, log: Logger): Looks {
  const running = new Map<Topic, { again: boolean; end: Promise<void> }>();
  const stopping = new AbortController();
  const failures = createFailures(log, 'the database');
  const findWork = (topic: Topic): { look: Look | undefined; subject: string } => {
    const known = parseTopic(topic);
    return { look: known && work[known.kind], subject: known?.subject ?? '' };
  };

  async function run(topic: Topic, mark: { again: boolean }): Promise<void> {
    const { look, subject } = findWork(topic);
    do {
      mark.again = false;
      try {
        await look?.run(subject, stopping.signal);
        failures.ended();
      } catch (error) {
        failures.failed(error, topic);
        break;
      }
    } while (mark.again && !stopping.signal.aborted);
    running.delete(topic);
  }

  function lookIfRunning(topic: Topic): boolean {
    const known = running.get(topic);
    if (!known) return false;
    known.again = true;
    const { look, subject } = findWork(topic);
    look?.nudge?.(subject);
    return true;
  }

  function begin(topic: Topic): void {
    if (stopping.signal.aborted || running.has(topic)) return;
    const mark = { again: false, end: Promise.resolve() };
    running.set(topic, mark);
    mark.end = run(topic, mark);
  }

  return {
    lookIfRunning,
    begin,
    look(topic) {
      if (!lookIfRunning(topic)) begin(topic);
    },
    async stop() {
      stopping.abort(new Error('the hub is stopping'));
      await Promise.all([...running.values()].map(({ end }) => end));
    },
  };
}
