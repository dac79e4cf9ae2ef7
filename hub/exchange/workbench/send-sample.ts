import type { AdapterContext, BoardAdapter, Outcome } from '../../../adapters/contract.ts';
import { createAdapter, findWrittenPlaces } from '../../../adapters/registry.ts';
import {
  type Agency,
  type BoardConnection,
  type EventType,
  type Reason,
  toReason,
} from '../../../schemas/index.ts';
import type { Problem } from '../../../schemas/reason.ts';
import { fromGiven, fromGivenProblem, reasonOf } from '../../../schemas/reason.ts';
import { checkRehearsalTarget, findShared, toRehearsalBoard } from '../../configuration/rehearsal-target.ts';
import { isBehindAgent } from '../boards/boards.ts';
import { toHubUrl } from './pure-adapter.ts';
import { toTestChanges } from './test-changes.ts';

/** What became of one event. `kind` absent: it was not sent, because an earlier one is not done. */
interface SentEvent {
  event: EventType;
  kind?: Outcome['kind'];
  /** In the board's own words, where it said something. */
  reason?: Reason;
  problems: Problem[];
  /** The target's number of the post. */
  externalId?: string;
}

export type SentSample =
  | { ok: true; mark: string; receiptNumber: string; events: SentEvent[] }
  | { ok: false; reason: Reason };

export interface RehearsalAsked {
  /** The draft, whose mapping is tried. */
  draft: Agency;
  /** The configuration in force. It alone names the target. */
  inForce: Agency | undefined;
  /** All agencies: none of their boards may be written. */
  agencies: Agency[];
}

export type FoundTarget =
  | { ok: true; board: BoardConnection; places: string[] }
  | { ok: false; reason: Reason };

/**
 * The board to which a sample of the draft may be sent for real: the draft's, at the target that is in force. A target
 * that only a draft names would let one person send secrets to an address that nobody agreed to.
 */
export function findTarget({ draft, inForce, agencies }: RehearsalAsked): FoundTarget {
  const refuse = (reason: Reason): FoundTarget => ({ ok: false, reason });
  if (!draft.board || isBehindAgent(draft) || (inForce && isBehindAgent(inForce)))
    return refuse(toReason('rehearsal_behind_agent'));
  const { rehearsal } = inForce ?? {};
  if (!rehearsal) return refuse(toReason('rehearsal_target_missing'));
  if (inForce?.board?.adapter !== draft.board.adapter) return refuse(toReason('rehearsal_other_kind'));
  try {
    const [problem] = checkRehearsalTarget({ ...draft, rehearsal });
    if (problem) return refuse(toReason('at', { place: problem.pointer, detail: problem.reason }));
    const board = toRehearsalBoard(draft.board, rehearsal);
    const others = agencies.filter(({ code }) => code !== draft.code).flatMap((one) => one.board ?? []);
    const shared = findShared(board, { own: [draft.board, inForce.board], others });
    if (shared) return refuse(shared);
    return { ok: true, board, places: [...new Set(findWrittenPlaces(board)?.posts)] };
  } catch (error) {
    return refuse(reasonOf(error));
  }
}

/** Sends the sample, marked as a test, to the rehearsal target. It never throws. */
export async function sendSample(
  { secret, publicUrl }: { secret: AdapterContext['secret']; publicUrl?: string | undefined },
  { event, ...asked }: RehearsalAsked & { event: EventType },
): Promise<SentSample> {
  const target = findTarget(asked);
  if (!target.ok) return target;
  const { code, timeZone = 'Asia/Seoul' } = asked.draft;
  let adapter: BoardAdapter;
  try {
    adapter = createAdapter(target.board, {
      agency: code,
      queue: `${code}/draft`,
      timeZone,
      ...(publicUrl && { hubUrl: toHubUrl(publicUrl) }),
      secret,
    });
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
  try {
    return await push(adapter, target.board, code, event);
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  } finally {
    await adapter.close();
  }
}

async function push(
  adapter: BoardAdapter,
  { timeout = 15 }: BoardConnection,
  agency: string,
  type: EventType,
): Promise<SentSample> {
  const { mark, receiptNumber, changes } = toTestChanges(agency, type, new Date());
  const missing = changes.find(({ event }) => !adapter.carries.has(event.type));
  if (!adapter.push || missing)
    return { ok: false, reason: toReason('carries_not', { event: missing?.event.type ?? type }) };
  const events: SentEvent[] = [];
  let ref: Extract<Outcome, { kind: 'done' }>['ref'] | undefined;
  for (const { ref: _invented, ...change } of changes) {
    const event = change.event.type;
    if (events.some(({ kind }) => kind !== 'done')) {
      events.push({ event, problems: [] });
      continue;
    }
    const key = `${receiptNumber}/${change.event.seq}`;
    const signal = AbortSignal.timeout(timeout * 1000);
    const outcome = await adapter.push({ ...change, ...(ref && { ref }) }, { key, signal });
    if (outcome.kind === 'done') ({ ref } = outcome);
    events.push({ event, ...toShown(outcome) });
  }
  return { ok: true, mark, receiptNumber, events };
}

function toShown(outcome: Outcome): Omit<SentEvent, 'event'> {
  const { kind } = outcome;
  if (kind === 'done') return { kind, externalId: outcome.ref.externalId, problems: [] };
  const fields = kind === 'refused' ? (outcome.fields ?? []) : [];
  return { kind, reason: fromGiven(outcome.reason), problems: fields.map(fromGivenProblem) };
}
