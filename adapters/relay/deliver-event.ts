import { fromGiven, type Reason } from '../../schemas/reason.ts';
import type { Outcome } from '../contract.ts';
import {
  afterOutcome,
  bringEvent,
  isShutOut,
  type Sending,
  type Step,
  settleUnknown,
  type Target,
} from './bring-event.ts';
import type { Failing, Failure } from './failing.ts';

/** One board, as hub or agent delivers to it. */
export interface Delivery {
  target: Target;
  /** Which of its messages fail. */
  failing: Failing;
  /** Waits for the next call that the board's rate allows; false: the program stops. */
  pace(): Promise<boolean>;
  /** Nothing may be sent now: the board is left alone, or the program stops. */
  isHeld(): boolean;
  /** Calls under way at once. */
  limit<T>(call: () => T | Promise<T>): Promise<T>;
}

/** One event on its way, with the book in which its state stands. */
export interface Delivering {
  /** What the board's failures are counted by: the copy, not the event. */
  id: string;
  sending: Sending;
  /** It was sent, and nobody knows what became of it. */
  isUnknown: boolean;
  /** It may be there for another reason: a board that can be asked is asked first. */
  isAgain: boolean;
  /** Durable once it resolves: only then is the board called. */
  start(): Promise<void>;
  /** It was started and not sent after all: nobody has to ask the board about it. */
  withdraw(): Promise<void>;
  /** The board has let others in since it refused the credentials for this event. */
  isRefusedAlone(): boolean | Promise<boolean>;
  /** Durable once it resolves: where the event stands now. */
  record(delivered: Delivered): Promise<void>;
}

/** How one step of delivery ended. */
export interface Delivered {
  step: Step;
  /** The board was called, and has answered or not: its health is known. */
  called: boolean;
  /** What the breaker has to know of a failure. */
  failure?: Failure | undefined;
  /** The attempt that was made; absent: the board was only asked, or not even that. */
  attempt?: { startedAt: Date; outcome: Outcome['kind']; reason: Reason | null };
}

/**
 * One event to its board: after an unknown outcome ask first, else write the attempt down and call; then judge how it ended
 * and record that. Undefined: nothing was sent, for the board must be left alone meanwhile.
 */
export async function deliverEvent(
  delivery: Delivery,
  delivering: Delivering,
): Promise<Delivered | undefined> {
  const settled = await settle(delivery, delivering);
  if (settled === 'held') return undefined;
  const delivered = settled ?? (await bring(delivery, delivering));
  if (delivered) await delivering.record(delivered);
  return delivered;
}

/** Undefined: it may be sent (again). */
async function settle(
  { target, failing, pace, isHeld, limit }: Delivery,
  { id, sending, isUnknown, isAgain }: Delivering,
): Promise<Delivered | 'held' | undefined> {
  const isAskable = target.adapter.find !== undefined;
  if (!isUnknown && !(isAgain && isAskable)) return undefined;
  if (!(await pace())) return 'held';
  // A board that is brought up again is asked about many events at once.
  const asked = await limit(async () =>
    isHeld() ? undefined : { step: await settleUnknown(target, sending) },
  );
  if (!asked) return 'held';
  if (!asked.step) return undefined;
  // A board that cannot be asked was not called: that an event is parked says nothing of it.
  return isAskable ? { ...failing.judge(id, asked.step), called: true } : { step: asked.step, called: false };
}

async function bring(
  { target, failing, pace, isHeld, limit }: Delivery,
  { id, sending, start, withdraw, isRefusedAlone }: Delivering,
): Promise<Delivered | undefined> {
  if (!(await pace()) || isHeld()) return undefined;
  await start();
  const startedAt = new Date();
  const outcome = await limit(() => (isHeld() ? undefined : bringEvent(target, sending)));
  if (!outcome) {
    await withdraw();
    return undefined;
  }
  const reason = outcome.kind === 'done' ? null : fromGiven(outcome.reason);
  // What is refused while others get through is parked like any other.
  const isAlone = isShutOut(outcome) && (await isRefusedAlone());
  const judged = failing.judge(id, afterOutcome(outcome, sending.tries, isAlone));
  return { ...judged, called: true, attempt: { startedAt, outcome: outcome.kind, reason } };
}
