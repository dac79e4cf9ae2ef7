import { type AgentOutcomes, wordReason } from '../../../schemas/index.ts';
import { type Step, sinceAfter } from '../../relay/bring-event.ts';
import { type Delivered, deliverEvent } from '../../relay/deliver-event.ts';
import { createLane } from '../../relay/lane.ts';
import type { AgentParts } from '../parts.ts';
import {
  endChange,
  findNextDue,
  findNextEvent,
  isUnknown,
  listDueChanges,
  markAttempt,
  putOff,
  releaseAll,
  type SpooledChange,
  sinceOf,
  withdrawAttempt,
} from '../spool/changes.ts';
import { setFacts } from '../spool/facts.ts';
import { type Board, isMaintained } from './board.ts';

type AgentOutcome = AgentOutcomes['outcomes'][number];

const pageSize = 50;

/**
 * Delivers to the board the changes that were taken from the hub. It keeps the order within a complaint and works on
 * several complaints at once. It retries after a pause. The hub is not needed for any of this. `cut` ends the calls
 * that still run some time after `stop`.
 */
export async function bringChanges(parts: AgentParts, cut: AbortSignal): Promise<void> {
  const { board: installed, bells, stop } = parts;
  while (!stop.aborted) {
    const board = installed.current();
    if (board) await drain(parts, board, cut);
    await bells.changes.wait(board ? untilNext(parts, board) : 60_000, stop);
  }
}

/** Milliseconds until there may be something to deliver. */
export function untilNext({ spool }: AgentParts, board: Board): number {
  const closed = board.breaker.closedUntil() - Date.now();
  if (closed > 0) return closed;
  if (isMaintained(board)) return 5_000;
  return Math.max(20, (findNextDue(spool.db) ?? Date.now() + 60_000) - Date.now());
}

async function drain(parts: AgentParts, board: Board, cut: AbortSignal): Promise<void> {
  const { spool, board: installed, bells, stop } = parts;
  const { breaker, limits } = board;
  const isHeld = () =>
    stop.aborted || breaker.closedUntil() > 0 || isMaintained(board) || installed.current() !== board;
  const allowed = () => breaker.allowed(limits.concurrency);
  const lane = createLane({
    concurrency: allowed,
    pageSize,
    // While a board recovers, only some changes may begin. The one call that tests it uses a complaint that has not
    // failed.
    find: async (underWay) => {
      const isRecovering = allowed() < limits.concurrency;
      const most = isRecovering ? allowed() : pageSize;
      const listWithout = (left: string[]) =>
        listDueChanges(spool.db, 'events', most, ({ receipt }) => left.includes(receipt));
      const failing = most === 1 ? breaker.failing.list() : [];
      const others = listWithout([...underWay, ...failing]);
      const due = others.length > 0 || failing.length === 0 ? others : listWithout(underWay);
      return due.map((first) => ({ id: first.place.receipt, first }));
    },
    work: ({ first }) => bringAll(parts, board, { first, isHeld, cut }),
    paused: isHeld,
  });
  bells.changes.listen(lane.nudge);
  await lane.drain(stop).finally(() => bells.changes.listen(undefined));
}

interface Bringing {
  first: SpooledChange;
  isHeld(): boolean;
  cut: AbortSignal;
}

/** Delivers the events of one complaint in order, until the board is level or stops it. */
async function bringAll(parts: AgentParts, board: Board, { first, isHeld, cut }: Bringing): Promise<void> {
  const { spool, situation } = parts;
  for (let next: SpooledChange | undefined = first; next && !isHeld(); ) {
    const { receipt } = next.place;
    const delivered = await bring(parts, board, next, { isHeld, cut });
    if (!delivered) return;
    const { step, failure } = delivered;
    if (step.kind === 'later' || (step.kind === 'parked' && failure))
      return noteFailure(parts, board, delivered);
    if (delivered.called) {
      situation.note('writing', undefined);
      if (board.breaker.succeeded()) await spool.write(releaseAll);
    }
    next = findNextEvent(spool.db, receipt);
  }
}

