import { type BoardConnection, fromGiven, ReasonError, reasonOf, toReason } from '../../schemas/index.ts';
import type { BoardAdapter, GivenAttachment, Outcome } from '../contract.ts';
import { type Step, stillSettling } from './bring-event.ts';
import { pauseAfter, policy } from './policy.ts';

/** One file on its way to a board, with its number of failed tries. */
export interface SendingFile {
  given: Omit<GivenAttachment, 'content'>;
  key: string;
  tries: number;
  /** When the call began that the board may still be working on. Absent: there is none. */
  since?: Date | undefined;
}

interface FileTarget {
  adapter: BoardAdapter;
  connection: BoardConnection;
  stop: AbortSignal;
}

/** Creates an idle time-out. A call may last as long as bytes move. It ends when none moved for `seconds`. */
export function createIdleLimit(seconds: number, stop: AbortSignal) {
  const idle = new AbortController();
  let movedAt = new Date();
  const onIdle = () => idle.abort(new ReasonError(toReason('nothing_moved', { seconds })));
  const timer = setTimeout(onIdle, seconds * 1000);
  return {
    signal: AbortSignal.any([stop, idle.signal]),
    /** Passes the bytes on unchanged. Each of them restarts the idle time-out. */
    async *watch(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const chunk of source) {
        movedAt = new Date();
        timer.refresh();
        yield chunk;
      }
    },
    /** When the last byte moved, or the start. */
    movedAt: () => movedAt,
    end: () => clearTimeout(timer),
  };
}

/** Asks the board about a file with an unknown outcome. Undefined: the file may be sent (again). */
export async function settleUnknownFile(
  { adapter, connection, stop }: FileTarget,
  { given, key, tries, since }: SendingFile,
): Promise<Step | undefined> {
  if (!adapter.findAttachment) {
    if (connection.onUnknown === 'resend') return undefined;
    return { kind: 'parked', reason: toReason('file_unknown'), asking: true };
  }
  const limit = createIdleLimit(connection.timeout ?? policy.connection.timeout, stop);
  try {
    const ref = await adapter.findAttachment(given, { key, signal: limit.signal });
    return ref ? { kind: 'done', ref } : stillSettling({ adapter, connection }, since);
  } catch (error) {
    const reason = toReason('not_asked', { detail: reasonOf(error) });
    return afterFileOutcome({ kind: 'unknown', reason }, tries);
  } finally {
    limit.end();
  }
}

/**
 * Delivers one file; it never throws. The caller has written the attempt down and has the content ready. `mark` writes
 * the time down anew. `startedAt`: from when the board had all that it got. Before, it cannot have kept the file.
 */
export async function bringFile(
  { adapter, connection, stop }: FileTarget,
  { given, key }: SendingFile,
  content: AsyncIterable<Uint8Array>,
  mark: () => Promise<void>,
): Promise<{ outcome: Outcome; startedAt: Date }> {
  const limit = createIdleLimit(connection.timeout ?? policy.connection.timeout, stop);
  /** A file may move for longer than the settling time, and the board begins its work after that. */
  async function* markedAtEnd() {
    yield* limit.watch(content);
    await mark();
  }
  const end = (outcome: Outcome) => ({ outcome, startedAt: limit.movedAt() });
  try {
    const call = { key, signal: limit.signal };
    const outcome = await adapter.pushAttachment?.({ ...given, content: markedAtEnd() }, call);
    return end(outcome ?? { kind: 'refused', reason: toReason('no_files') });
  } catch (error) {
    return end({ kind: 'unknown', reason: toReason('adapter_failed', { detail: reasonOf(error) }) });
  } finally {
    limit.end();
  }
}

/** Decides what follows from the outcome of a file. After the last try a person has to look. */
export function afterFileOutcome(outcome: Outcome, tries: number): Step {
  if (outcome.kind === 'done') return { kind: 'done', ref: outcome.ref };
  const { kind } = outcome;
  const reason = fromGiven(outcome.reason);
  const asking = kind === 'unknown';
  const isRefused = kind === 'refused' && outcome.why === undefined;
  if (isRefused || tries + 1 >= policy.file.mostTries) return { kind: 'parked', reason, asking };
  const after = kind === 'retry' ? outcome.after : undefined;
  const pause = pauseAfter(tries + 1, policy.file);
  const nextAt = new Date(Math.max(Date.now() + pause, after?.getTime() ?? 0));
  return { kind: 'later', nextAt, reason, asking, after };
}
