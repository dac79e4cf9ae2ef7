import {
  type BoardConnection,
  fromGiven,
  fromGivenProblem,
  type Problem,
  type Reason,
  reasonOf,
  toOneReason,
  toReason,
  wordReason,
} from '../../schemas/index.ts';
import { type BoardAdapter, BoardError, type BoardRef, type Change, type Outcome } from '../contract.ts';
import { withTimeLimit } from './call-limit.ts';
import { busyUntil, pauseAfter, policy, toLimits } from './policy.ts';

/** Whom an event is brought to. */
export interface Target {
  adapter: BoardAdapter;
  connection: BoardConnection;
  /** Ends calls that are under way. */
  cut: AbortSignal;
}

/** One event on its way, with how often it was tried in vain. */
export interface Sending {
  change: Change;
  key: string;
  tries: number;
}

/** Where an event stands after a call. */
export type Step =
  | { kind: 'done'; ref: BoardRef }
  /**
   * To be tried again at `nextAt`. `asking`: nobody knows whether the board holds it, and it is to be asked first.
   * `after`: the board asked not to be called before then. `unauthorised`: it refuses the credentials.
   */
  | {
      kind: 'later';
      nextAt: Date;
      reason: Reason;
      asking: boolean;
      after?: Date | undefined;
      unauthorised?: boolean;
    }
  /** A person has to look. `asking`: the board may hold it. */
  | { kind: 'parked'; reason: Reason; asking: boolean };

/** Brings one event, whatever happens to it. To be called after the attempt was written down. */
export async function bringEvent(target: Target, sending: Sending): Promise<Outcome> {
  const { adapter, connection, cut } = target;
  const { push } = adapter;
  if (!push) return { kind: 'refused', reason: toReason('not_writable') };
  try {
    return await withTimeLimit(toLimits(connection).timeout, cut, (signal) =>
      push.call(adapter, sending.change, { key: sending.key, signal }),
    );
  } catch (error) {
    // The contract says that push never throws; an adapter that does has told nothing about the board.
    return { kind: 'unknown', reason: toReason('adapter_failed', { detail: reasonOf(error) }) };
  }
}

/** What to do about an event that was sent without a known outcome; undefined: it may be sent (again). */
export async function settleUnknown(target: Target, sending: Sending): Promise<Step | undefined> {
  const { adapter, connection, cut } = target;
  const { find } = adapter;
  if (!find) {
    const whenUnknown = connection.onUnknown ?? (adapter.repeatsAreHarmless ? 'resend' : 'park');
    if (whenUnknown === 'resend') return undefined;
    return { kind: 'parked', reason: toReason('sent_unknown'), asking: true };
  }
  try {
    const ref = await withTimeLimit(toLimits(connection).timeout, cut, (signal) =>
      find.call(adapter, sending.change, { key: sending.key, signal }),
    );
    return ref && { kind: 'done', ref };
  } catch (error) {
    const after = error instanceof BoardError ? error.after : undefined;
    const nextAt = notBefore(after, pauseAfter(sending.tries + 1, policy.unknown));
    const reason = toReason('not_asked', { detail: reasonOf(error) });
    const unauthorised = error instanceof BoardError && error.kind === 'unauthorised';
    return { kind: 'later', nextAt, reason, asking: true, after, unauthorised };
  }
}

/** The board refuses the credentials, and so everything that is brought to it. */
export const isShutOut = (outcome: Outcome): boolean =>
  outcome.kind === 'refused' && outcome.why === 'unauthorised';

/**
 * What follows from how a call ended. `tries`: how often it was tried in vain before. `isAlone`: the board has let others
 * in since it refused the credentials for this one, so what it refuses is this one.
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
      // Due as before, behind the others: it is all that goes to this board that pauses.
      if (isShutOut(outcome) && !isAlone)
        return { kind: 'later', nextAt: new Date(), reason, asking: false, unauthorised: true };
      const fields = (outcome.fields ?? []).map(fromGivenProblem);
      return { kind: 'parked', reason: withFields(reason, fields), asking: false };
    }
  }
}

/** Some adapters, and some boards, say in the reason already what is wrong with a field. */
function withFields(reason: Reason, fields: readonly Problem[]): Reason {
  const told = wordReason(reason, 'en');
  const untold = fields.filter((field) => !told.includes(wordReason(field.reason, 'en')));
  return toOneReason([
    reason,
    ...untold.map((field) => toReason('at', { place: field.pointer, detail: field.reason })),
  ]);
}

/** After a pause, and not before the time that the board named. */
const notBefore = (after: Date | undefined, pause: number) =>
  new Date(Math.max(Date.now() + pause, busyUntil(after)));

export const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
