import type { LimitFunction } from 'p-limit';
import { BoardError, type Change, type Outcome } from '../../adapters/contract.ts';
import { passOver } from '../board/links.ts';
import type { NumberedEvent } from '../board/state.ts';
import type { Attempts, Progress } from './attempts.ts';
import type { BehindLink } from './behind-links.ts';
import type { Board } from './boards.ts';
import { withTimeLimit } from './call-limit.ts';
import { busyUntil, pauseAfter, policy, toLimits } from './policy.ts';

/** One board's delivery. */
export interface Delivery {
  attempts: Attempts;
  board: Board;
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
    called = true;
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
interface Step {
  at: Progress;
  after?: Date | undefined;
  unauthorised?: boolean;
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
): Promise<Step | undefined> {
  const { attempts, board, limit, pace, isHeld } = delivery;
  const change = toChange(link, at, event);
  const key = keyOf(change, link.rounds[event.seq]);
  // What is brought again may be there after all: a board that can be asked is asked first.
  const isAgain = link.again.includes(event.seq) && board.adapter.find !== undefined;
  if (at.attempting === event.seq || isAgain) {
    if (!(await pace())) return undefined;
    // A board that is brought up again is asked about many links at once.
    const asked = await limit(async () =>
      isHeld() ? undefined : { step: await settleUnknown(delivery, change, key, at) },
    );
    if (!asked) return undefined;
    if (asked.step) return asked.step;
  }
  if (!(await pace()) || isHeld()) return undefined;
  await attempts.start(link.id, event.seq);
  const startedAt = new Date();
  const outcome = await limit(() => (isHeld() ? undefined : callBoard(delivery, change, key)));
  if (!outcome) {
    // Not sent after all: nobody has to ask the board about it.
    await attempts.record({ ...at, nextAt: link.nextAt });
    return undefined;
  }
  const reason = outcome.kind === 'done' ? null : outcome.reason;
  const attempt = { seq: event.seq, startedAt, outcome: outcome.kind, reason };
  if (await isShutOut(delivery, link, event, outcome))
    // Due as before: it is the board's delivery that pauses. The next to try is another link.
    return {
      at: { ...at, attempting: null, tries: at.tries + 1, nextAt: new Date(), lastError: reason, attempt },
      unauthorised: true,
    };
  return {
    at: { ...afterOutcome(at, event.seq, outcome, board), attempt },
    after: outcome.kind === 'retry' ? outcome.after : undefined,
  };
}

/** Nobody is let in now, as far as is known: a link that is refused while others get through is parked like any other. */
async function isShutOut(
  { attempts, board }: Delivery,
  link: BehindLink,
  { seq }: NumberedEvent,
  outcome: Outcome,
): Promise<boolean> {
  if (outcome.kind !== 'refused' || outcome.why !== 'unauthorised') return false;
  return !(await attempts.isRefusedAlone(link, seq, toLimits(board.connection).timeout));
}

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
const keyOf = ({ complaint, event }: Change, round = 0) =>
  `${complaint.receiptNumber}/${event.seq}${round > 0 ? `/${round}` : ''}`;

async function callBoard({ board, cut }: Delivery, change: Change, key: string): Promise<Outcome> {
  const { adapter, connection } = board;
  const { push } = adapter;
  if (!push) return { kind: 'refused', reason: 'this kind of board cannot be written to' };
  try {
    return await withTimeLimit(toLimits(connection).timeout, cut, (signal) =>
      push.call(adapter, change, { key, signal }),
    );
  } catch (error) {
    // The contract says that push never throws; an adapter that does has told nothing about the board.
    return { kind: 'unknown', reason: `the adapter failed: ${messageOf(error)}` };
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** What to do about an event that was sent without a known outcome; undefined: it may be sent (again). */
async function settleUnknown(
  { board, cut }: Delivery,
  change: Change,
  key: string,
  at: Progress,
): Promise<Step | undefined> {
  const { adapter, connection } = board;
  const { find } = adapter;
  if (!find) {
    const whenUnknown = connection.onUnknown ?? (adapter.repeatsAreHarmless ? 'resend' : 'park');
    if (whenUnknown === 'resend') return undefined;
    const reason =
      'sent without a reply, and this board cannot be asked; see whether it is there, then retry or skip';
    return { at: parked(at, reason, board) };
  }
  try {
    const ref = await withTimeLimit(toLimits(connection).timeout, cut, (signal) =>
      find.call(adapter, change, { key, signal }),
    );
    return ref && { at: afterOutcome(at, change.event.seq, { kind: 'done', ref }, board) };
  } catch (error) {
    const tries = at.tries + 1;
    const after = error instanceof BoardError ? error.after : undefined;
    const lastError = `the board cannot be asked now: ${messageOf(error)}`;
    return {
      at: { ...at, tries, nextAt: notBefore(after, pauseAfter(tries, policy.unknown)), lastError },
      after,
      unauthorised: error instanceof BoardError && error.kind === 'unauthorised',
    };
  }
}

/** After a pause, and not before the time that the board named. */
const notBefore = (after: Date | undefined, pause: number) =>
  new Date(Math.max(Date.now() + pause, busyUntil(after)));

function afterOutcome(at: Progress, seq: number, outcome: Outcome, board: Board): Progress {
  const tries = at.tries + 1;
  switch (outcome.kind) {
    case 'done': {
      const { externalId, partId } = outcome.ref;
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
    case 'retry': {
      const nextAt = notBefore(outcome.after, pauseAfter(tries, policy.retry));
      return { ...at, attempting: null, tries, nextAt, lastError: outcome.reason };
    }
    case 'unknown': {
      const nextAt = new Date(Date.now() + pauseAfter(tries, policy.unknown));
      return { ...at, attempting: seq, tries, nextAt, lastError: outcome.reason };
    }
    case 'refused': {
      // Some adapters say in the reason what is wrong with each field.
      const fields = (outcome.fields ?? [])
        .filter(({ message }) => !outcome.reason.includes(message))
        .map(({ pointer, message }) => `${pointer}: ${message}`);
      return { ...parked(at, [outcome.reason, ...fields].join('; '), board), attempting: null, tries };
    }
  }
}

function parked(at: Progress, reason: string, { agency }: Board): Progress {
  return { ...at, state: 'parked', lastError: reason, owner: agency.officers[0]?.name ?? agency.code };
}
