import { fromGiven, type Reason } from '../../schemas/reason.ts';
import type { Outcome } from '../contract.ts';
import {
  afterOutcome,
  bringEvent,
  isOver,
  isShutOut,
  type Sending,
  type Step,
  settleUnknown,
  type Target,
} from './bring-event.ts';
import type { Failing, Failure } from './failing.ts';

/** One board and what is needed to deliver to it. Hub and agent both use it. */
export interface Delivery {
  target: Target;
  /** Keeps count of the messages that fail at this board. */
  failing: Failing;
  /** Waits until the rate limiter allows the next call. False: the program is stopping. */
  pace(): Promise<boolean>;
  /** True: nothing may be sent now, because the board is left alone or the program is stopping. */
  isHeld(): boolean;
  /** Limits the number of calls at the same time. */
  limit<T>(call: () => T | Promise<T>): Promise<T>;
}

/** One event on its way, with the methods that store its state. */
export interface Delivering {
  /** The key by which failures at the board are counted: the copy, not the event. */
  id: string;
  sending: Sending;
  /** True: it was sent, and its outcome is unknown. */
  isUnknown: boolean;
  /** True: the board may hold it for another reason. A board that can be asked is asked first. */
  isAgain: boolean;
  /** Records the start durably before the promise resolves. Only then is the board called. */
  start(): Promise<void>;
  /** Records that the event was started but not sent. Nobody has to ask the board about it. */
  withdraw(): Promise<void>;
  /** True: the board refused the credentials for this event and has accepted others since. */
  isRefusedAlone(): boolean | Promise<boolean>;
  /** Records the new state of the event durably before the promise resolves. */
  record(delivered: Delivered): Promise<void>;
}

/** The result of one step of delivery. */
export interface Delivered {
  step: Step;
  /** True: the board was called, with or without a reply. So its health is known. */
  called: boolean;
  /** What the circuit breaker needs to know about a failure. */
  failure?: Failure | undefined;
  /** The attempt that was made. Absent: the board was only asked, or not called at all. */
  attempt?: { startedAt: Date; outcome: Outcome['kind']; reason: Reason | null; isOver: boolean };
}

/**
 * Delivers one event to its board in one step. After an unknown outcome it asks the board first. Otherwise it writes
 * the attempt down and calls. Then it judges the outcome and records it. Undefined: nothing was sent, because the board
 * must be left alone now.
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

/** Milliseconds. A call that waited longer for its turn is marked anew. */
const markIsOld = 1000;

/** Undefined: the event may be sent (again). */
async function settle(
  { target, failing, pace, isHeld, limit }: Delivery,
  { id, sending, isUnknown, isAgain }: Delivering,
): Promise<Delivered | 'held' | undefined> {
  const isAskable = target.adapter.find !== undefined;
  if (!isUnknown && !(isAgain && isAskable)) return undefined;
  if (!(await pace())) return 'held';
  // A board that catches up is asked about many events at once. So questions count towards the limit too.
  const asked = await limit(async () =>
    isHeld() ? undefined : { step: await settleUnknown(target, sending) },
  );
  if (!asked) return 'held';
  if (!asked.step) return undefined;
  // A board that cannot be asked was not called. A parked event then says nothing about its health.
  return isAskable ? { ...failing.judge(id, asked.step), called: true } : { step: asked.step, called: false };
}

async function bring(
  { target, failing, pace, isHeld, limit }: Delivery,
  { id, sending, start, withdraw, isRefusedAlone }: Delivering,
): Promise<Delivered | undefined> {
  if (!(await pace()) || isHeld()) return undefined;
  await start();
  let startedAt = new Date();
  const outcome = await limit(async () => {
    // The mark is all that a killed process leaves, and the settling time counts from it.
    if (Date.now() - startedAt.getTime() > markIsOld) await start();
    startedAt = new Date();
    return isHeld() ? undefined : bringEvent(target, sending);
  });
  if (!outcome) {
    await withdraw();
    return undefined;
  }
  const reason = outcome.kind === 'done' ? null : fromGiven(outcome.reason);
  // If the board accepts other events, the refused one is parked like any other.
  const isAlone = isShutOut(outcome) && (await isRefusedAlone());
  const judged = failing.judge(id, afterOutcome(outcome, sending.tries, isAlone));
  const attempt = { startedAt, outcome: outcome.kind, reason, isOver: isOver(outcome) };
  return { ...judged, called: true, attempt };
}
