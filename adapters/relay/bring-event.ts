import { isDeepStrictEqual } from 'node:util';
import {
  type BoardConnection,
  fromGiven,
  fromGivenProblem,
  type Problem,
  type Reason,
  reasonOf,
  toOneReason,
  toReason,
} from '../../schemas/index.ts';
import { type BoardAdapter, BoardError, type BoardRef, type Change, type Outcome } from '../contract.ts';
import { withTimeLimit } from './call-limit.ts';
import { busyUntil, pauseAfter, policy, toLimits } from './policy.ts';

/** The board that gets an event. */
export interface Target {
  adapter: BoardAdapter;
  connection: BoardConnection;
  /** Aborts the calls that are running. */
  cut: AbortSignal;
}

/** One event on its way, with its number of failed tries. */
export interface Sending {
  change: Change;
  key: string;
  tries: number;
  /** When the call began that the board may still be working on. Absent: there is none. */
  since?: Date | undefined;
}

/** The state of an event after a call. */
export type Step =
  | { kind: 'done'; ref: BoardRef }
  /**
   * The event is tried again at `nextAt`. `asking`: nobody knows whether the board holds it, so the board is asked
   * first. `after`: the board wants no call before then. `unauthorised`: the board refuses the credentials.
   */
  | {
      kind: 'later';
      nextAt: Date;
      reason: Reason;
      asking: boolean;
      after?: Date | undefined;
      unauthorised?: boolean;
      /** True: the board does not hold it yet, but may still be working on it. This is no failure. */
      settling?: true;
    }
  /** A person has to look. `asking`: the board may already hold it. */
  | { kind: 'parked'; reason: Reason; asking: boolean };

/** Delivers one event; it never throws. The caller has written the attempt down before. */
export async function bringEvent(target: Target, sending: Sending): Promise<Outcome> {
  const { adapter, connection, cut } = target;
  const { push } = adapter;
  if (!push) return { kind: 'refused', reason: toReason('not_writable') };
  try {
    return await withTimeLimit(toLimits(connection).timeout, cut, (signal) =>
      push.call(adapter, sending.change, { key: sending.key, signal }),
    );
  } catch (error) {
    // By contract `push` never throws. An exception of an adapter says nothing about the board.
    return { kind: 'unknown', reason: toReason('adapter_failed', { detail: reasonOf(error) }) };
  }
}

/**
 * Asks the board about an event with an unknown outcome. Undefined: the event may be sent (again). A board goes on with
 * a request whose caller has left, so "not held" is no proof before the settling time has passed.
 */
export async function settleUnknown(target: Target, sending: Sending): Promise<Step | undefined> {
  const { adapter, connection, cut } = target;
  const { find } = adapter;
  const whenUnknown = connection.onUnknown ?? (adapter.repeatsAreHarmless ? 'resend' : 'park');
  if (!find) {
    if (whenUnknown === 'resend') return undefined;
    return { kind: 'parked', reason: toReason('sent_unknown'), asking: true };
  }
  // A receiver that recognises a repeated key needs no question.
  if (adapter.repeatsAreHarmless && whenUnknown === 'resend') return undefined;
  try {
    const ref = await withTimeLimit(toLimits(connection).timeout, cut, (signal) =>
      find.call(adapter, sending.change, { key: sending.key, signal }),
    );
    return ref ? { kind: 'done', ref } : stillSettling(target, sending.since);
  } catch (error) {
    const after = error instanceof BoardError ? error.after : undefined;
    const nextAt = notBefore(after, pauseAfter(sending.tries + 1, policy.unknown));
    const reason = toReason('not_asked', { detail: reasonOf(error) });
    const unauthorised = error instanceof BoardError && error.kind === 'unauthorised';
    return { kind: 'later', nextAt, reason, asking: true, after, unauthorised };
  }
}

/**
 * The step of something that the board does not hold, but on which it may still be working. The board is asked again
 * when twice the time has passed since the call, and at the end of the settling time. Undefined: that is over.
 */
export function stillSettling(
  { adapter, connection }: Pick<Target, 'adapter' | 'connection'>,
  since: Date | undefined,
): Step | undefined {
  if (!since || adapter.findIsFinal) return undefined;
  const now = Date.now();
  const end = since.getTime() + toLimits(connection).settling * 1000;
  if (now >= end) return undefined;
  const pause = Math.max(policy.unknown.firstPause, now - since.getTime());
  const nextAt = new Date(Math.min(end, now + pause));
  return { kind: 'later', nextAt, reason: toReason('settling'), asking: true, settling: true };
}

/** True if the board no longer works on the call. */
export const isOver = (outcome: Outcome): boolean => outcome.kind !== 'unknown' || outcome.isOver === true;

/**
 * When the call began that the board may still be working on, after a step. `before`: the same before the step. Null:
 * there is none.
 */
export function sinceAfter(
  { step, attempt }: { step: Step; attempt?: { startedAt: Date; isOver: boolean } | undefined },
  before: Date | null,
): Date | null {
  if (step.kind === 'done' || attempt?.isOver) return null;
  if (attempt) return attempt.startedAt;
  // A clock that was set back would otherwise lengthen the settling time by as much.
  return before && new Date(Math.min(before.getTime(), Date.now()));
}

/** True if the board refuses the credentials, and so everything that is delivered to it. */
export const isShutOut = (outcome: Outcome): boolean =>
  outcome.kind === 'refused' && outcome.why === 'unauthorised';

/**
 * Decides what follows from an outcome. `tries`: the number of failed tries before. `isAlone`: the board refused the
 * credentials only for this event and has accepted others since. Then the fault lies with this event.
 */
export function afterOutcome(outcome: Outcome, tries: number, isAlone = false): Step {
  if (outcome.kind === 'done') return { kind: 'done', ref: outcome.ref };
  const reason = fromGiven(outcome.reason);
  switch (outcome.kind) {
    case 'retry': {
      const nextAt = notBefore(outcome.after, pauseAfter(tries + 1, policy.retry));
      return { kind: 'later', nextAt, reason, asking: false, after: outcome.after };
    }
    case 'unknown': {
      const nextAt = new Date(Date.now() + pauseAfter(tries + 1, policy.unknown));
      return { kind: 'later', nextAt, reason, asking: true };
    }
    case 'refused': {
      // The event stays due as before, behind the others, because all deliveries to this board pause.
      if (isShutOut(outcome) && !isAlone)
        return { kind: 'later', nextAt: new Date(), reason, asking: false, unauthorised: true };
      const fields = (outcome.fields ?? []).map(fromGivenProblem);
      return { kind: 'parked', reason: withFields(reason, fields), asking: false };
    }
  }
}

/** Some adapters and boards already name the faulty fields in the reason. */
function withFields(reason: Reason, fields: readonly Problem[]): Reason {
  const untold = fields.filter((field) => !tells(reason, field.reason));
  return toOneReason([
    reason,
    ...untold.map((field) => toReason('at', { place: field.pointer, detail: field.reason })),
  ]);
}

/** True if the reason is this one or contains it. A board often repeats the words on a field in its whole message. */
function tells(reason: Reason, part: Reason): boolean {
  if (isDeepStrictEqual(reason, part)) return true;
  const { said: whole, params = {} } = reason;
  if (part.code === 'said' && whole?.includes(part.said ?? '')) return true;
  return Object.values(params)
    .flat()
    .some((param) => typeof param === 'object' && tells(param, part));
}

/** The next try comes after a pause, and not before the time that the board named. */
const notBefore = (after: Date | undefined, pause: number) =>
  new Date(Math.max(Date.now() + pause, busyUntil(after)));
