import type { LimitFunction } from 'p-limit';
import type { Change } from '../../../adapters/contract.ts';
import {
  afterOutcome,
  bringEvent,
  isShutOut,
  type Step,
  settleUnknown,
} from '../../../adapters/relay/bring-event.ts';
import type { Failing, Failure } from '../../../adapters/relay/failing.ts';
import { toLimits } from '../../../adapters/relay/policy.ts';
import { fromGiven, wordReason } from '../../../schemas/reason.ts';
import { passOver } from '../../complaints/links.ts';
import type { NumberedEvent } from '../../complaints/state.ts';
import type { Board } from '../boards/boards.ts';
import type { Attempts, Progress } from './attempts.ts';
import type { BehindLink } from './behind-links.ts';

/** One board's delivery. */
export interface Delivery {
  attempts: Attempts;
  board: Board;
  /** Which of its messages fail. */
  failing: Failing;
  /** Calls under way at once. */
  limit: LimitFunction;
  /** Waits for the next call that the board's rate allows; false: the hub stops. */
  pace(): Promise<boolean>;
  /** Nothing may be sent now: the board is left alone, or the hub stops. */
  isHeld(): boolean;
  /** Ends the calls that are still under way some time after the hub was told to stop. */
  cut: AbortSignal;
}

/** How the work on one link ended, for the breaker and the log. */
export interface Levelled {
  end: 'level' | 'waiting' | 'parked';
  /** Where it is not level. */
  reason: string | null;
  /** The board was called, so that its health is known. */
  called: boolean;
  /** The board asked not to be called before then. */
  after?: Date | undefined;
  /** The board refuses the hub's credentials: no link of it would fare better. */
  unauthorised?: boolean | undefined;
  /** What the breaker has to know of a failure. */
  failure?: Failure | undefined;
}

/**
 * Bring one link forward, one event at a time and in order, until it is level or the board stops it. Retry,
 * recovery after a crash and catching up after an outage are all this.
 */
export async function levelLink(delivery: Delivery, link: BehindLink): Promise<Levelled> {
  const { attempts, board } = delivery;
  let at = toProgress(link);
  let called = false;
  const pass = (held: number) => passOver({ ...link, held }, after(link.events, held), board.adapter.carries);
  for (;;) {
    const held = pass(at.held);
    const event = link.events.find(({ seq }) => seq === held + 1);
    const step = event && !delivery.isHeld() && (await bring(delivery, link, { ...at, held }, event));
    if (!step) {
      if (held > at.held) await attempts.record({ ...at, held });
      return { end: event ? 'waiting' : 'level', reason: null, called };
    }
    called ||= step.called;
    // What needs no call goes into the same commit as the call before it.
    at = { ...step.at, held: pass(step.at.held) };
    await attempts.record(at);
    if (at.held < event.seq)
      return {
        end: at.state === 'parked' ? 'parked' : 'waiting',
        reason: at.lastError,
        called,
        after: step.after,
        unauthorised: step.unauthorised,
        failure: step.failure,
      };
    delete at.attempt;
  }
}

const after = (events: NumberedEvent[], held: number) => events.filter(({ seq }) => seq > held);

function toProgress(link: BehindLink): Progress {
  return {
    linkId: link.id,
    held: link.held,
    externalId: link.externalId,
    attempting: link.attempting,
    tries: link.tries,
    nextAt: new Date(),
    state: 'open',
    lastError: null,
    owner: null,
    parts: {},
  };
}

/** Where the link stands after a call. */
interface LinkStep {
  at: Progress;
  /** The board was called, and has answered or not. */
  called: boolean;
  after?: Date | undefined;
  unauthorised?: boolean;
  failure?: Failure | undefined;
}

/**
 * One event to the board: after an unknown outcome ask first, else write the attempt down and call. Undefined: the
 * board must be left alone meanwhile.
 */
