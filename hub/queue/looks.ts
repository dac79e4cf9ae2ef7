import type { Logger } from 'pino';

/** Runs what topics ask for in this process: each topic once at a time, and once more if asked meanwhile. */
export interface Looks {
  look(topic: string): void;
  /** No new work; resolves when what is under way has been finished or given back. */
  stop(): Promise<void>;
}

/** `work` by the word before the first colon of a topic; it gets the rest and a signal to stop. */
export function createLooks(
  work: Record<string, (subject: string, stop: AbortSignal) => Promise<unknown>>,
  log: Logger,
): Looks {
  const running = new Map<string, { again: boolean; end: Promise<void> }>();
  const stopping = new AbortController();

  async function run(topic: string, mark: { again: boolean }): Promise<void> {
    const [kind = '', subject = ''] = splitTopic(topic);
    do {
      mark.again = false;
      try {
        await work[kind]?.(subject, stopping.signal);
      } catch (err) {
        log.error({ topic, err }, 'work failed; the sweep will look again');
      }
    } while (mark.again && !stopping.signal.aborted);
    running.delete(topic);
  }

  return {
    look(topic) {
      if (stopping.signal.aborted) return;
      const known = running.get(topic);
      if (known) {
        known.again = true;
        return;
      }
      const mark = { again: false, end: Promise.resolve() };
      running.set(topic, mark);
      mark.end = run(topic, mark);
    },
    async stop() {
      stopping.abort(new Error('the hub is stopping'));
      await Promise.all([...running.values()].map(({ end }) => end));
    },
  };
}

function splitTopic(topic: string): [string, string] {
  const at = topic.indexOf(':');
  return at < 0 ? [topic, ''] : [topic.slice(0, at), topic.slice(at + 1)];
}