/** While the board may still be working on a call, nothing is known of its health. */
function noteFailure({ situation }: AgentParts, board: Board, { step, failure }: Delivered): void {
  if (step.kind === 'done' || (step.kind === 'later' && step.settling)) return;
  board.breaker.failed(board.limits.breaker, { ...(step.kind === 'later' && step), failure });
  const isShutOut = step.kind === 'later' && step.unauthorised;
  situation.note('writing', step.reason, isShutOut ? 'unauthorised' : undefined);
}

/** Undefined: nothing was sent, because the board is left alone. */
async function bring(
  parts: AgentParts,
  board: Board,
  spooled: SpooledChange,
  { isHeld, cut }: Omit<Bringing, 'first'>,
): Promise<Delivered | undefined> {
  const { spool, stop } = parts;
  const { place, change: given, externalId, attemptingSince, tries } = spooled;
  const { event, complaint, role, key } = given;
  const known = externalId ?? given.ref?.externalId;
  const begunAt = new Date();
  const record = (ended: Delivered) =>
    keep(parts, spooled, ended.step, {
      startedAt: ended.attempt?.startedAt ?? begunAt,
      since: sinceAfter(ended, attemptingSince),
    });
  // The board cannot hold this event. Later events need not wait for it.
  if (!board.adapter.carries.has(event.type)) {
    const done: Delivered = { step: { kind: 'done', ref: { externalId: known ?? '' } }, called: false };
    await record(done);
    return done;
  }
  const change = { event, complaint, role, ...(known !== undefined && { ref: { externalId: known } }) };
  return deliverEvent(
    {
      target: { ...board, cut },
      failing: board.breaker.failing,
      pace: () => board.pace(stop),
      isHeld,
      // The lane already limits the calls that run at once.
      limit: async (call) => call(),
    },
    {
      id: place.receipt,
      sending: { change, key, tries, since: sinceOf(spooled) },
      isUnknown: isUnknown(spooled),
      isAgain: given.again,
      start: () => spool.write((tx) => markAttempt(tx, place)),
      withdraw: () => spool.write((tx) => withdrawAttempt(tx, spooled)),
      isRefusedAlone: () => board.breaker.isRefusedAlone(key, board.limits),
      record,
    },
  );
}

/**
 * Stores the state of a change after a call: it has ended, or it is tried again. `since`: when the call began that the
 * board may still be working on.
 */
export async function keep(
  { spool, bells, log }: AgentParts,
  { place, tries }: SpooledChange,
  step: Step,
  { startedAt, since }: { startedAt: Date; since: Date | null },
): Promise<void> {
  const { receipt, seq, file } = place;
  if (step.kind === 'later') {
    const { asking: attempting, nextAt, reason } = step;
    log.debug({ complaint: receipt, seq, tries, reason: wordReason(reason, 'en') }, 'not brought yet');
    const standing = { attempting, attemptingSince: since, tries: step.settling ? tries : tries + 1, nextAt };
    return spool.write((tx) => putOff(tx, place, standing));
  }
  const finishedAt = new Date().toISOString();
  const outcome: AgentOutcome = {
    receiptNumber: receipt,
    seq,
    ...(file && { file }),
    ...toKind(step),
    startedAt: startedAt.toISOString(),
    finishedAt,
  };
  if (step.kind === 'parked') {
    const reason = wordReason(step.reason, 'en');
    log.warn({ complaint: receipt, seq, reason }, 'not brought: a person has to look');
  }
  await spool.write((tx) => {
    endChange(tx, place, outcome);
    if (step.kind === 'done') setFacts(tx, { writtenAt: finishedAt });
  });
  bells.outcomes.ring();
}

function toKind(step: Exclude<Step, { kind: 'later' }>): Pick<AgentOutcome, 'kind'> & Partial<AgentOutcome> {
  if (step.kind === 'parked') return { kind: step.asking ? 'unknown' : 'refused', reason: step.reason };
  const { externalId, partId } = step.ref;
  return { kind: 'done', ...(externalId && { externalId }), ...(partId && { partId }) };
}
