import type { Logger } from 'pino';
import { createOutage } from '../observe/outage.ts';
import { findPassingTrouble } from '../store/database-trouble.ts';

/** Milliseconds without a failure after which the database counts as back. */
const steadyAfter = 10_000;

/** Runs what topics ask for in this process: each topic once at a time, and once more if asked meanwhile. */
export interface Looks {
  look(topic: string): void;
  /** As `look`, for what is due and not for news: what runs already is not asked to look again. */
  begin(topic: string): void;
  /** Has it looked at again by what is running in this process; false when nothing is. */
  lookIfRunning(topic: string): boolean;
  /** No new work; resolves when what is under way has been finished or given back. */
  stop(): Promise<void>;
}

/** What one kind of topic asks for. */
export interface Look {
  run(subject: string, stop: AbortSignal): Promise<unknown>;
  /** Something new may be there for the run that is under way. */
  nudge?(subject: string): void;
}

/** `work` by the word before the first colon of a topic; it gets the rest and a signal to stop. */
export function createLooks(work: Record<string, Look>, log: Logger): Looks {
  const running = new Map<string, { again: boolean; end: Promise<void> }>();
  const stopping = new AbortController();
  const outage = createOutage(log, 'the database', steadyAfter);

  async function run(topic: string, mark: { again: boolean }): Promise<void> {
    const [kind, subject] = splitTopic(topic);
    do {
      mark.again = false;
      try {
        await work[kind]?.run(subject, stopping.signal);
        outage.ended();
      } catch (err) {
        // All topics meet it at once and again each second.
        if (findPassingTrouble(err)) outage.failed(err);
        else log.error({ topic, err }, 'work failed; the sweep will look again');
        break;
      }
    } while (mark.again && !stopping.signal.aborted);
    running.delete(topic);
  }

  function lookIfRunning(topic: string): boolean {
    const known = running.get(topic);
    if (!known) return false;
    known.again = true;
    const [kind, subject] = splitTopic(topic);
    work[kind]?.nudge?.(subject);
    return true;
  }

  function begin(topic: string): void {
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

function splitTopic(topic: string): [kind: string, subject: string] {
  const at = topic.indexOf(':');
  return at < 0 ? [topic, ''] : [topic.slice(0, at), topic.slice(at + 1)];
}
