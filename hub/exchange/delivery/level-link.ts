import type { Change } from '../../../adapters/contract.ts';
import { type Step, sinceAfter } from '../../../adapters/relay/bring-event.ts';
import { type Delivered, type Delivery, deliverEvent } from '../../../adapters/relay/deliver-event.ts';
import type { Failure } from '../../../adapters/relay/failing.ts';
import { toLimits } from '../../../adapters/relay/policy.ts';
import type { Reason } from '../../../schemas/reason.ts';
import { toPublic } from '../../complaints/event-facts.ts';
import { passOver } from '../../complaints/links.ts';
import type { NumberedEvent } from '../../complaints/state.ts';
import { ownerOf } from '../../configuration/owner-of.ts';
import type { Progress } from '../../store/states/link-state.ts';
import type { Provided } from '../../store/tables/column-types.ts';
import type { Board } from '../boards/boards.ts';
import type { Attempts } from './attempts.ts';
import type { BehindLink } from './behind-links.ts';

/** The delivery to one board. */
export interface BoardDelivery extends Delivery {
  attempts: Attempts;
  board: Board;
}

/** How the work on one link ended, for the breaker and the log. */
export interface Levelled {
  end: 'level' | 'waiting' | 'parked';
  /** If the link is not level: why its newest step did not succeed. */
  reason?: Reason | undefined;
  /** The board was called, so its health is known. */
  called: boolean;
  /** The board asked not to be called before then. */
  after?: Date | undefined;
  /** The board refuses the hub's credentials, so no other link can succeed. */
  unauthorised?: boolean | undefined;
  /** The board may still be working on it. That says nothing about its health. */
  settling?: boolean | undefined;
  /** What the breaker has to know of a failure. */
  failure?: Failure | undefined;
}

/**
 * Brings one link forward, one event at a time and in order, until it is level or the board stops it. Retries,
 * recovery after a crash and catching up after an outage all use this loop.
 */
export async function levelLink(delivery: BoardDelivery, link: BehindLink): Promise<Levelled> {
  const { attempts, board } = delivery;
  let at = toProgress(link);
  let called = false;
  const pass = (held: number) => passOver({ ...link, held }, after(link.events, held), board.adapter.carries);
  for (;;) {
    const held = pass(at.held);
    const event = link.events.find(({ seq }) => seq === held + 1);
    const from = { ...at, held };
    const record = async (ended: Delivered, seq: number) => {
      const reached = afterStep(from, { seq, provided: link.provided }, ended, board);
      // Whoever brought this event unheard may be at the next one.
      if (!ended.attempt && link.again.some((next) => next > seq))
        reached.attemptingSince = from.attemptingSince;
      // Events that need no call go into the same commit as the call before them.
      at = { ...reached, held: pass(reached.held) };
      await attempts.record(at);
    };
    const ended = event && !delivery.isHeld() && (await bring(delivery, link, { from, event, record }));
    if (!ended) {
      if (held > at.held) await attempts.record(from);
      return { end: event ? 'waiting' : 'level', called };
    }
    called ||= ended.called;
    if (at.held < event.seq)
      return {
        end: at.state === 'parked' ? 'parked' : 'waiting',
        reason: at.lastError ?? undefined,
        called,
        failure: ended.failure,
        ...toHealth(ended.step),
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
    attemptingSince: link.attemptingSince,
    tries: link.tries,
    nextAt: new Date(),
    state: 'open',
    lastError: null,
    owner: null,
    parts: {},
  };
}

interface Bringing {
  from: Progress;
  event: NumberedEvent;
  record(ended: Delivered, seq: number): Promise<void>;
}

/** Brings one event to the board. Undefined: the board must be left alone for now. */
function bring(
  delivery: BoardDelivery,
  link: BehindLink,
  { from, event, record }: Bringing,
): Promise<Delivered | undefined> {
  const { attempts, board } = delivery;
  const { seq } = event;
  const change = toChange(link, from, event);
  return deliverEvent(delivery, {
    id: link.id,
    sending: {
      change,
      key: keyOf(change, link.rounds[seq]),
      tries: from.tries,
      since: from.attemptingSince ?? undefined,
    },
    isUnknown: from.attempting === seq,
    isAgain: link.again.includes(seq),
    start: () => attempts.start(link.id, seq),
    withdraw: () => attempts.record({ ...from, nextAt: link.nextAt }),
    isRefusedAlone: () => attempts.isRefusedAlone(link, seq, timeoutOf(board)),
    record: (ended) => record(ended, seq),
  });
}

const timeoutOf = ({ connection }: Board): number => toLimits(connection).timeout;

const toHealth = (step: Step): Pick<Levelled, 'after' | 'unauthorised' | 'settling'> =>
  step.kind === 'later'
    ? { after: step.after, unauthorised: step.unauthorised === true, settling: step.settling === true }
    : {};

function toChange(link: BehindLink, at: Progress, event: NumberedEvent): Change {
  const { linkId: _own, ...plain } = toPublic(event);
  return {
    event: plain,
    complaint: link.complaint,
    role: link.role,
    ...(link.part && { part: link.part }),
    ...(at.externalId && { ref: { externalId: at.externalId } }),
  };
}

/**
 * The idempotency key of one event on any board. It starts with the receipt number, which a person recognises.
 * `round` makes a new key for an event that the board has lost: a board may remember keys for longer than posts,
 * and would ignore the old one.
 */
export const keyOf = ({ complaint, event }: Pick<Change, 'complaint' | 'event'>, round = 0): string =>
  `${complaint.receiptNumber}/${event.seq}${round > 0 ? `/${round}` : ''}`;

/** The progress of the link after one step. */
function afterStep(
  at: Progress,
  { seq, provided }: { seq: number; provided: Provided },
  delivered: Delivered,
  { agency }: Board,
): Progress {
  const { step, attempt } = delivered;
  // A board that was only asked has been sent nothing since the mark, if there is one.
  const attempting = attempt ? (step.kind !== 'done' && step.asking ? seq : null) : at.attempting;
  const attemptingSince = sinceAfter(delivered, at.attemptingSince);
  const from = { ...at, attemptingSince, ...(attempt && { attempt: { seq, ...attempt, provided } }) };
  switch (step.kind) {
    case 'done': {
      const { externalId, partId } = step.ref;
      return {
        ...from,
        held: Math.max(at.held, seq),
        externalId,
        parts: partId ? { [seq]: partId } : {},
        attempting: null,
        tries: 0,
        nextAt: new Date(),
        lastError: null,
      };
    }
    case 'later':
      return {
        ...from,
        attempting,
        tries: step.settling ? at.tries : at.tries + 1,
        nextAt: step.nextAt,
        lastError: step.reason,
      };
    case 'parked': {
      const tries = step.asking ? at.tries : at.tries + 1;
      const owner = ownerOf(agency);
      return { ...from, state: 'parked', lastError: step.reason, owner, attempting, tries };
    }
  }
}