async function bring(
  delivery: Delivery,
  link: BehindLink,
  at: Progress,
  event: NumberedEvent,
): Promise<LinkStep | undefined> {
  const { attempts, board, limit, pace, isHeld } = delivery;
  const change = toChange(link, at, event);
  const sending = { change, key: keyOf(change, link.rounds[event.seq]), tries: at.tries };
  const target = { ...board, cut: delivery.cut };
  // What is brought again may be there after all: a board that can be asked is asked first.
  const isAgain = link.again.includes(event.seq) && board.adapter.find !== undefined;
  if (at.attempting === event.seq || isAgain) {
    if (!(await pace())) return undefined;
    // A board that is brought up again is asked about many links at once.
    const asked = await limit(async () =>
      isHeld() ? undefined : { step: await settleUnknown(target, sending) },
    );
    if (!asked) return undefined;
    if (asked.step) {
      // A board that cannot be asked was not called: that an event is parked says nothing of it.
      const called = board.adapter.find !== undefined;
      const { step, failure } = called ? delivery.failing.judge(link.id, asked.step) : { step: asked.step };
      const settled = afterStep(at, event.seq, step, board);
      const attempting = step.kind === 'done' ? null : at.attempting;
      return { at: { ...settled, attempting }, called, failure, ...toHealth(step) };
    }
  }
  if (!(await pace()) || isHeld()) return undefined;
  await attempts.start(link.id, event.seq);
  const startedAt = new Date();
  const outcome = await limit(() => (isHeld() ? undefined : bringEvent(target, sending)));
  if (!outcome) {
    // Not sent after all: nobody has to ask the board about it.
    await attempts.record({ ...at, nextAt: link.nextAt });
    return undefined;
  }
  const reason = outcome.kind === 'done' ? null : wordReason(fromGiven(outcome.reason), 'en');
  const attempt = { seq: event.seq, startedAt, outcome: outcome.kind, reason };
  // A link that is refused while others get through is parked like any other.
  const isAlone = isShutOut(outcome) && (await attempts.isRefusedAlone(link, event.seq, timeoutOf(board)));
  const { step, failure } = delivery.failing.judge(link.id, afterOutcome(outcome, at.tries, isAlone));
  return {
    at: { ...afterStep(at, event.seq, step, board), attempt },
    called: true,
    failure,
    ...toHealth(step),
  };
}

const timeoutOf = ({ connection }: Board): number => toLimits(connection).timeout;

const toHealth = (step: Step): Pick<LinkStep, 'after' | 'unauthorised'> =>
  step.kind === 'later' ? { after: step.after, unauthorised: step.unauthorised === true } : {};

function toChange(link: BehindLink, at: Progress, event: NumberedEvent): Change {
  const { linkId: _own, ...plain } = event;
  return {
    event: plain,
    complaint: link.complaint,
    role: link.role,
    ...(at.externalId && { ref: { externalId: at.externalId } }),
  };
}

/**
 * Idempotency key of one event on any board; starts with what a person can recognise. What the board has lost is
 * another call than the first: a board that remembers keys for longer than posts would not do it.
 */
export const keyOf = ({ complaint, event }: Pick<Change, 'complaint' | 'event'>, round = 0): string =>
  `${complaint.receiptNumber}/${event.seq}${round > 0 ? `/${round}` : ''}`;

/** Where the link stands when an event of it ended so. */
function afterStep(at: Progress, seq: number, step: Step, { agency }: Board): Progress {
  switch (step.kind) {
    case 'done': {
      const { externalId, partId } = step.ref;
      const parts = partId ? { [seq]: partId } : {};
      const held = Math.max(at.held, seq);
      return {
        ...at,
        held,
        externalId,
        parts,
        attempting: null,
        tries: 0,
        nextAt: new Date(),
        lastError: null,
      };
    }
    case 'later': {
      const attempting = step.asking ? seq : null;
      const lastError = wordReason(step.reason, 'en');
      return { ...at, attempting, tries: at.tries + 1, nextAt: step.nextAt, lastError };
    }
    case 'parked': {
      const tries = step.asking ? at.tries : at.tries + 1;
      const owner = agency.officers[0]?.name ?? agency.code;
      const attempting = step.asking ? seq : null;
      const lastError = wordReason(step.reason, 'en');
      return { ...at, state: 'parked', lastError, owner, attempting, tries };
    }
  }
}
