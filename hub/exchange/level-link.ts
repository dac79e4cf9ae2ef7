import type { LimitFunction } from 'p-limit';
import type { Change, Outcome } from '../../adapters/contract.ts';
import { passOver } from '../board/links.ts';
import type { NumberedEvent } from '../board/state.ts';
import type { Attempts, Progress } from './attempts.ts';
import type { BehindLink } from './behind-links.ts';
import type { Board } from './boards.ts';
import { pauseAfter, policy } from './policy.ts';

/** One board's delivery: its book, the board, and the limit of calls under way at once. */
export interface Delivery {
  attempts: Attempts;
  board: Board;
  limit: LimitFunction;
}

/** How the work on one link ended, for the breaker and the log; `reason` where it is not level. */
export interface Levelled {
  end: 'level' | 'waiting' | 'parked';
  reason: string | null;
}

/**
 * Bring one link forward, one event at a time and in order, until it is level or the board stops it. Retry,
 * recovery after a crash and catching up after an outage are all this.
 */
export async function levelLink(delivery: Delivery, link: BehindLink, stop: AbortSignal): Promise<Levelled> {
  const { attempts, board } = delivery;
  let at = toProgress(link);
  for (;;) {
    const held = passOver({ ...link, held: at.held }, after(link.events, at.held), board.adapter.carries);
    const event = link.events.find(({ seq }) => seq === held + 1);
    if (!event || stop.aborted) {
      if (held > at.held) await attempts.record({ ...at, held });
      return { end: 'level', reason: null };
    }
    at = await bring(delivery, link, { ...at, held }, event);
    await attempts.record(at);
    if (at.held < event.seq)
      return { end: at.state === 'parked' ? 'parked' : 'waiting', reason: at.lastError };
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

/** One event to the board: after an unknown outcome ask first, else write the attempt down and call. */
async function bring(
  { attempts, board, limit }: Delivery,
  link: BehindLink,
  at: Progress,
  event: NumberedEvent,
): Promise<Progress> {
  const change = toChange(link, at, event);
  const isAgain = link.again.includes(event.seq);
  const key = keyOf(change, link.rounds[event.seq]);
  // What is brought again may be there after all: a board that can be asked is asked first.
  if (at.attempting === event.seq || (isAgain && board.adapter.find)) {
    const settled = await settleUnknown(board, change, key, at);
    if (settled) return settled;
  }
  await attempts.start(link.id, event.seq);
  const startedAt = new Date();
  const outcome = await limit(() => callBoard(board, change, key));
  const reason = outcome.kind === 'done' ? null : outcome.reason;
  return {
    ...afterOutcome(at, event.seq, outcome, board),
    attempt: { seq: event.seq, startedAt, outcome: outcome.kind, reason },
  };
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

async function callBoard({ adapter, connection }: Board, change: Change, key: string): Promise<Outcome> {
  const { push } = adapter;
  if (!push) return { kind: 'refused', reason: 'this kind of board cannot be written to' };
  try {
    return await withTimeLimit(connection, (signal) => push.call(adapter, change, { key, signal }));
  } catch (error) {
    // The contract says that push never throws; an adapter that does has told nothing about the board.
    return { kind: 'unknown', reason: `the adapter failed: ${messageOf(error)}` };
  }
}

/** Like AbortSignal.timeout, but its timer ends with the call: at hundreds of calls a second they would pile up. */
async function withTimeLimit<T>(
  { timeout = 15 }: Board['connection'],
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(new Error(`no reply within ${timeout} s`)), timeout * 1000);
  try {
    return await call(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** What to do about an event that was sent without a known outcome; undefined: it may be sent (again). */
async function settleUnknown(
  board: Board,
  change: Change,
  key: string,
  at: Progress,
): Promise<Progress | undefined> {
  const { adapter, connection } = board;
  const { find } = adapter;
  if (!find) {
    if (connection.onUnknown === 'resend') return undefined;
    const reason =
      'sent without a reply, and this board cannot be asked; see whether it is there, then retry or skip';
    return parked(at, reason, board);
  }
  try {
    const ref = await withTimeLimit(connection, (signal) => find.call(adapter, change, { key, signal }));
    return ref && afterOutcome(at, change.event.seq, { kind: 'done', ref }, board);
  } catch (error) {
    const tries = at.tries + 1;
    const nextAt = new Date(Date.now() + pauseAfter(tries, policy.unknown));
    return { ...at, tries, nextAt, lastError: `the board cannot be asked now: ${messageOf(error)}` };
  }
}

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
      const wanted = Date.now() + pauseAfter(tries, policy.retry);
      const nextAt = new Date(Math.max(wanted, outcome.after?.getTime() ?? 0));
      return { ...at, attempting: null, tries, nextAt, lastError: outcome.reason };
    }
    case 'unknown': {
      const nextAt = new Date(Date.now() + pauseAfter(tries, policy.unknown));
      return { ...at, attempting: seq, tries, nextAt, lastError: outcome.reason };
    }
    case 'refused': {
      const fields = (outcome.fields ?? []).map(({ pointer, message }) => `${pointer}: ${message}`);
      return { ...parked(at, [outcome.reason, ...fields].join('; '), board), attempting: null, tries };
    }
  }
}

function parked(at: Progress, reason: string, { agency }: Board): Progress {
  return { ...at, state: 'parked', lastError: reason, owner: agency.officers[0]?.name ?? agency.code };
}
